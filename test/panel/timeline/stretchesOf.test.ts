import { expect, test } from "vitest";
import { stretchesOf } from "../../../panel/timeline/stretchesOf.js";
import type { Recording } from "../../../src/index.js";
import { create, get, recordingOf } from "../../support/recordings.js";
import { busy } from "../sampleRecordings.js";

const of = ({ calls, realms }: Recording, now = 0) => stretchesOf(calls, realms, now);

test("each page has an axis of its own, and what waits when its page goes waits no longer", () => {
  const recording = busy();
  const [first, second] = of(recording, recording.realms[0]!.startedAt + 200_000);
  expect(first!.bars.map(({ call }) => call.id)).toEqual(["call-0", "call-1", "call-2", "call-3", "call-4"]);
  expect(second!.bars.map(({ call }) => call.id)).toEqual(["call-5", "call-6"]);
  expect([first!.page!.url, second!.page!.url]).toEqual([
    recording.realms[0]!.url,
    "https://example.com/account",
  ]);

  const waiting = busy();
  delete (waiting.calls[0] as { duration?: number }).duration;
  waiting.calls[0]!.outcome = { status: "pending" };
  const [left] = of(waiting, waiting.realms[0]!.startedAt + 200_000);
  expect(left!.bars[0]).toMatchObject({ isOpen: true, to: 1 });
  expect(left!.to).toBe(waiting.realms[1]!.startedAt);
});

test("calls that were open at the same time overlap, and those alone do not", () => {
  const [first, second] = of(busy());
  expect(first!.bars.map(({ overlaps }) => overlaps)).toEqual([3, 1, 2, 2, 0]);
  expect(second!.bars.map(({ overlaps }) => overlaps)).toEqual([1, 1]);
});

test("an aborted call has the moment of its abort on the axis, before its end", () => {
  const [aborted] = of(busy())[0]!.bars;
  expect(aborted!.aborted).toBeLessThan(aborted!.to);
  expect(aborted!.aborted).toBeGreaterThan(0.5);
});

test("a long wait is drawn shorter, and its true duration is known; no bar changes places for it", () => {
  const [first] = of(busy());
  const long = first!.breaks.find(({ duration }) => duration > 50_000)!;
  expect(long.duration).toBe(56_990);
  expect(long.to - long.from).toBeLessThan(0.6);
  const [, , before, , after] = first!.bars;
  expect(before!.to).toBeLessThanOrEqual(long.from);
  expect(after!.from).toBeGreaterThanOrEqual(long.to);
});

test("without a long wait the axis is even", () => {
  const recording = recordingOf([
    get().returns(null, { after: 2_000 }),
    create().returns(null, { after: 1_000 }),
  ]);
  recording.calls[1]!.startedAt = recording.calls[0]!.startedAt + 1_000;
  const [only] = of(recording);
  expect(only!.breaks).toEqual([]);
  expect(only!.bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [0.5, 1],
  ]);
});

test("of very many calls every one is on an axis, in order, and no axis has more than can be told apart", () => {
  const recording = recordingOf(Array.from({ length: 1_000 }, () => get().returns(null, { after: 500 })));
  const origin = recording.calls[0]!.startedAt;
  for (const [index, made] of recording.calls.entries()) made.startedAt = origin + index * 1_000;
  const waiting = recording.calls[3]!;
  delete (waiting as { duration?: number }).duration;
  waiting.outcome = { status: "pending" };
  const stretches = of(recording);
  expect(stretches.flatMap(({ bars }) => bars.map(({ call }) => call.id))).toEqual(
    recording.calls.map(({ id }) => id),
  );
  expect(Math.max(...stretches.map(({ bars }) => bars.length))).toBeLessThanOrEqual(60);
  expect(stretches.map(({ openBefore }) => openBefore)).toEqual([0, ...stretches.slice(1).map(() => 1)]);
});

test("calls without a page, or at one moment, are no trouble", () => {
  const recording = recordingOf([get().returns(null, { after: 0 }), get().returns(null, { after: 0 })]);
  for (const made of recording.calls) made.startedAt = 5;
  const [only] = stretchesOf(recording.calls, [], 0);
  expect(only!.page).toBeUndefined();
  for (const { from, to } of only!.bars) for (const at of [from, to]) expect(at).toBe(0);
});
