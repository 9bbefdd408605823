import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Judged, startAnalyst } from "../../../panel/store/analysis.js";
import { type AnalyzeOptions, Changes, OngoingAnalysis, type Recording } from "../../../src/index.js";
import { get, recordingOf } from "../../support/recordings.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const calls = (amount: number): Recording =>
  recordingOf(Array.from({ length: amount }, () => get().rejects("NotAllowedError", { after: 10 })));

function start(begin = (options: AnalyzeOptions) => new OngoingAnalysis(options), recording = calls(1)) {
  const changes = new Changes();
  const parts = { changes, version: 0, isInOrder: true };
  const judged = signal<Judged>({ logId: {}, recording, ...parts, options: {} });
  const begun = vi.fn(begin);
  const analyst = startAnalyst(judged, begun);
  const change = (part: Partial<Judged>) => {
    if (part.recording) changes.note(0);
    judged.value = { ...judged.peek(), version: changes.version, ...part };
  };
  const shown = () => analyst.judgements.value?.whole()?.ceremonies.length;
  const done = () => vi.waitUntil(() => !analyst.isWorking.value, { timeout: 10_000 });
  return { analyst, begun, change, shown, done };
}

test("the first state is judged", async () => {
  const { shown, done } = start();
  await done();
  expect(shown()).toBe(1);
});

test("what was judged is kept when the log grows, and the last state is always judged", async () => {
  const recording = calls(40);
  const { change, begun, shown, done, analyst } = start(undefined, { ...recording, calls: [] });
  for (let amount = 1; amount <= 40; amount++)
    change({ recording: { ...recording, calls: recording.calls.slice(0, amount) } });
  expect(analyst.isWorking.value).toBe(true);
  await done();
  expect(shown()).toBe(40);
  const first = analyst.judgements.value?.resultOf("call-0");
  change({
    recording: { ...recording, calls: [...recording.calls, { ...recording.calls[0]!, id: "more" }] },
  });
  await done();
  expect(shown()).toBe(41);
  expect(analyst.judgements.value?.resultOf("call-0")).toBe(first);
  expect(begun).toHaveBeenCalledOnce();
});

test("a change in the middle of an analysis is judged after it", async () => {
  const { change, shown, done } = start(undefined, calls(300));
  await vi.advanceTimersByTimeAsync(0);
  change({ recording: calls(2) });
  await done();
  expect(shown()).toBe(2);
});

test("what is known of one log never shows on another", async () => {
  const { change, shown, done } = start();
  await done();
  expect(shown()).toBe(1);
  change({ logId: {}, recording: calls(2) });
  expect(shown()).toBeUndefined();
  await done();
  expect(shown()).toBe(2);
});

test("another platform judges the same recording again; what was known stays until then", async () => {
  const { change, begun, shown, done } = start();
  await done();
  change({ options: { platform: { os: "ios", safari: "16.7" } } });
  expect(shown()).toBe(1);
  await done();
  expect(begun.mock.calls).toEqual([[{}], [{ platform: { os: "ios", safari: "16.7" } }]]);
});

test("an analysis that fails is told, and the next one is made all the same", async () => {
  let fails = true;
  const { analyst, change, shown, done } = start((options) => {
    if (fails) throw new Error("no rules");
    return new OngoingAnalysis(options);
  });
  await done();
  expect(analyst.problem.value).toBe("no rules");
  fails = false;
  change({ recording: calls(3) });
  await done();
  expect([analyst.problem.value, shown()]).toEqual([undefined, 3]);
});

test("once closed, nothing more is judged", async () => {
  const { analyst, change, begun, done } = start();
  await done();
  analyst.close();
  change({ recording: calls(2), options: {} });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(begun).toHaveBeenCalledOnce();
});
