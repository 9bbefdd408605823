import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Judged, startAnalyst } from "../../../panel/store/analysis.js";
import type { Analysis, Platform, Recording } from "../../../src/index.js";
import { recordingOf } from "../../support/recordings.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const recordingNamed = (name: string): Recording => ({
  ...recordingOf([]),
  createdBy: { name, version: "0" },
});

function start(analyze = analysisOf) {
  const logId = {};
  const judged = signal<Judged>({ logId, recording: recordingNamed("first"), options: {} });
  const spy = vi.fn(analyze);
  const analyst = startAnalyst(judged, spy);
  const change = (part: Partial<Judged>) => {
    judged.value = { ...judged.peek(), ...part };
  };
  return { analyst, spy, change, shown: () => analyst.analysis.value?.recording.createdBy.name };
}

async function analysisOf(recording: Recording, _: { platform?: Platform }): Promise<Analysis> {
  return { recording, ceremonies: [], findings: [], undecided: [], credentials: [], explanations: [] };
}

test("the first state is judged without a pause", async () => {
  const { shown, spy } = start();
  await vi.advanceTimersByTimeAsync(0);
  expect(spy).toHaveBeenCalledOnce();
  expect(shown()).toBe("first");
});

test("a burst of changes costs one analysis, of the last state", async () => {
  const { change, shown, spy, analyst } = start();
  await vi.advanceTimersByTimeAsync(0);
  for (let turn = 1; turn <= 50; turn++) change({ recording: recordingNamed(`turn ${turn}`) });
  expect(analyst.isWorking.value).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(spy).toHaveBeenCalledTimes(2);
  expect(shown()).toBe("turn 50");
  expect(analyst.isWorking.value).toBe(false);
});

test("a change in the middle of an analysis is judged after it", async () => {
  const { change, shown } = start(async (recording, options) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return analysisOf(recording, options);
  });
  await vi.advanceTimersByTimeAsync(100);
  change({ recording: recordingNamed("second") });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(shown()).toBe("second");
});

test("what is known of one log never shows on another", async () => {
  const { change, shown } = start(async (recording, options) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return analysisOf(recording, options);
  });
  await vi.advanceTimersByTimeAsync(600);
  expect(shown()).toBe("first");
  change({ logId: {}, recording: recordingNamed("other log") });
  expect(shown()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(shown()).toBe("other log");
});

test("another platform judges the same recording again", async () => {
  const { change, spy } = start();
  await vi.advanceTimersByTimeAsync(0);
  change({ options: { platform: { os: "ios", safari: "16.7" } } });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(spy.mock.calls.map(([, options]) => options)).toEqual([
    {},
    { platform: { os: "ios", safari: "16.7" } },
  ]);
});

test("an analysis that fails is told, and the next one is made all the same", async () => {
  let fails = true;
  const { analyst, change, shown } = start(async (recording, options) => {
    if (fails) throw new Error("no rules");
    return analysisOf(recording, options);
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(analyst.problem.value).toBe("no rules");
  fails = false;
  change({ recording: recordingNamed("second") });
  await vi.advanceTimersByTimeAsync(1_000);
  expect([analyst.problem.value, shown()]).toEqual([undefined, "second"]);
});

test("once closed, nothing more is judged", async () => {
  const { analyst, change, spy } = start();
  await vi.advanceTimersByTimeAsync(0);
  analyst.close();
  change({ recording: recordingNamed("second") });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(spy).toHaveBeenCalledOnce();
});
