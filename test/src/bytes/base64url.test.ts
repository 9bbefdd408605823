import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase64url, encodeBase64url } from "../../../src/bytes/base64url.js";
import { anyText } from "../../support/anyText.js";

test("bytes and base64url go into each other as Node writes them", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = encodeBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect(decodeBase64url(text)).toEqual({ bytes, problems: [] });
    }),
  );
});

test("padding and plain base64 are read and reported", () => {
  const padded = decodeBase64url("-_8=");
  expect(padded.bytes).toEqual(Uint8Array.of(0xfb, 0xff));
  expect(padded.problems).toMatchObject([{ code: "base64url-padding", offset: 3, length: 1 }]);
  const plain = decodeBase64url("A+/w");
  expect(plain.bytes).toEqual(Uint8Array.of(0x03, 0xef, 0xf0));
  expect(plain.problems).toMatchObject([{ code: "base64-not-base64url", offset: 1 }]);
  expect(decodeBase64url("QR").problems).toMatchObject([{ code: "base64url-spare-bits", offset: 1 }]);
});

test.each([
  ["a", 0],
  ["abc!", 3],
  ["ab\u00e9d", 2],
  ["ab d", 2],
  ["====", 2],
])("%j is no base64url, and the place is named", (text, offset) => {
  const { bytes, problems } = decodeBase64url(text);
  expect(bytes).toBeUndefined();
  expect(problems.at(-1)).toMatchObject({ code: expect.stringMatching(/^not-base64url$/) });
  expect(problems.some((problem) => problem.offset === offset)).toBe(true);
});

test("any text gives an answer", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { bytes, problems } = decodeBase64url(text);
      expect(bytes !== undefined || problems.length > 0).toBe(true);
    }),
  );
});
