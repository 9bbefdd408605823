import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { callsIn, type Message } from "../../../extension/background/message.js";
import { createOutbox } from "../../../extension/content/outbox.js";
import { aRealm, called, installed, settled } from "../../support/realmEvents.js";

type Batch = Message & { kind: "events" };

let sent: Batch[];
let isConnected: boolean;
/** answers a message; the default is to keep everything */
let answer: (batch: Batch) => unknown;

const keep = (batch: Batch) => batch.first + batch.events.length;
const send = async (message: Message) => {
  sent.push(structuredClone(message as Batch));
  return answer(message as Batch);
};
const outbox = () => createOutbox(aRealm(), send, () => isConnected);
const numbers = () => sent.map(({ first, events }) => [first, events.length]);

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  isConnected = true;
  answer = keep;
});
afterEach(() => {
  vi.useRealTimers();
});

test("one message is under way at a time, and takes along what came meanwhile", async () => {
  let acknowledge = (_: number) => {};
  answer = () => new Promise((resolve) => (acknowledge = resolve));
  const box = outbox();
  box.push(installed);
  box.pump();
  box.push(called(0));
  box.push(called(1));
  box.pump();
  await vi.runAllTimersAsync();
  expect(numbers()).toEqual([[0, 1]]);
  answer = keep;
  acknowledge(1);
  await vi.runAllTimersAsync();
  expect(numbers()).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(sent[1]).toMatchObject({ realm: aRealm(), isLeaving: false, events: [called(0), called(1)] });
});

test.each([
  ["a rejection", () => Promise.reject(new Error("Could not establish connection"))],
  ["no answer of use", () => undefined],
])("%s is followed by another attempt, again and again", async (_, failing) => {
  answer = failing;
  const box = outbox();
  box.push(installed);
  box.pump();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent.length).toBeGreaterThan(10);
  expect(sent.length).toBeLessThan(25);
  answer = keep;
  box.push(called(0));
  await vi.advanceTimersByTimeAsync(5000);
  expect(numbers().at(-1)).toEqual([0, 2]);
  const attempts = sent.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(attempts);
});

test("an answer that does not go on is no reason to hurry", async () => {
  answer = () => 0;
  const box = outbox();
  box.push(installed);
  box.pump();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent.length).toBeLessThan(25);
});

test("what was kept without our hearing it is not sent again", async () => {
  const box = outbox();
  box.push(installed);
  box.push(called(0));
  answer = () => 1;
  box.pump();
  await vi.advanceTimersByTimeAsync(0);
  answer = keep;
  await vi.runAllTimersAsync();
  expect(numbers().at(-1)).toEqual([1, 1]);
});

test("a page that goes sends everything at once, also what is under way", async () => {
  answer = () => new Promise(() => {});
  const box = outbox();
  box.push(installed);
  box.pump();
  for (let seq = 0; seq < 150; seq++) box.push(called(seq));
  box.flush();
  expect(numbers()).toEqual([
    [0, 1],
    [0, 100],
    [100, 51],
  ]);
  expect(sent.map(({ isLeaving }) => isLeaving)).toEqual([false, true, true]);
  expect(sent.map(({ calls }) => calls)).toEqual([0, 0, 99]);
  expect(sent.map(({ waiting }) => waiting)).toEqual([0, 150, 150]);
  // What it says after that goes once.
  box.push(called(150));
  box.flush(true);
  box.flush(true);
  expect(numbers().slice(3)).toEqual([[151, 1]]);
  expect(sent.at(-1)!.calls).toBe(150);
});

test("what becomes of a call is told along with it while it waits, and after it when it was sent", async () => {
  let acknowledge = (_: number) => {};
  answer = () => new Promise((resolve) => (acknowledge = resolve));
  const box = outbox();
  box.push(called(0));
  box.pump();
  box.push(called(1));
  box.push(settled(1));
  box.push(settled(0));
  answer = keep;
  acknowledge(1);
  await vi.runAllTimersAsync();
  expect(sent.map(({ events }) => events.map(({ kind }) => kind))).toEqual([["call"], ["call", "settled"]]);
  const { duration, outcome } = settled(1) as { duration: number; outcome: object };
  expect(sent[1]!.events[0]).toEqual({ kind: "call", call: { ...called(1).call, duration, outcome } });
});

test("of more than may wait the oldest calls go, with all that is said of them, and their number is told", async () => {
  answer = () => undefined;
  const box = outbox();
  box.push(installed);
  box.push(called(0));
  box.pump();
  for (let seq = 1; seq < 3010; seq++) box.push(called(seq));
  for (let seq = 0; seq < 3010; seq++) box.push(settled(seq));
  box.flush();
  const events = sent.slice(1).flatMap((message) => message.events);
  expect(events.slice(0, 3)).toMatchObject([installed, called(0), { kind: "lost" }]);
  const [, , loss, ...rest] = events as [unknown, unknown, { count: number }, ...{ kind: string }[]];
  const kept = rest.filter((event) => event.kind === "call") as ReturnType<typeof called>[];
  expect(1 + loss.count + kept.length).toBe(3010);
  expect(kept.every(({ call }) => call.outcome.status === "fulfilled")).toBe(true);
  expect(kept.at(-1)!.call.seq).toBe(3009);
  const [, , last] = sent.slice(-3).map(({ calls, events }) => calls + callsIn(events));
  expect(last).toBe(3010);
  expect(rest.filter((event) => event.kind !== "call")).toEqual([settled(0)]);
  expect(events.length).toBeLessThanOrEqual(2001);
  expect(numbers()[1]).toEqual([0, 100]);
});

test("calls that the hook could not keep are told as lost", () => {
  const box = outbox();
  box.push(called(0));
  box.push(called(4));
  box.flush();
  expect(sent[0]!.events).toEqual([{ kind: "lost", count: 3 }, called(0), called(4)]);
});

test("without an extension it falls silent", async () => {
  answer = () => Promise.reject(new Error("Extension context invalidated."));
  const box = outbox();
  box.push(installed);
  box.pump();
  await vi.advanceTimersByTimeAsync(200);
  const attempts = sent.length;
  isConnected = false;
  box.push(called(0));
  box.pump();
  box.flush();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(attempts);
  expect(vi.getTimerCount()).toBe(0);
});
