import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type Listing,
  type Recording,
  serializeRecording,
  type WirePage,
  type WireProblem,
} from "../../src/index.js";
import * as samples from "../src/import/samples.js";
import { foundByAxe } from "../support/axe.js";
import { create, get, recordingOf } from "../support/recordings.js";
import { SoftwareAuthenticator } from "../support/softwareAuthenticator.js";
import { type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { busy, empty, many, morning, onIphone } from "./sampleRecordings.js";

vi.setConfig({ testTimeout: 60_000 });

/**
 * Every area of the panel: how to get there. Each is looked at by axe and kept as a picture.
 * `open`: what closes by itself when the width changes, and is opened again.
 */
const AREAS: [
  name: string,
  recording: () => Recording,
  show?: ((page: Page) => Promise<unknown>) | undefined,
  open?: (page: Page) => Promise<unknown>,
][] = [
  ["list", morning],
  ["empty", empty],
  ["empty-not-hooked", empty, loseHook],
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
  ["summary-overlapping", busy, (page) => openCall(page, "call-2")],
  ["timeline", busy, openTimeline],
  ["timeline-many", () => many(2_000), openTimeline],
  ["timeline-empty", empty, (page) => page.click("button[aria-label=Timeline]")],
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
  ["copy-menu", morning, (page) => openCall(page, "call-3"), (page) => openMenu(page, ".copy-call")],
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
  ["filter-chips", morning, filterByChips],
  [
    "filter-problem",
    morning,
    (page) => page.type(".filter-input", "/(/").then(() => seen(page, ".has-problem")),
  ],
  [
    "judged-as",
    morning,
    (page) => page.select(".judge select", "iOS 17").then(() => openCall(page, "call-3")),
  ],
  ["row-marked", morning, markRow],
  ["row-pointed-at", morning, (page) => page.hover('[data-call="call-4"]')],
  ["log-menu", morning, undefined, (page) => openMenu(page, ".log-menu")],
  ["tabs-menu", morning, (page) => openCall(page, "call-3"), (page) => openMenu(page, ".all-tabs")],
  ["value-menu", morning, (page) => openCall(page, "call-2", "request"), openValueMenu],
  ["copied", morning, copyValue],
  ["copy-by-hand", morning, (page) => page.evaluate(breakClipboard).then(() => copyValue(page))],
  ["rules-off", morning, (page) => openCall(page, "call-3").then(() => switchOff(page))],
  ["rules-sought", morning, seekRules],
  ["sites", empty, openSites],
  ["opening", empty, openHalf],
  ["oddities", empty, openOddities],
  ["import-failed", empty, (page) => paste(page, BAD).then(() => seen(page, ".import-problems"))],
  ["picker", empty, (page) => page.evaluate((found) => window.gallery.mountPicker(found), listing())],
  ["picker-nothing", empty, (page) => page.evaluate((found) => window.gallery.mountPicker(found), nothing())],
];

const WIDTHS = [1200, 700, 350];
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
  test.each(AREAS)("axe finds nothing in %s, wide or narrow", async (name, recording, show, open) => {
    const page = await panel.open(recording(), { theme });
    try {
      if (recording().calls.length > 0) await page.waitForSelector(".list .count, .list-row");
      await show?.(page);
      await settled(page);
      for (const width of WIDTHS) {
        await page.setViewport({ width, height: width === 350 ? 640 : 720 });
        await settled(page);
        await open?.(page);
        await page.screenshot({ path: `${FOLDER}/${name}-${width}-${theme}.png` });
        if (width === 700) continue;
        expect(await foundByAxe(page), `${width} pixels`).toEqual([]);
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

/** A call that is none, in a recording that is one. */
const BAD = JSON.stringify({ ...empty(), calls: [{ id: 7 }, { id: `${"long ".repeat(100)}` }] });

const press = (page: Page, selector: string) =>
  page.waitForSelector(selector).then(() => page.click(selector));

async function loseHook(page: Page): Promise<void> {
  const why = "Not hooked: the page was opened before Keyhole was there. Reload it";
  await page.evaluate((sentence) => window.gallery.sink.status("lost", sentence), why);
  await page.waitForFunction(
    (sentence) => document.querySelector(".empty h2")?.textContent === sentence,
    {},
    why,
  );
}

async function openTimeline(page: Page): Promise<void> {
  await press(page, "button[aria-label=Timeline]");
  await seen(page, "[data-bar='call-0']");
}

async function filterByChips(page: Page): Promise<void> {
  await page.click(".chips .chip:nth-child(3)");
  await page.click(".with-findings");
  await page.waitForFunction(() => document.querySelectorAll(".list-row").length < 10);
}

async function markRow(page: Page): Promise<void> {
  await page.hover('[data-call="call-4"]');
  await page.click('[data-call="call-4"] .row-mark');
  await seen(page, ".row-mark[aria-pressed=true]");
  await page.hover('[data-call="call-6"]');
}

/** Where there is room for what is in the menu, there is no menu. */
async function openMenu(page: Page, button: string): Promise<void> {
  const isShown = await page.evaluate((of) => document.querySelector(of)?.checkVisibility() === true, button);
  if (!isShown) return;
  await page.click(button);
  await seen(page, "[role=menu]");
}

const NAME = '[data-pointer="/arguments/0/publicKey/user/name"]';

async function openValueMenu(page: Page): Promise<void> {
  await page.hover(NAME);
  await page.click(`${NAME} .tree-copy`);
  await seen(page, "[role=menu]");
}

/** What says that something was copied goes after a while; here it stays to be looked at. */
async function copyValue(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { setTimeout } = window;
    window.setTimeout = ((run: () => void, ms?: number) =>
      ms === 2_500 ? 0 : setTimeout(run, ms)) as typeof setTimeout;
  });
  await openCall(page, "call-2", "request");
  await openValueMenu(page);
  await page.click("[role=menuitem]");
  await seen(page, ".toast, dialog[open] textarea");
}

function breakClipboard(): void {
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = () => false;
}

async function switchOff(page: Page): Promise<void> {
  await page.evaluate(() =>
    [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Switch off")!.click(),
  );
  await seen(page, ".status .hidden-count");
}

async function seekRules(page: Page): Promise<void> {
  await openCall(page, "call-3");
  await switchOff(page);
  await page.click(".status .hidden-count");
  await page.type(".rule-switches input[type=search]", "attestation");
  await page.$eval(".rule-switches", (switches) => switches.scrollIntoView());
}

async function openSites(page: Page): Promise<void> {
  await page.evaluate((shown) => {
    const allowed = ["example.com", `${"long.".repeat(12)}example.net`, "localhost:8443"];
    const sites = { get: async () => ({ ask: true, allowed }), set: async () => {}, follow: () => () => {} };
    window.gallery.mountLive(shown, { sites });
  }, empty());
  await press(page, "button[aria-label=Settings]");
  await seen(page, ".site-switches li");
}

/** A long recording, while it is read: what waits for its turn once a part is read waits for ever. */
async function openHalf(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { setTimeout } = window;
    const isHalf = () => (document.querySelector<HTMLProgressElement>(".status progress")?.value ?? 0) > 0;
    window.setTimeout = ((run: () => void, ms?: number) =>
      ms === undefined && isHalf() ? 0 : setTimeout(run, ms)) as typeof setTimeout;
  });
  await paste(page, serializeRecording(many(6_000)));
  await page.waitForFunction(
    () => (document.querySelector<HTMLProgressElement>(".status progress")?.value ?? 0) > 0,
  );
}

async function openOddities(page: Page): Promise<void> {
  await paste(
    page,
    JSON.stringify({ ...samples.creationJson, challenge: "not base64url!", timeout: "soon" }),
  );
  await press(page, ".status .late");
  await seen(page, ".oddities");
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
