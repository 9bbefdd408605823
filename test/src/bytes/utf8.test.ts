import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8, encodeUtf8, utf8Length } from "../../../src/bytes/utf8.js";
import { anyText } from "../../support/anyText.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

test("text goes to bytes and back as TextEncoder writes it", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(encodeUtf8(text)).toEqual(bytes);
      expect(utf8Length(text)).toBe(bytes.length);
      expect(decodeUtf8(bytes).text).toBe(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    }),
  );
});

test("bytes are UTF-8 exactly where TextDecoder says so", () => {
  const bytes = fc.array(
    fc.constantFrom(0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc3, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5),
  );
  fc.assert(
    fc.property(bytes, (list) => {
      const input = Uint8Array.from(list);
      let expected: string | undefined;
      try {
        expected = strict.decode(input);
      } catch {}
      const { text, firstBad } = decodeUtf8(input);
      expect(firstBad === undefined).toBe(expected !== undefined);
      if (expected !== undefined) expect(text).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test("the first bad byte is named and the rest still read", () => {
  expect(decodeUtf8(Uint8Array.of(0x61, 0xff, 0x62))).toEqual({ text: "a\ufffdb", firstBad: 1 });
});
