import { expect, test } from "vitest";
import { readEvalAnswer } from "../../../extension/platform/readEvalAnswer.js";

test.each([
  ["Chrome's value", "text", { value: "text" }],
  ["Firefox's pair", ["text", {}], { value: "text" }],
  ["Safari's pair", ["text", undefined], { value: "text" }],
  ["Safari's list of one", ["text"], { value: "text" }],
  ["Safari's silence during a process swap", null, { value: null }],
  ["nothing", undefined, { value: undefined }],
  [
    "Chrome's exception",
    [undefined, { isException: true, isError: false, value: "TypeError: x" }],
    { problem: "TypeError: x" },
  ],
  [
    "Chrome's own error",
    [undefined, { isError: true, code: "E_NOTFOUND", description: "Object not found: %s" }],
    { problem: "Object not found: %s" },
  ],
  ["Firefox's exception", [null, { isException: true, value: "Error: x" }], { problem: "Error: x" }],
  [
    "Safari's exception",
    [undefined, { isException: true, value: "TypeError: x" }],
    { problem: "TypeError: x" },
  ],
  ["an exception without words", [undefined, { isException: true }], { problem: "the page threw something" }],
])("%s is understood", (_, answer, expected) => {
  expect(readEvalAnswer(answer)).toEqual(expected);
});
