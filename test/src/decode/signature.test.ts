import { expect, test } from "vitest";
import { decodeEcdsaSignature } from "../../../src/index.js";
import { bytesOf } from "../../support/authenticatorBytes.js";

test("r and s without the zero that keeps them positive, each with its place", () => {
  expect(decodeEcdsaSignature(bytesOf("3007 0202 0081 0201 05".replaceAll(" ", "")))).toMatchObject({
    value: { r: Uint8Array.of(0x81), s: Uint8Array.of(5) },
    fields: [
      { path: "r", offset: 2, length: 4 },
      { path: "s", offset: 6, length: 3 },
    ],
    problems: [],
    consumed: 9,
  });
});

test.each([
  ["bytes after it", "300602010102010200", "trailing-bytes", 8, 1],
  ["a third number", "3009020101020102020103", "signature-members", 8, 3],
  ["no s", "3003020101", "signature-members", 5, 0],
  ["a negative number", "3006020181020102", "signature-number", 2, 3],
  ["a zero too many", "300702020001020102", "signature-number", 2, 4],
  ["another type than a number", "3006040101020102", "signature-number", 2, 3],
  ["r and s side by side", "0102030405060708", "signature-not-der", 0, 8],
  ["nothing", "", "signature-not-der", 0, 0],
])("%s is a problem", (_, hex, code, offset, length) => {
  expect(decodeEcdsaSignature(bytesOf(hex)).problems).toMatchObject([{ code, offset, length }]);
});
