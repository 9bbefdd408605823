import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Recording } from "../../src/index.js";
import { create, get, recordingOf } from "../support/recordings.js";
import { SoftwareAuthenticator } from "../support/softwareAuthenticator.js";
import { type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { empty, morning } from "./sampleRecordings.js";

vi.setConfig({ testTimeout: 60_000 });

/** Every area of the panel: how to get there. Each is looked at by axe and kept as a picture. */
const AREAS: [name: string, recording: () => Recording, show?: (page: Page) => Promise<unknown>][] = [
  ["list", morning],
  ["empty", empty],
  ["summary-success", morning, (page) => openCall(page, "call-3")],
  ["summary-failure", morning, (page) => openCall(page, "call-4")],
  ["summary-pending", morning, (page) => openCall(page, "call-1")],
  ["summary-aborted", morning, (page) => openCall(page, "call-7")],
  ["request", morning, (page) => openCall(page, "call-3", "request")],
  ["response", morning, (page) => openCall(page, "call-8", "response")],
  ["response-error", morning, (page) => openCall(page, "call-4", "response")],
  ["bytes", morning, (page) => openCall(page, "call-3", "bytes")],
  ["verify", morning, (page) => openCall(page, "call-6", "verify")],
  ["verify-give", alone, (page) => openCall(page, "call-0", "verify").then(() => page.click(".give-offer"))],
  ["environment", morning, (page) => openCall(page, "call-7", "environment")],
  ["rule", morning, (page) => openCall(page, "call-3").then(() => page.click(".rule-link"))],
  ["credentials", morning, (page) => page.click("button[aria-label=Credentials]")],
  [
    "demo",
    empty,
    (page) => page.click(".empty p:last-child .link:last-child").then(() => openCall(page, "call-3")),
  ],
  ["export", morning, (page) => page.click("button[aria-label=Export]")],
  ["import", morning, (page) => page.click("button[aria-label=Import]")],
  ["settings", morning, (page) => page.click("button[aria-label=Settings]")],
];

const WIDTHS = [1200, 700, 350];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FOLDER = fileURLToPath(new URL("../../test-results/panel", import.meta.url));

let panel: PanelBrowser;

beforeAll(async () => {
  panel = await startPanelBrowser();
  mkdirSync(FOLDER, { recursive: true });
}, 60_000);
afterAll(async () => {
  await panel?.close();
});

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  test.each(AREAS)("axe finds nothing in %s, wide or narrow", async (name, recording, show) => {
    const page = await panel.open(recording(), { theme });
    try {
      if (recording().calls.length > 0) await page.waitForSelector(".list .count, .list-row");
      await show?.(page);
      await settled(page);
      for (const width of WIDTHS) {
        await page.setViewport({ width, height: width === 350 ? 640 : 720 });
        await settled(page);
        await page.screenshot({ path: `${FOLDER}/${name}-${width}-${theme}.png` });
        if (width === 700) continue;
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run());
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
        expect(found, `${width} pixels`).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${width} pixels`).toBeLessThanOrEqual(0);
      }
    } finally {
      await page.close();
    }
  });
});

async function openCall(page: Page, id: string, tab?: string): Promise<void> {
  await page.waitForSelector(`[data-call="${id}"]`);
  await page.click(`[data-call="${id}"]`);
  if (!tab) return;
  await page.waitForSelector(`[data-tab=${tab}]`);
  await page.click(`[data-tab=${tab}]`);
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${tab}]`);
}

/** Judged and drawn: what comes later than the first picture (findings, forecast) is there. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      !document.querySelector(".forecast .not-known") &&
      ![...document.querySelectorAll(".quiet-note")].some(({ textContent }) => textContent === "Judging …"),
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** A sign-in whose registration nobody saw. */
function alone(): Recording {
  const authenticator = new SoftwareAuthenticator();
  authenticator.create(create().args[0]);
  const draft = get();
  return recordingOf([draft.returns(authenticator.get(draft.args[0]).snapshot)]);
}

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}
