import type { Page } from "puppeteer-core";
import type { Call, Recording } from "../../src/index.js";
import { serializeRecording } from "../../src/index.js";
import { type PanelBrowser, startPanelBrowser } from "../panel/panelPage.js";
import { create, descriptor, get, passkey, recordingOf } from "../support/recordings.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { median } from "./median.js";
import { openReduxDevTools } from "./peers/openReduxDevTools.js";
import type { Bench, Row } from "./row.js";
import { type LongestTask, traceTasks } from "./traceTasks.js";

const CALLS = 10_000;
const FEW = 1_000;
const RUNS = 3;
const APPENDED = 15;
const APPENDED_TO_PEER = 3;
const TASK_MS = 50;
const FIRST_ROW_MS = 1_000;
const MEMORY_MB = 200;
/** times that a call more may cost in a long log what it costs in a short one */
const FLAT = 1.5;

/**
 * The panel with very many calls, in a real browser, as a file that is opened and as a log that grows; beside it
 * Redux DevTools' inspector with the same calls as actions. A task is bounded by the time that its thread ran, as
 * the clock also counts what else a machine does; medians of several runs.
 */
const panel: Bench = async () => {
  const browser = await startPanelBrowser();
  try {
    const runs: Used[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await openAndUse(browser));
    const grown = await append(browser);
    return table(runs, grown, await usePeer(browser));
  } finally {
    await browser.close();
  }
};

export default panel;

/** What using it with so many calls took; milliseconds. */
interface Used {
  firstRow: number;
  opening: LongestTask;
  filtering: LongestTask;
  scrolling: LongestTask;
  /** MB */
  heap: number;
}

async function openAndUse(browser: PanelBrowser): Promise<Used & { judged: number }> {
  const page = await browser.open(recordingWith(0), { as: "file" });
  await page.evaluate(putText, serializeRecording(recordingWith(CALLS)));
  let [firstRow, judged] = [0, 0];
  const opening = await traceTasks(page, async () => {
    firstRow = await page.evaluate(dropFile);
    await page.evaluate(untilJudged);
    judged = await page.evaluate(() => performance.now() - window.opened);
  });
  const filtering = await traceTasks(page, async () => {
    for (const text of ["example", "/NotAllowed/", "rp-id", "nothing like it"])
      for (let end = 1; end <= text.length; end++) await page.evaluate(filter, PANEL, text.slice(0, end), 60);
    for (const text of FILTERS) await page.evaluate(filter, PANEL, text, 700);
  });
  const scrolling = await traceTasks(page, () => page.evaluate(scrollThrough, PANEL));
  const heap = await heapOf(page);
  await page.close();
  return { firstRow, judged, opening, filtering, scrolling, heap };
}

/** The same with Redux DevTools' inspector, once: its list has an element for each action, and takes its time. */
async function usePeer(browser: PanelBrowser): Promise<Used & { appended: number }> {
  const { page, close } = await openReduxDevTools(browser.browser);
  page.setDefaultTimeout(0);
  await page.evaluate(putText, serializeRecording(recordingWith(CALLS)));
  let firstRow = 0;
  const opening = await traceTasks(page, async () => {
    firstRow = await page.evaluate(openInPeer);
  });
  const filtering = await traceTasks(page, async () => {
    for (const text of FILTERS) await page.evaluate(filter, PEER, text, 0);
  });
  const scrolling = await traceTasks(page, () => page.evaluate(scrollThrough, PEER));
  const heap = await heapOf(page);
  const times: number[] = [];
  for (const call of callsAfter(recordingWith(CALLS), APPENDED_TO_PEER))
    times.push(await page.evaluate(appendToPeer, call));
  await close();
  return { firstRow, opening, filtering, scrolling, heap, appended: median(times) };
}

/** What one more call costs until it is shown with its findings, in milliseconds. */
interface Append {
  /** by the clock: the moment for which calls are gathered, and frames, are in it */
  wall: number;
  /** the time that the page worked for it, in scripts, styles and layout */
  work: number;
}

/** The cost of a call more by the length of the log; the pages take turns. */
async function append(browser: PanelBrowser): Promise<{ few: Append; many: Append }> {
  const pages = [];
  for (const length of [FEW, CALLS]) {
    const recording = recordingWith(length);
    const page = await browser.open(recordingWith(0));
    await page.evaluate((limit) => {
      window.gallery.settings["panel.callLimit"] = limit;
      window.gallery.unmount();
    }, 20_000);
    await page.evaluate((opened) => window.gallery.mountLive(opened), recording);
    await page.evaluate(untilJudged);
    const calls = callsAfter(recording, APPENDED);
    pages.push({ page, calls, walls: [] as number[], works: [] as number[] });
  }
  for (let round = 0; round < APPENDED; round++)
    for (const { page, calls, walls, works } of pages) {
      await page.bringToFront();
      await page.evaluate(scrollToEnd);
      const before = await workOf(page);
      walls.push(await page.evaluate(appendCall, calls[round]!));
      works.push((await workOf(page)) - before);
    }
  const [few, many] = pages.map(({ walls, works }) => ({ wall: median(walls), work: median(works) })) as [
    Append,
    Append,
  ];
  await Promise.all(pages.map(({ page }) => page.close()));
  return { few, many };
}

function table(
  runs: readonly (Used & { judged?: number })[],
  { few, many }: { few: Append; many: Append },
  peer: Used & { appended: number },
): Row[] {
  const of = (pick: (run: Used & { judged?: number }) => number) => median(runs.map(pick));
  const task = (what: string, pick: (run: Used) => LongestTask): Row => {
    const own = of((run) => pick(run).own);
    const wall = of((run) => pick(run).wall);
    return {
      what: `… ${what}: longest task (by the clock)`,
      measured: `${describeMilliseconds(own)} (${describeMilliseconds(wall)})`,
      beside: describeMilliseconds(pick(peer).own),
      ratio: own / pick(peer).own,
      bound: `≤ ${TASK_MS} ms`,
      holds: own <= TASK_MS,
    };
  };
  const firstRow = of((run) => run.firstRow);
  const heap = of((run) => run.heap);
  const amount = CALLS.toLocaleString("en");
  return [
    {
      what: `open a file of ${amount} calls, until the first row shows; beside it: Redux DevTools`,
      measured: describeMilliseconds(firstRow),
      beside: describeMilliseconds(peer.firstRow),
      ratio: firstRow / peer.firstRow,
      bound: `≤ ${FIRST_ROW_MS} ms`,
      holds: firstRow <= FIRST_ROW_MS,
    },
    { what: "… until every call is judged", measured: describeMilliseconds(of(({ judged = 0 }) => judged)) },
    task("open it", ({ opening }) => opening),
    task("filter it", ({ filtering }) => filtering),
    task("scroll through it", ({ scrolling }) => scrolling),
    {
      what: "… memory of the page with it (JavaScript heap, collected)",
      measured: `${heap.toFixed(0)} MB`,
      beside: `${peer.heap.toFixed(0)} MB`,
      ratio: heap / peer.heap,
      bound: `≤ ${MEMORY_MB} MB`,
      holds: heap <= MEMORY_MB,
    },
    {
      what: "… a call more, until it is shown",
      measured: describeMilliseconds(many.wall),
      beside: describeMilliseconds(peer.appended),
      ratio: many.wall / peer.appended,
    },
    {
      what: `work for a call more (scripts, styles, layout), ${amount} calls in the log; beside it: ${FEW.toLocaleString("en")} calls`,
      measured: describeMilliseconds(many.work),
      beside: describeMilliseconds(few.work),
      ratio: many.work / few.work,
      bound: `≤ ${FLAT}×`,
      holds: many.work / few.work <= FLAT,
    },
  ];
}

/** Sign-ins and registrations as on a long day of testing: a few accounts, most calls go well. */
function recordingWith(amount: number): Recording {
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

function callsAfter({ calls }: Recording, amount: number): Call[] {
  const last = calls.at(-1)!;
  return Array.from({ length: amount }, (_, round) => ({
    ...last,
    id: `more-${round}`,
    seq: last.seq + round + 1,
    startedAt: last.startedAt + 1_000 * (round + 1),
  }));
}

async function heapOf(page: Page): Promise<number> {
  const client = await page.createCDPSession();
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  return usedSize / 1_000_000;
}

/** Milliseconds that the page has worked so far, in scripts, styles and layout: none that it waited. */
async function workOf(page: Page): Promise<number> {
  const { ScriptDuration = 0, LayoutDuration = 0, RecalcStyleDuration = 0 } = await page.metrics();
  return (ScriptDuration + LayoutDuration + RecalcStyleDuration) * 1_000;
}

/** Where a list and its filter stand. */
interface Places {
  list: string;
  input: string;
}

const PANEL: Places = { list: ".list", input: ".filter-input" };
const PEER: Places = { list: "[data-testid=actionListRows]", input: "input" };

/** What both are filtered by: a part of the list, nothing of it, all of it. */
const FILTERS = ["create", "nothing like it", ""];

declare global {
  interface Window {
    text: string;
    opened: number;
  }
}

// What follows runs in the page.

function putText(text: string): void {
  window.text = text;
}

/** Drops the text as a file, as a person would; milliseconds until the first row is painted. */
async function dropFile(): Promise<number> {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([window.text], "long.keyhole.json"));
  window.text = "";
  window.opened = performance.now();
  document.querySelector("#root")!.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
  while (!document.querySelector(".list-row")) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - window.opened;
}

/** Until the last call has its findings. Leaves the list at its start. */
async function untilJudged(): Promise<void> {
  const list = document.querySelector(".list")!;
  for (;;) {
    list.scrollTop = list.scrollHeight;
    await new Promise((done) => setTimeout(done, 100));
    const last = document.querySelector(`.list-row[aria-rowindex="${list.getAttribute("aria-rowcount")}"]`);
    if (last?.querySelector(".count") && !document.querySelector(".status progress")) break;
  }
  list.scrollTop = 0;
}

async function filter({ input }: Places, text: string, pause: number): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(input)!;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, pause));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

async function scrollThrough({ list: selector }: Places): Promise<void> {
  const list = document.querySelector(selector)!;
  list.scrollTop = 0;
  const end = list.scrollHeight - list.clientHeight;
  for (let step = 0; step <= 120; step++) {
    list.scrollTop = step < 60 ? step * 90 : ((step - 60) / 60) * end;
    await new Promise((done) => requestAnimationFrame(done));
  }
}

async function scrollToEnd(): Promise<void> {
  const list = document.querySelector(".list")!;
  list.scrollTop = list.scrollHeight;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/** Milliseconds from the source's word to a row with its findings. */
async function appendCall(call: Call): Promise<number> {
  const started = performance.now();
  window.gallery.sink.call(call);
  while (!document.querySelector(`[data-call="${call.id}"] .count`))
    await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - started;
}

async function openInPeer(): Promise<number> {
  window.opened = performance.now();
  window.peer.open(window.text);
  while (document.querySelectorAll("[data-id]").length < 2)
    await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - window.opened;
}

async function appendToPeer(call: Call): Promise<number> {
  const before = document.querySelectorAll("[data-id]").length;
  const started = performance.now();
  window.peer.append(call);
  while (document.querySelectorAll("[data-id]").length === before)
    await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - started;
}
