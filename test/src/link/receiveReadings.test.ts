import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "../../../src/link/reading.js";
import { type Receiver, receiveReadings } from "../../../src/link/receiveReadings.js";
import type { HookEvent } from "../../../src/recording/hookEvent.js";
import type { Call, Realm } from "../../../src/recording/recording.js";
import { aborted, aRealm, called, settled } from "../../support/realmEvents.js";

const realm = aRealm();
const EVENTS = [
  called(0),
  called(1),
  aborted(0),
  settled(0),
  called(2),
  settled(2),
  settled(1),
] as HookEvent[];

function listen() {
  const realms: Realm[] = [];
  const calls = new Map<string, Call>();
  const told: string[] = [];
  let lost = 0;
  const receiver: Receiver = receiveReadings({
    realm: (each) => void realms.push(each),
    call(call) {
      calls.set(call.id, call);
      told.push(`${call.seq} ${call.aborted ? "aborted " : ""}${call.outcome.status}`);
    },
    gap(count) {
      lost += count;
    },
  });
  return { receiver, realms, calls, told, lost: () => lost };
}

const reading = (first: number, end: number, more: Partial<Reading> = {}): Reading => ({
  realmId: realm.id,
  realm,
  first,
  events: EVENTS.slice(first, end),
  ...more,
});

const COMPLETE = { 0: "fulfilled", 1: "fulfilled", 2: "fulfilled" };
const outcomes = (calls: Map<string, Call>) =>
  Object.fromEntries([...calls.values()].map(({ seq, outcome }) => [seq, outcome.status]));

test("tells the realm once, and each call as more of it is known", () => {
  const { receiver, realms, told, lost } = listen();
  receiver.take(reading(0, 3));
  receiver.take(reading(3, 7));
  expect(realms).toEqual([realm]);
  expect(told).toEqual([
    "0 pending",
    "1 pending",
    "0 aborted pending",
    "0 aborted fulfilled",
    "2 pending",
    "2 fulfilled",
    "1 fulfilled",
  ]);
  expect(lost()).toBe(0);
  expect(receiver.next(realm.id)).toBe(7);
});

test("gives calls the id that the background gives them", () => {
  const { receiver, calls } = listen();
  receiver.take(reading(0, 1));
  expect([...calls.keys()]).toEqual([`${realm.id}:0`]);
  expect([...calls.values()][0]).toMatchObject({ realmId: realm.id, api: "credentials.get" });
});

test("links may overlap, and come in any order: nothing is lost, nothing told twice", () => {
  const pieces = fc.array(
    fc.tuple(fc.nat(6), fc.nat(7)).map(([first, length]) => [first, Math.min(7, first + length)] as const),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, (list) => {
      const { receiver, calls, told, lost } = listen();
      for (const [first, end] of list) receiver.take(reading(first, end));
      receiver.take(reading(0, 7));
      expect(outcomes(calls)).toEqual(COMPLETE);
      expect([...calls.values()].find(({ seq }) => seq === 0)?.aborted).toBeDefined();
      expect(new Set(told).size).toBe(told.length);
      expect(lost()).toBe(0);
      expect(receiver.next(realm.id)).toBe(7);
    }),
  );
});

test("what the page no longer has is a gap, but for what another link brought before", () => {
  const { receiver, lost } = listen();
  receiver.take(reading(0, 2));
  receiver.take(reading(3, 4));
  receiver.take(reading(5, 7, { oldest: 5, next: 7 }));
  expect(lost()).toBe(2); // 2 and 4
  receiver.take(reading(5, 7, { oldest: 5, next: 7 }));
  expect(lost()).toBe(2);
  expect(receiver.next(realm.id)).toBe(7);
});

test("what follows a hole waits for the reading that fills it, so that all is told in order", () => {
  const { receiver, told } = listen();
  receiver.take(reading(3, 4));
  expect(told).toEqual([]);
  expect(receiver.next(realm.id)).toBe(0);
  receiver.take(reading(0, 3));
  expect(told.at(-1)).toBe("0 aborted fulfilled");
});

test("a number without end is no loop without end", () => {
  const { receiver, lost } = listen();
  receiver.take(reading(0, 0, { oldest: Number.MAX_SAFE_INTEGER }));
  expect(lost()).toBe(Number.MAX_SAFE_INTEGER);
});

test("a damaged event counts as lost and moves no number", () => {
  const { receiver, lost, calls } = listen();
  receiver.take({
    ...reading(0, 0),
    events: [EVENTS[0]!, { kind: "lost", count: 1 }, EVENTS[2]!, EVENTS[3]!],
  });
  expect(lost()).toBe(1);
  expect(outcomes(calls)).toEqual({ 0: "fulfilled" });
  expect(receiver.next(realm.id)).toBe(4);
});

test("whole calls count once, beside events too", () => {
  const { receiver, told } = listen();
  const call = (EVENTS[0] as HookEvent & { kind: "call" }).call;
  const whole = { ...call, duration: 1, outcome: { status: "fulfilled", value: 1 } } as typeof call;
  const line: Reading = { realmId: realm.id, realm, first: 0, events: [], calls: [whole] };
  receiver.take(line);
  receiver.take(line);
  receiver.take(reading(0, 1));
  expect(told).toEqual(["0 fulfilled"]);
});

test("a call that was written pending when the page went is told again when it settles", () => {
  const { receiver, told } = listen();
  const call = (EVENTS[0] as HookEvent & { kind: "call" }).call;
  const line: Reading = { realmId: realm.id, realm, first: 0, events: [], calls: [call] };
  receiver.take(line);
  receiver.take({ ...line, calls: [{ ...call, outcome: { status: "fulfilled", value: 1 } }] });
  expect(told).toEqual(["0 pending", "0 fulfilled"]);
});

test("realms keep their numbers apart", () => {
  const { receiver, calls, realms } = listen();
  const other = aRealm(2);
  receiver.take(reading(0, 1));
  receiver.take({ realmId: other.id, realm: other, first: 0, events: [EVENTS[0]!] });
  expect(realms).toHaveLength(2);
  expect([...calls.keys()]).toEqual([`${realm.id}:0`, `${other.id}:0`]);
});
