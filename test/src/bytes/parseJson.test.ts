import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "../../../src/bytes/parseJson.js";
import { finish } from "../../../src/bytes/steps.js";

const parsed = (text: string) => finish(parseJson(text, 256));

test("makes of any JSON what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom("", " ", "\n"), (json, space) => {
      expect(parsed(space + json + space).value).toEqual(JSON.parse(json));
    }),
  );
});

test("makes of an object with long arrays what JSON.parse makes of it, member by member", () => {
  const item = fc.jsonValue({ maxDepth: 2 });
  const member = fc.tuple(
    fc.constantFrom("calls", "realms", "__proto__", "a"),
    fc.array(item, { maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(member, { maxLength: 4 }), fc.constantFrom(undefined, 2), (members, indent) => {
      // Twice the same name, too: the last one counts.
      const text = `{${members
        .map(([name, items]) => {
          const long = Array.from({ length: 120 }, (_, index) => items[index % (items.length + 1)] ?? null);
          return `${JSON.stringify(name)}:${JSON.stringify(long, undefined, indent)}`;
        })
        .join(",")}}`;
      const { value, error } = parsed(text);
      expect(error).toBeUndefined();
      const expected = JSON.parse(text);
      expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
      expect(Object.keys(value as object)).toEqual(Object.keys(expected));
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }),
    { numRuns: 40 },
  );
});

test("reads the value with which a text begins, and says that something follows", () => {
  expect(parsed('{"a": 1} {"b": 2}')).toMatchObject({ value: { a: 1 }, end: 8, error: { kind: "trailing" } });
  expect(parsed('{"a": 1').value).toBeUndefined();
});

test("a long array is made in steps, each of them short, and the share that is done grows", () => {
  const calls = Array.from({ length: 5_000 }, (_, index) => ({ index, text: "x".repeat(200) }));
  const text = JSON.stringify({ calls });
  const shares = [...parseJson(text, 256)];
  expect(shares.length).toBeGreaterThan(text.length / 100_000);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
});
