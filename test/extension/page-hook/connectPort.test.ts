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
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => received.push(data);
  // Node's MessageEvent cannot be cancelled.
  const event = Object.assign(new Event(PORT, { cancelable: true }), { ports: [port2] });
  (run("(event) => document.fonts.dispatchEvent(event)") as (event: Event) => void)(event);
  if (!event.defaultPrevented) port1.close();
  else closeLater.push(port1);
  return { taken: event.defaultPrevented };
}

const closeLater: MessagePort[] = [];
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
const received = async (list: HookEvent[], count: number) => {
  await vi.waitFor(() => expect(list).toHaveLength(count));
  for (const port of closeLater.splice(0)) port.close();
  return list;
};

test("asks for a port once, with the first event, and takes one that is handed over then", async () => {
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
  expect(await received(list, 2)).toEqual([installed, settled(0)]);
});

test("keeps what is said until the port is there, in order", async () => {
  const list: HookEvent[] = [];
  link(installed);
  link(settled(0));
  link(settled(1));
  expect(handOver(list).taken).toBe(true);
  link(settled(2));
  expect(await received(list, 4)).toEqual([installed, settled(0), settled(1), settled(2)]);
});

test("does not listen before there is something to say: a second run of the script stays silent", () => {
  expect(handOver([]).taken).toBe(false);
});

describe("a page", () => {
  test("comes too late with a port of its own, and sees none of the other", async () => {
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
    expect(await received(list, 2)).toEqual([installed, settled(0)]);
    expect(forged).toEqual([]);
  });

  test("that dispatches the event without a port is ignored", () => {
    link(installed);
    run(`document.fonts.dispatchEvent(new Event("${PORT}"))`);
    run(`document.fonts.dispatchEvent(new MessageEvent("${PORT}"))`);
    expect(handOver([]).taken).toBe(true);
    for (const port of closeLater.splice(0)) port.close();
  });
});

describe("where no port ever comes", () => {
  test("keeps the first 500 events", async () => {
    const list: HookEvent[] = [];
    link(installed);
    for (let i = 0; i < 511; i++) link(settled(i));
    handOver(list);
    link(settled(511));
    const all = await received(list, 501);
    expect(all.slice(0, 2)).toEqual([installed, settled(0)]);
    expect(all.slice(-2)).toEqual([settled(498), settled(511)]);
  });
});
