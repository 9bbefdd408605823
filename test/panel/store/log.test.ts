import { effect } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CALL_LIMIT, openLog } from "../../../panel/store/log.js";
import type { Call, CeremonySource, SourceSink } from "../../../src/index.js";
import { get, recordingOf } from "../../support/recordings.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const model = recordingOf([get()]).calls[0]!;
const callAt = (startedAt: number, id = `call-${startedAt}`): Call => ({
  ...model,
  id,
  startedAt,
  seq: startedAt,
});

function open(first: readonly Call[] = []) {
  let sink!: SourceSink;
  const unsubscribe = vi.fn();
  const source: CeremonySource = {
    label: "test",
    capabilities: { live: true, canInject: false, originVerified: true },
    subscribe(given) {
      sink = given;
      for (const call of first) sink.call(call);
      return unsubscribe;
    },
  };
  const log = openLog(source);
  return { log, sink, unsubscribe, ids: () => log.state.value.calls.map(({ id }) => id) };
}

test("what a source delivers while it is subscribed to is there at once", () => {
  expect(open([callAt(1), callAt(2)]).ids()).toEqual(["call-1", "call-2"]);
});

test("a burst of calls is shown once", () => {
  const { log, sink } = open();
  let shown = 0;
  effect(() => {
    log.state.value;
    shown++;
  });
  for (let at = 0; at < 100; at++) sink.call(callAt(at));
  vi.runAllTimers();
  expect(shown).toBe(2);
  expect(log.state.value.calls).toHaveLength(100);
});

test("calls stand in the order in which they started, whenever they are heard of", () => {
  const { sink, ids } = open();
  for (const at of [3, 1, 2]) sink.call(callAt(at));
  vi.runAllTimers();
  expect(ids()).toEqual(["call-1", "call-2", "call-3"]);
});

test("a page's calls, and those of its frames, come after all that was known before it, though the clock was set back", () => {
  const { sink, ids } = open();
  const [realm] = recordingOf([get()]).realms;
  const callOf = (realmId: string, startedAt: number) => ({ ...callAt(startedAt), realmId });
  sink.realm({ ...realm!, id: "one", frameId: 0, startedAt: 1000 });
  for (const at of [1030, 1010]) sink.call(callOf("one", at));
  sink.realm({ ...realm!, id: "two", frameId: 0, startedAt: 500 });
  for (const at of [530, 520]) sink.call(callOf("two", at));
  sink.realm({ ...realm!, id: "frame", frameId: 4, startedAt: 510 });
  sink.call(callOf("frame", 525));
  vi.runAllTimers();
  expect(ids()).toEqual(["call-1010", "call-1030", "call-520", "call-525", "call-530"]);
});

test("more known about a call takes its place", () => {
  const { log, sink } = open([callAt(1), callAt(2)]);
  sink.call({ ...callAt(1), duration: 40, outcome: { status: "fulfilled", value: null } });
  vi.runAllTimers();
  expect(log.state.value.calls).toMatchObject([
    { id: "call-1", outcome: { status: "fulfilled" } },
    { id: "call-2", outcome: { status: "pending" } },
  ]);
});

test("beyond the limit the oldest go, some at a time, and their number is kept", () => {
  const { log, sink } = open();
  sink.gap(5);
  for (let at = 0; at < CALL_LIMIT; at++) sink.call(callAt(at));
  vi.runAllTimers();
  expect(log.state.value).toMatchObject({ lost: 5, limit: CALL_LIMIT });
  expect(log.state.value.calls).toHaveLength(CALL_LIMIT);
  for (let at = CALL_LIMIT; at < CALL_LIMIT + 3; at++) sink.call(callAt(at));
  vi.runAllTimers();
  const { calls, lost } = log.state.value;
  expect(calls.length).toBeLessThan(CALL_LIMIT);
  expect(calls.length + lost).toBe(CALL_LIMIT + 3 + 5);
  expect(calls[0]?.id).toBe(`call-${lost - 5}`);
  expect(calls.at(-1)?.id).toBe(`call-${CALL_LIMIT + 2}`);
});

test("a cleared log is empty, and has lost nothing", () => {
  const { log, sink } = open([callAt(1)]);
  sink.gap(4);
  sink.cleared?.();
  sink.call(callAt(9));
  vi.runAllTimers();
  expect(log.state.value).toMatchObject({ calls: [{ id: "call-9" }], lost: 0 });
});

test("a closed log no longer listens", () => {
  const { log, sink, unsubscribe, ids } = open();
  sink.call(callAt(1));
  log.close();
  vi.runAllTimers();
  expect(unsubscribe).toHaveBeenCalledOnce();
  expect(ids()).toEqual([]);
});

test("a log can do what its source can, and no more", () => {
  expect(open().log).not.toHaveProperty("clear");
});
