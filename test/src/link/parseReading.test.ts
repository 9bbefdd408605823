import fc from "fast-check";
import { expect, test } from "vitest";
import { parseReading } from "../../../src/link/parseReading.js";
import { aborted, aRealm, called, settled } from "../../support/realmEvents.js";

const realm = aRealm();
const answer = (more: object = {}) =>
  JSON.stringify({
    realmId: realm.id,
    realm,
    oldest: 0,
    first: 0,
    events: [called(0), aborted(0), settled(0)],
    next: 3,
    ...more,
  });

test("a reading is what the hook said", () => {
  const { reading, problems } = parseReading(answer());
  expect(problems).toEqual([]);
  expect(reading).toEqual(JSON.parse(answer()));
});

test("a page without the hook says what it is", () => {
  const page = {
    hook: "none",
    url: "https://rp.example/",
    isSecureContext: true,
    startedAt: 1,
    readyState: "complete",
  };
  expect(parseReading(JSON.stringify(page))).toEqual({ page, problems: [] });
});

test.each([
  ["nothing", undefined, /answered nothing, not a text/],
  ["null, as during a process swap", null, /answered null/],
  ["an object", {}, /a value of type object/],
  ["no JSON", "hello", /no JSON/],
  ["half of it", answer().slice(0, -20), /no JSON/],
  ["a list", "[]", /no reading/],
  ["an empty object", "{}", /no reading: at realmId/],
  ["events that are none", answer({ events: 7 }), /at events/],
  ["a number that is none", answer({ first: -1 }), /at first/],
  ["a realm without a URL", answer({ realm: { ...realm, url: undefined } }), /at realm\.url/],
  ["the realm of another", answer({ realm: aRealm(2) }), /another id/],
  ["levels without end", `{"realmId":${"[".repeat(5000)}${"]".repeat(5000)}}`, /no JSON|deep/],
])("%s is refused in words", (_, value, message) => {
  const { reading, page, problems } = parseReading(value);
  expect(reading).toBeUndefined();
  expect(page).toBeUndefined();
  expect(problems.map((problem) => problem.message).join()).toMatch(message);
});

test("an event that is none is lost, in its place, and named", () => {
  const call = called(0);
  const events = [
    call,
    { kind: "call", call: { ...call.call, api: "alert" } },
    { kind: "settled", seq: 0 },
    settled(0),
    5,
  ];
  const { reading, problems } = parseReading(answer({ first: 10, events }));
  expect(reading!.events.map(({ kind }) => kind)).toEqual(["call", "lost", "lost", "settled", "lost"]);
  expect(problems.map(({ path }) => path)).toEqual(["/events/1", "/events/2", "/events/4"]);
  expect(problems[0]!.message).toMatch(/Event 11/);
});

test("whatever a page answers, nothing is thrown", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (value) => {
      const { reading, page, problems } = parseReading(value);
      expect(Boolean(reading || page) || problems.length > 0).toBe(true);
    }),
  );
});
