import { expect, test } from "vitest";
import { NO_FILTER, parseFilter } from "../../../panel/store/filter.js";
import { analyze } from "../../../src/index.js";
import { call, create, get, passkey, recordingOf } from "../../support/recordings.js";

const recording = recordingOf([
  create({ rp: { id: "shop.example", name: "Shop" } }).returns(passkey("shop key")),
  get({ rpId: "bank.example" }).rejects("NotAllowedError", { message: "Nobody came" }),
  create({ pubKeyCredParams: [{ type: "public-key", alg: -257 }] }),
  call("PublicKeyCredential.getClientCapabilities").returns({}),
]);
const { findings } = await analyze(recording);

test.each([
  ["nothing", "", [0, 1, 2, 3]],
  ["an RP ID", "bank.ex", [1]],
  ["a name, whatever its case", "ALICE@example", [0, 2]],
  ["a credential id as base64url", "c2hvcCBrZXk", [0]],
  ["the name of an error", "notallowed", [1]],
  ["the message of an error", "nobody came", [1]],
  ["the id of a rule that found something", "es256-missing", [2]],
  ["the address of the page", "https://example.com/", [0, 1, 2, 3]],
  ["a method", "getClientCap", [3]],
  ["a number", "-257", [0, 2]],
  ["a regular expression", "/^(shop|bank)\\.example$/m", [0, 1]],
  ["a regular expression with flags", "/NOBODY/i", [1]],
  ["a text that only looks like one", "/", [0, 1, 2, 3]],
  ["what is nowhere", "nowhere at all", []],
])("%s: %s", (_, text, expected) => {
  expect(passing({ text })).toEqual(expected);
});

test("a regular expression with g finds the same each time", () => {
  const { matches } = parseFilter({ ...NO_FILTER, text: "/example/g" });
  const ask = () => matches(recording.calls[0]!, undefined, []);
  expect([ask(), ask(), ask()]).toEqual([true, true, true]);
});

test("an expression that is none hides nothing, and says what is wrong with it", () => {
  const { problem } = parseFilter({ ...NO_FILTER, text: "/(/" });
  expect(problem).toMatch(/missing closing/);
  expect(passing({ text: "/(/" })).toEqual([0, 1, 2, 3]);
});

test("what the expressions of a filter do not know is said, and hides nothing", () => {
  for (const text of ["/(?=shop)/", "/(a)\\1/", "/shop/q"]) {
    expect(parseFilter({ ...NO_FILTER, text }).problem).toBeTruthy();
    expect(passing({ text })).toEqual([0, 1, 2, 3]);
  }
});

test.each(["/(a+)+$/", "/(a|aa)+$/", "/^(a?){80}a{80}$/", "/.*.*.*.*=/"])(
  "an expression that takes other engines forever is told at once: %s",
  (text) => {
    const hostile = create({ rp: { id: "x", name: `${"a".repeat(20_000)}!` } });
    const made = recordingOf([hostile]).calls[0]!;
    const begun = performance.now();
    expect(parseFilter({ ...NO_FILTER, text }).matches(made, undefined, [])).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  },
);

test("of a call that is too long to be searched whole is not said that the text is not in it", () => {
  const long = recordingOf([create({ rp: { id: "x", name: `first${"-".repeat(200_000)}last` } })]).calls[0]!;
  const ask = (text: string) => parseFilter({ ...NO_FILTER, text }).matches(long, undefined, []);
  expect(ask("first")).toBe(true);
  expect(ask("last")).toBeUndefined();
  expect(ask("/last/")).toBeUndefined();
});

test("kinds and findings narrow further", () => {
  expect(passing({ kind: "create" })).toEqual([0, 2]);
  expect(passing({ kind: "other" })).toEqual([3]);
  expect(passing({ kind: "create", text: "shop" })).toEqual([0]);
  expect(passing({ onlyWithFindings: true, kind: "other" })).toEqual([]);
});

test("member names are not searched, values are", () => {
  expect(passing({ text: "pubKeyCredParams" })).toEqual([2]);
  expect(findings.some(({ title }) => title.includes("pubKeyCredParams"))).toBe(true);
});

function passing(change: Partial<typeof NO_FILTER>): number[] {
  const { matches } = parseFilter({ ...NO_FILTER, ...change });
  return recording.calls.flatMap((made, index) => {
    const about = findings.filter(({ callId }) => callId === made.id);
    return matches(made, recording.realms[0], about) ? [index] : [];
  });
}
