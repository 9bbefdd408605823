import type { Page } from "puppeteer-core";
import type { Call, Recording } from "../../src/index.js";
import { serializeRecording } from "../../src/index.js";
import { type PanelBrowser, startPanelBrowser } from "../panel/panelPage.js";
import { create, descriptor, get, passkey, recordingOf } from "../support/recordings.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { median } from "./median.js";
import type { Bench, Row } from "./row.js";

const CALLS = 10_000;
const FEW = 10;
const APPENDED = 15;
const LONG_TASK_MS = 50;
const FIRST_ROW_MS = 1_000;
const MEMORY_MB = 200;
/** times that a call more may cost in a long log what it costs in a short one, and milliseconds of noise */
const FLAT = 1.5;

/** The panel with very many calls, in a real browser, as a file that is opened and as a log that grows. */
const panel: Bench = async () => {
  const browser = await startPanelBrowser();
  try {
    return [...(await openAndUse(browser)), ...(await append(browser))];
  } finally {
    await browser.close();
  }
};

export default panel;

async function openAndUse(browser: PanelBrowser): Promise<Row[]> {
  const page = await browser.open(recordingWith(0), { as: "file" });
  await watchLongTasks(page);
  const firstRow = await page.evaluate(openText, serializeRecording(recordingWith(CALLS)));
  await page.evaluate(untilJudged, `call-${CALLS - 1}`);
  const judged = await page.evaluate(() => performance.now() - window.opened);
  await page.evaluate(forgetLongTasks);
  for (const text of ["example", "/NotAllowed/", "rp-id", "nothing like it", ""])
    await page.evaluate(filter, text);
  const filtering = await page.evaluate(longestTask);
  await page.evaluate(forgetLongTasks);
  await page.evaluate(scrollThrough);
  const scrolling = await page.evaluate(longestTask);
  const memory = await heapOf(page);
  await page.close();
  const long = (ms: number) => (ms === 0 ? `none over ${LONG_TASK_MS} ms` : describeMilliseconds(ms));
  return [
    {
      what: `open a file of ${CALLS.toLocaleString("en")} calls, until the first row shows`,
      measured: describeMilliseconds(firstRow),
      bound: `≤ ${FIRST_ROW_MS} ms`,
      holds: firstRow <= FIRST_ROW_MS,
    },
    { what: "… until every call is judged", measured: describeMilliseconds(judged) },
    bounded("filter it: longest task", filtering, long),
    bounded("scroll through it: longest task", scrolling, long),
    {
      what: "memory of the page with it (JavaScript heap, collected)",
      measured: `${memory.toFixed(0)} MB`,
      bound: `≤ ${MEMORY_MB} MB`,
      holds: memory <= MEMORY_MB,
    },
  ];
}

const bounded = (what: string, ms: number, say: (ms: number) => string): Row => ({
  what,
  measured: say(ms),
  bound: `≤ ${LONG_TASK_MS} ms`,
  holds: ms <= LONG_TASK_MS,
});

/** What one more call costs until it is shown with its findings, by the length of the log; the pages take turns. */
async function append(browser: PanelBrowser): Promise<Row[]> {
  const pages = [];
  for (const length of [FEW, CALLS]) {
    const recording = recordingWith(length);
    const page = await browser.open(recordingWith(0));
    await page.evaluate((limit) => {
      window.gallery.settings["panel.callLimit"] = limit;
      window.gallery.unmount();
    }, 20_000);
    await page.evaluate((opened) => window.gallery.mountLive(opened), recording);
    await page.evaluate(untilJudged, `call-${length - 1}`);
    pages.push({ length, page, recording, times: [] as number[] });
  }
  for (let round = 0; round < APPENDED; round++)
    for (const { page, recording, times } of pages) {
      const model = recording.calls.at(-1)!;
      const call: Call = {
        ...model,
        id: `more-${round}`,
        seq: model.seq + round + 1,
        startedAt: model.startedAt + 1_000 * (round + 1),
      };
      await page.bringToFront();
      times.push(await page.evaluate(appendCall, call));
    }
  const [few, many] = pages.map(({ times }) => median(times)) as [number, number];
  await Promise.all(pages.map(({ page }) => page.close()));
  return [
    {
      what: `a call more, until it is shown and judged, ${CALLS.toLocaleString("en")} calls in the log`,
      measured: describeMilliseconds(many),
      beside: `${describeMilliseconds(few)} (${FEW} calls)`,
      ratio: many / few,
      bound: `≤ ${FLAT}×`,
      holds: many / few <= FLAT,
    },
  ];
}

/** Sign-ins and registrations as on a long day of testing: a few accounts, most calls go well. */
export function recordingWith(amount: number): Recording {
  const models = [
    get({ allowCredentials: [descriptor("a", ["internal"])] }).returns(passkey("a")),
    create().returns(passkey("a")),
    get({ timeout: 10_000 }).rejects("NotAllowedError", { after: 4_000 }),
    get().returns(passkey("a")),
  ];
  const recording = recordingOf(models);
  const { calls } = recording;
  recording.calls = Array.from({ length: amount }, (_, index): Call => {
    const model = calls[index % calls.length]!;
    return { ...model, id: `call-${index}`, seq: index, startedAt: calls[0]!.startedAt + index * 10_000 };
  });
  return recording;
}

async function heapOf(page: Page): Promise<number> {
  const client = await page.createCDPSession();
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  return usedSize / 1_000_000;
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longest = 0;
    window.longTasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    });
    window.longTasks.observe({ type: "longtask" });
  });
}

declare global {
  interface Window {
    opened: number;
    longest: number;
    longTasks: PerformanceObserver;
  }
}

// What follows runs in the page.

/** Pastes the text, as a person would; milliseconds until the first row is painted. */
export async function openText(text: string): Promise<number> {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  window.opened = performance.now();
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  while (!document.querySelector(".list-row")) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - window.opened;
}

/** Until the last call has its findings. Leaves the list at its start. */
export async function untilJudged(lastId: string): Promise<void> {
  const list = document.querySelector(".list")!;
  while (!document.querySelector(`[data-call="${lastId}"] .count`)) {
    list.scrollTop = list.scrollHeight;
    await new Promise((done) => setTimeout(done, 100));
  }
  while (document.querySelector(".status progress")) await new Promise((done) => setTimeout(done, 50));
  list.scrollTop = 0;
}

async function forgetLongTasks(): Promise<void> {
  await new Promise((done) => setTimeout(done, 100));
  window.longTasks.takeRecords();
  window.longest = 0;
}

async function longestTask(): Promise<number> {
  await new Promise((done) => setTimeout(done, 100));
  for (const { duration } of window.longTasks.takeRecords())
    window.longest = Math.max(window.longest, duration);
  return window.longest;
}

export async function filter(text: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>(".filter-input")!;
  for (let end = Math.min(1, text.length); end <= text.length; end++) {
    input.value = text.slice(0, end);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 60));
  }
  await new Promise((done) => setTimeout(done, 700));
}

export async function scrollThrough(): Promise<void> {
  const list = document.querySelector(".list")!;
  const end = list.scrollHeight - list.clientHeight;
  for (let step = 0; step <= 120; step++) {
    list.scrollTop = step < 60 ? step * 90 : ((step - 60) / 60) * end;
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** Milliseconds from the source's word to a row with its findings. */
async function appendCall(call: Call): Promise<number> {
  const list = document.querySelector(".list")!;
  list.scrollTop = list.scrollHeight;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const started = performance.now();
  window.gallery.sink.call(call);
  while (!document.querySelector(`[data-call="${call.id}"] .count`))
    await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - started;
}
