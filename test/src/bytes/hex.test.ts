import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHex, encodeHex } from "../../../src/bytes/hex.js";
import { encodeUuid } from "../../../src/bytes/uuid.js";

test("bytes and hexadecimal digits go into each other", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeHex(encodeHex(bytes))).toEqual({ bytes, problems: [] });
      expect(decodeHex(encodeHex(bytes).toUpperCase()).bytes).toEqual(bytes);
    }),
  );
});

test("separators as people paste them are passed over", () => {
  expect(decodeHex("de:ad be-ef\n").bytes).toEqual(Uint8Array.of(0xde, 0xad, 0xbe, 0xef));
});

test.each([
  ["0", 0],
  ["0g", 1],
  ["00 1 2", 4],
  ["abcx", 3],
])("%j is no hexadecimal, and the place is named", (text, offset) => {
  expect(decodeHex(text)).toMatchObject({ problems: [{ code: "not-hex", offset }] });
  expect(decodeHex(text).bytes).toBeUndefined();
});

test("16 bytes are written as a UUID", () => {
  expect(encodeUuid(Uint8Array.from({ length: 16 }, (_, at) => at * 17))).toBe(
    "00112233-4455-6677-8899-aabbccddeeff",
  );
});
