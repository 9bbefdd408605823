import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Recording } from "../../../src/index.js";
import type { Messages } from "../../support/speaking.js";
import { type PanelBrowser, startPanelBrowser } from "../panelPage.js";
import { morning } from "../sampleRecordings.js";

let panel: PanelBrowser;

beforeAll(async () => {
  panel = await startPanelBrowser();
}, 60_000);
afterAll(() => panel?.close());

const messagesIn = (language: string): Messages =>
  JSON.parse(
    readFileSync(new URL(`../../../panel/_locales/${language}/messages.json`, import.meta.url), "utf8"),
  );

/** Milliseconds of which some are said in many letters: the first calls take as long. */
const DURATIONS = [0.2, 326, 9_940, 59_400, 80_000, 3_599_000, 86_340_000, 28_200_000_000];

function slow(): Recording {
  const recording = morning();
  for (const [index, duration] of DURATIONS.entries()) recording.calls[index]!.duration = duration;
  return recording;
}

test.each([
  ["en", "with a rule switched off"],
  ["en", "with every rule"],
  ["ja", "with a rule switched off"],
  ["ja", "with every rule"],
])("in %s, %s, no number and no time is cut off in a list of any width", async (language, rules) => {
  const page = await panel.open(slow(), { messages: messagesIn(language) });
  try {
    if (rules === "with a rule switched off") {
      await page.evaluate((recording) => {
        window.gallery.settings["panel.switchedOffRules"] = ["user-id-reused-overwrites-passkey"];
        window.gallery.mountLive(recording);
      }, slow());
      await page.waitForSelector(".list.with-hidden .count.hidden");
    } else await page.waitForSelector(".list .count");
    for (let width = 300; width <= 1_400; width += 20) {
      await page.setViewport({ width, height: 500 });
      const { drawn, cut } = await page.evaluate(measure);
      expect(cut, `${width} pixels`).toEqual([]);
      const numbers = width < 340 ? [] : width < 560 ? ["col-took num"] : ["col-took num", "col-time num"];
      expect(drawn, `${width} pixels`).toEqual([...numbers, "counts"]);
    }
  } finally {
    await page.close();
  }
});

/** Runs in the page: which columns of a set width there are, and of which cells something is out of sight. */
function measure(): { drawn: string[]; cut: string[] } {
  const cells = [
    ...document.querySelectorAll<HTMLElement>(
      ".list-row > :is(.counts, .num), .list-head > :is(:nth-child(4), .num)",
    ),
  ].filter((cell) => cell.checkVisibility());
  const isCut = (cell: HTMLElement) =>
    cell.scrollWidth > cell.clientWidth ||
    cell.getBoundingClientRect().right > cell.parentElement!.getBoundingClientRect().right - 12;
  return {
    drawn: [...new Set(cells.map(({ className }) => className))].filter((name) => name !== ""),
    cut: cells.filter(isCut).map((cell) => `${cell.className} ${cell.innerText}`),
  };
}
