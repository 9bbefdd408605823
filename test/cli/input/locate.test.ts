import fc from "fast-check";
import { expect, test } from "vitest";
import { createLocator, type Place } from "../../../cli/input/locate.js";
import { resolvePointer } from "../../support/resolvePointer.js";
import { wrongRecording } from "../../support/samplesToLint.js";

/** The text between the two ends of a place. */
function textAt(text: string, { line, column, endLine, endColumn }: Place): string {
  const lines = text.split("\n");
  const offset = (row: number, col: number) =>
    lines.slice(0, row - 1).reduce((sum, each) => sum + each.length + 1, 0) + col - 1;
  return text.slice(offset(line, column), offset(endLine, endColumn));
}

/** The pointers of everything in a value. */
function pointersIn(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [at];
  const inside = Object.entries(value).flatMap(([name, member]) =>
    pointersIn(member, `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return [at, ...inside];
}

test.each([undefined, 2, "\t"])("finds every value of a recording, indented by %j", (indent) => {
  const recording = wrongRecording();
  const text = JSON.stringify(recording, null, indent);
  const locate = createLocator(text);
  for (const [index, call] of recording.calls.entries())
    for (const pointer of pointersIn(call))
      expect(JSON.parse(textAt(text, locate(index, pointer)!)), pointer).toEqual(
        resolvePointer(call, pointer),
      );
});

test("finds every value of any JSON", () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { minLength: 1 }),
      fc.integer({ min: 0, max: 3 }),
      (calls, indent) => {
        const text = JSON.stringify({ before: '"{[', calls, after: ["]"] }, null, indent);
        const [first] = JSON.parse(text).calls as unknown[];
        const locate = createLocator(text);
        for (const pointer of pointersIn(first))
          expect(JSON.parse(textAt(text, locate(0, pointer)!))).toEqual(resolvePointer(first, pointer));
      },
    ),
  );
});

test("gives what is around where a pointer leads nowhere, and nothing where there is no call", () => {
  const text = '{"calls":[{"arguments":[{"publicKey":{"rp":{}}}]}]}';
  const locate = createLocator(text);
  expect(textAt(text, locate(0, "/arguments/0/publicKey/rp/id")!)).toBe("{}");
  expect(locate(1, "/arguments")).toBeUndefined();
  expect(createLocator("[]")(0, "/arguments")).toBeUndefined();
});

test("of two members of one name, takes the one that counts", () => {
  const text = '{"calls":[], "calls":[{"a":1,"\\u0061":2}]}';
  expect(textAt(text, createLocator(text)(0, "/a")!)).toBe("2");
});
