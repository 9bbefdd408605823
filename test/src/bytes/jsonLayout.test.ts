import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLayout } from "../../../src/bytes/jsonLayout.js";
import { anyText } from "../../support/anyText.js";

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("members stand where their values are", () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, fc.jsonValue()), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const { members, error, start, end } = jsonLayout(text, 1000);
      expect(error).toBeUndefined();
      expect([start, end]).toEqual([0, text.length]);
      const found = members.map((member) => [member.name, JSON.parse(text.slice(member.start, member.end))]);
      expect(found).toEqual(Object.entries(JSON.parse(text)));
    }),
  );
});

test("a text is without error exactly where JSON.parse takes it", () => {
  const pieces = fc.constantFrom(
    ...'{}[],:"\\ \n-+.eE01u2fatlsn',
    "true",
    "null",
    '"a"',
    "1e5",
    "\u0001",
    "\u00e9",
  );
  const soup = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));
  const damaged = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), pieces)
    .map(
      ([json, at, piece]) =>
        json.slice(0, at % (json.length + 1)) + piece + json.slice((at % (json.length + 1)) + 1),
    );
  const cut = fc.tuple(fc.json(), fc.nat()).map(([json, at]) => json.slice(0, at % (json.length + 1)));
  fc.assert(
    fc.property(fc.oneof(soup, damaged, cut), (text) => {
      expect(jsonLayout(text, 1000).error === undefined).toBe(parses(text));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['{"a":1,}', "syntax", 7],
  ['{"a" 1}', "syntax", 5],
  ["[1 2]", "syntax", 3],
  ["nul", "truncated", 3],
  ["nulx", "syntax", 3],
  ['{"a":"b', "truncated", 7],
  ['"\\u00', "truncated", 5],
  ['"\\x"', "syntax", 1],
  ["{} {}", "trailing", 3],
  ["", "truncated", 0],
  ["[[[1]]]", "too-deep", 2],
])("%j: %s at %i", (text, kind, offset) => {
  expect(jsonLayout(text, 2).error).toMatchObject({ kind, offset });
});

test("every prefix of an object is cut off, not wrong", () => {
  const text = '{"a":[1,-2.5e+3,"x\\u00e9\\n"],"b":{"c":null,"d":true}}';
  for (let length = 0; length < text.length; length++)
    expect(jsonLayout(text.slice(0, length), 10).error).toMatchObject({ kind: "truncated", offset: length });
});

test("millions of opening brackets are refused without being followed", () => {
  expect(jsonLayout("[".repeat(5_000_000), 256).error).toMatchObject({ kind: "too-deep", offset: 256 });
});
