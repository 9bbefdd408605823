import type { CDPSession, Page } from "puppeteer-core";

/** The longest task of the page's main thread while something was done, in milliseconds. */
export interface LongestTask {
  /** by the clock; on a busy machine others' time is in it */
  wall: number;
  /** the time that the thread itself ran, which a busy machine does not lengthen */
  own: number;
}

/**
 * Does something with a page and finds the longest task meanwhile in the browser's own trace. What drives the page
 * from outside (the text of a script that is sent into it) is done before.
 */
export async function traceTasks(page: Page, run: () => Promise<unknown>): Promise<LongestTask> {
  const client = await page.createCDPSession();
  const events = await traced(client, page, run);
  await client.detach();
  const mark = events.find(({ name }) => name === MARK);
  if (!mark) throw new Error("The trace does not tell which thread is the page's.");
  const tasks = events.filter(
    ({ name, ph, pid, tid }) =>
      ph === "X" && name.endsWith("RunTask") && pid === mark.pid && tid === mark.tid,
  );
  if (tasks.length === 0) throw new Error("The trace has no tasks.");
  const longest = (of: (event: TraceEvent) => number) => Math.max(...tasks.map(of)) / 1_000;
  return { wall: longest(({ dur = 0 }) => dur), own: longest(({ dur = 0, tdur = dur }) => tdur) };
}

const MARK = "keyhole-bench";

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** microseconds */
  dur?: number;
  /** microseconds that the thread ran */
  tdur?: number;
}

async function traced(client: CDPSession, page: Page, run: () => Promise<unknown>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  client.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  await client.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "blink.user_timing"], excludedCategories: ["*"] },
  });
  await page.evaluate((mark) => performance.mark(mark), MARK);
  await run();
  const isOver = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await isOver;
  return events;
}
