import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type Listing,
  type Recording,
  serializeRecording,
  type WirePage,
  type WireProblem,
} from "../../src/index.js";
import { create, get, recordingOf } from "../support/recordings.js";
import { SoftwareAuthenticator } from "../support/softwareAuthenticator.js";
import { type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { empty, morning, onIphone } from "./sampleRecordings.js";

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
  ["compare", morning, (page) => openCall(page, "call-4", "compare").then(() => chooseOther(page))],
  ["compare-all-pairs", morning, (page) => openCall(page, "call-4", "compare").then(() => openSecond(page))],
  ["copy-menu", morning, (page) => openCall(page, "call-3").then(() => page.click(".copy-call"))],
  ["export-masked", morning, (page) => page.click("button[aria-label=Export]").then(() => showMasked(page))],
  [
    "not-a-recording",
    empty,
    (page) => paste(page, "no recording").then(() => seen(page, ".import-problems")),
  ],
  ["bootstrap", empty, openBootstrap],
  ["site-not-asked", empty, askFirst],
  ["site-frames-not-asked", morning, askFirst],
  ["no-match", morning, (page) => page.type(".filter-input", "/none of these/")],
  ["picker", empty, (page) => page.evaluate((found) => window.gallery.mountPicker(found), listing())],
  ["picker-nothing", empty, (page) => page.evaluate((found) => window.gallery.mountPicker(found), nothing())],
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

const seen = (page: Page, selector: string) => page.waitForSelector(selector);

async function chooseOther(page: Page): Promise<void> {
  await page.select(".compare-side select", "log call-6");
  await seen(page, ".compare-result");
}

async function openSecond(page: Page): Promise<void> {
  await page.$eval(
    ".compare-paste",
    (field, data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", data);
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    serializeRecording(onIphone("18.3")),
  );
  await seen(page, ".pairs");
}

async function showMasked(page: Page): Promise<void> {
  await seen(page, ".masked-values");
  await page.$eval(".masked-values", (details) => details.scrollIntoView());
}

async function paste(page: Page, pasted: string): Promise<void> {
  await seen(page, ".empty");
  await page.evaluate((data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", data);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, pasted);
}

async function openBootstrap(page: Page): Promise<void> {
  await page.evaluate(
    (recording) => window.gallery.mountLive(recording, { bootstrapScript: () => "// the hook" }),
    empty(),
  );
  await page.click("button[aria-label='Bootstrap Script']");
  await seen(page, "dialog[open]");
}

/** Nothing is recorded on a site before a person has said so: neither on the page's nor on a frame's. */
async function askFirst(page: Page): Promise<void> {
  const recording = (await page.$(".list-row")) ? morning() : empty();
  await page.evaluate((shown) => {
    const sites = {
      get: async () => ({ ask: true, allowed: shown.calls.length > 0 ? ["example.com"] : [] }),
      set: async () => {},
      follow: () => () => {},
    };
    window.gallery.mountLive(shown, { sites });
    window.gallery.sink.withheld?.([
      { site: "example.com", calls: 2, isPage: true },
      { site: "pay.example.net", calls: 1, isPage: false },
    ]);
  }, recording);
  await page.waitForFunction(() => document.querySelector(".status")?.textContent?.includes("example"));
}

/** Devices with a page of each kind, and one for each thing that can be wrong with a device. */
function listing(): Listing {
  const page = (title: string, isTaken: boolean): WirePage => ({
    title,
    url: "https://example.com/login",
    socketUrl: "ws://localhost:9222/devtools/page/1",
    protocol: "webkit",
    device: "Alice’s iPhone",
    isTaken,
  });
  const problems = ["device-silent", "too-old", "no-page", "unreachable"] as const;
  return {
    devices: [
      {
        id: "1",
        name: "Alice’s iPhone",
        osVersion: "18.6.2",
        pages: [page("Sign in", false), page("Security", true)],
      },
      ...problems.map((code) => ({ id: code, name: code, pages: [], problem: problemOf(code) })),
    ],
  };
}

const problemOf = (code: WireProblem["code"]): WireProblem => ({
  code,
  what: `What is wrong: ${code}.`,
  remedies: ["Do this first.", "Then do `that`."],
});

const nothing = (): Listing => ({ devices: [], problem: problemOf("origin-refused") });

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
