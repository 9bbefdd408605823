import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Recording } from "../../../src/index.js";
import { type PanelBrowser, startPanelBrowser } from "../panelPage.js";
import { busy, many } from "../sampleRecordings.js";

vi.setConfig({ testTimeout: 30_000 });

let panel: PanelBrowser;
let page: Page;

beforeAll(async () => {
  panel = await startPanelBrowser();
}, 60_000);
afterEach(() => page?.close());
afterAll(() => panel?.close());

async function open(recording: Recording): Promise<void> {
  page = await panel.open(recording);
  await page.waitForSelector(".list-row");
  await page.focus("button[aria-label=Timeline]");
  await page.keyboard.press("Enter");
  await focusIs("call-0");
}
const focusIs = (callId: string) =>
  page.waitForFunction(
    (id) => (document.activeElement as HTMLElement).dataset.bar === id,
    { timeout: 5_000 },
    callId,
  );
const isInView = (callId: string) =>
  page.$eval(`[data-bar="${callId}"]`, (line) => {
    const { top, bottom } = line.getBoundingClientRect();
    const around = line.closest("[role=grid]")!.getBoundingClientRect();
    return top >= around.top && bottom <= around.bottom;
  });

test("is walked by arrow keys, and a key opens the call", async () => {
  await open(busy());
  await page.keyboard.press("ArrowDown");
  await focusIs("call-1");
  await page.keyboard.press("ArrowUp");
  await focusIs("call-0");
  await page.keyboard.press("End");
  await focusIs("call-6");
  await page.keyboard.press("Home");
  await focusIs("call-0");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await focusIs("call-2");
  expect(await page.$$eval("[data-bar][tabindex='0']", (stops) => stops.length)).toBe(1);
  await page.keyboard.press("Enter");
  await page.waitForSelector('.detail, [data-call="call-2"][aria-selected=true]');
  expect(await page.$("dialog[open]")).toBeNull();
});

test("Escape leads back to its button, and it opens at the call that is selected", async () => {
  await open(busy());
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.ariaLabel === "Timeline");
  await page.click('[data-call="call-4"]');
  await page.click("button[aria-label=Timeline]");
  await focusIs("call-4");
});

test("a bar is clicked to open its call", async () => {
  await open(busy());
  await page.click('[data-bar="call-5"] .timeline-track');
  await page.waitForSelector('[data-call="call-5"][aria-selected=true]');
  expect(await page.$("dialog[open]")).toBeNull();
  await page.waitForSelector(".detail");
});

test("tells in words what the bars tell", async () => {
  await open(busy());
  const text = (id: string) => page.$eval(`[data-bar="${id}"]`, (line) => line.textContent);
  expect(await text("call-0")).toMatch(
    /get conditional.*begins after.*open together with 3 other calls.*AbortError.*aborted after 1 min 4 s/,
  );
  expect(await text("call-4")).not.toMatch(/together|aborted/);
  expect(await text("call-5")).toMatch(/waiting/);
});

test("bars stand where the calls were: an open one fades at the end, an aborted one is marked", async () => {
  await open(busy());
  const boxOf = (selector: string) =>
    page.$eval(selector, (element) => {
      const { left, right } = element.getBoundingClientRect();
      return { left, right };
    });
  const [waits, made, track] = await Promise.all([
    boxOf('[data-bar="call-0"] .timeline-bar'),
    boxOf('[data-bar="call-2"] .timeline-bar'),
    boxOf('[data-bar="call-0"] .timeline-track'),
  ]);
  expect(waits.left).toBe(track.left);
  expect(made.left).toBeGreaterThan(waits.left);
  expect(made.right).toBeLessThan(waits.right);
  expect(await page.$('[data-bar="call-0"] .timeline-abort')).not.toBeNull();
  expect(await page.$('[data-bar="call-2"] .timeline-abort')).toBeNull();
  expect(await page.$$eval(".timeline-bar.open", (bars) => bars.length)).toBe(1);
});

test("of ten thousand calls draws those in view, and is walked to its end and back", async () => {
  const recording = many(10_000);
  page = await panel.open(recording, { as: "file" });
  await page.waitForSelector(".list-row");
  await page.click("button[aria-label=Timeline]");
  await focusIs("call-0");
  expect(await page.$$eval("[data-bar]", (lines) => lines.length)).toBeLessThan(60);
  await page.keyboard.press("End");
  await focusIs("call-9999");
  await vi.waitFor(async () => expect(await isInView("call-9999")).toBe(true));
  expect(await page.$$eval("[data-bar]", (lines) => lines.length)).toBeLessThan(60);
  await page.keyboard.press("PageUp");
  await vi.waitFor(async () => expect(await page.$('[data-bar="call-9999"]:focus')).toBeNull());
  await page.keyboard.press("Home");
  await focusIs("call-0");
  await vi.waitFor(async () => expect(await isInView("call-0")).toBe(true));
});

test("a call that comes in while it is open is drawn, and the focus stays", async () => {
  await open(busy());
  await page.keyboard.press("ArrowDown");
  await focusIs("call-1");
  const later = { ...busy().calls[6]!, id: "later", startedAt: busy().calls[6]!.startedAt + 5_000 };
  await page.evaluate((call) => window.gallery.sink.call(call), later);
  await page.waitForSelector('[data-bar="later"]');
  await focusIs("call-1");
});
