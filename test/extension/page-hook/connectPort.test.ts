import { Script } from "node:vm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { PORT, PORT_WANTED } from "../../../extension/page-hook/portEvents.js";
import type { HookEvent } from "../../../src/recording/hookEvent.js";
import { bundleHook, createFakeContext } from "../../support/fakePage.js";

let run: (code: string) => unknown;
let link: (event: HookEvent) => void;

beforeEach(async () => {
  const context = createFakeContext();
  run = (code) => new Script(code).runInContext(context);
  const script = await bundleHook("connectPort.ts");
  const { connectPort } = script.runInContext(
    context,
  ) as typeof import("../../../extension/page-hook/connectPort.js");
  link = connectPort(run("globalThis") as never);
});

/** What a content script does: hands a port over, and collects what comes. */
function handOver(received: HookEvent[]): { taken: boolean } {
  const port = new EventTarget();
  port.addEventListener("message", (event) => received.push((event as MessageEvent).data));
  // Node's MessageEvent cannot be cancelled.
  const event = Object.assign(new Event(PORT, { cancelable: true }), { ports: [port] });
  (run("(event) => document.fonts.dispatchEvent(event)") as (event: Event) => void)(event);
  return { taken: event.defaultPrevented };
}

const installed: HookEvent = {
  kind: "installed",
  hook: { version: "1", installedAt: 0, readyState: "loading", native: true },
};
const settled = (seq: number): HookEvent => ({
  kind: "settled",
  seq,
  duration: 1,
  outcome: { status: "pending" },
});

test("asks for a port once, with the first event, and takes one that is handed over then", () => {
  const list: HookEvent[] = [];
  const asked = vi.fn();
  (
    run(`(listener) => document.fonts.addEventListener("${PORT_WANTED}", listener)`) as (
      listener: () => void,
    ) => void
  )(() => {
    asked();
    handOver(list);
  });
  expect(asked).not.toHaveBeenCalled();
  link(installed);
  link(settled(0));
  expect(asked).toHaveBeenCalledTimes(1);
  expect(list).toEqual([installed, settled(0)]);
});

test("keeps what is said until the port is there, in order", () => {
  const list: HookEvent[] = [];
  link(installed);
  link(settled(0));
  link(settled(1));
  expect(handOver(list).taken).toBe(true);
  link(settled(2));
  expect(list).toEqual([installed, settled(0), settled(1), settled(2)]);
});

test("does not listen before there is something to say: a second run of the script stays silent", () => {
  expect(handOver([]).taken).toBe(false);
});

describe("a page", () => {
  test("comes too late with a port of its own, and sees none of the other", () => {
    const list: HookEvent[] = [];
    const seen = vi.fn();
    link(installed);
    (
      run(`(listener) => document.fonts.addEventListener("${PORT}", listener)`) as (
        listener: () => void,
      ) => void
    )(seen);
    handOver(list);
    expect(seen).not.toHaveBeenCalled();
    const forged: HookEvent[] = [];
    expect(handOver(forged).taken).toBe(false);
    link(settled(0));
    expect(list).toEqual([installed, settled(0)]);
    expect(forged).toEqual([]);
  });

  test("that dispatches the event without a port is ignored", () => {
    link(installed);
    run(`document.fonts.dispatchEvent(new Event("${PORT}"))`);
    run(`document.fonts.dispatchEvent(new MessageEvent("${PORT}"))`);
    expect(handOver([]).taken).toBe(true);
  });
});

describe("where no port ever comes", () => {
  test("keeps the first 500 events", () => {
    const list: HookEvent[] = [];
    link(installed);
    for (let i = 0; i < 511; i++) link(settled(i));
    handOver(list);
    link(settled(511));
    expect(list).toHaveLength(501);
    expect(list.slice(0, 2)).toEqual([installed, settled(0)]);
    expect(list.slice(-2)).toEqual([settled(498), settled(511)]);
  });
});
