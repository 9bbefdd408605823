import fc from "fast-check";
import { expect, test } from "vitest";
import { type CborItem, cborLayout, MAX_DEPTH, MAX_ITEMS } from "../../../src/cbor/cborLayout.js";
import { decodeCbor } from "../../../src/cbor/decodeCbor.js";
import { bytesOf } from "../../support/authenticatorBytes.js";
import { cborHead, encodeCbor, joinBytes } from "../../support/encodeCbor.js";

// Examples of RFC 8949, Appendix A.
test.each([
  ["00", "0"],
  ["17", "23"],
  ["1818", "24"],
  ["1a000f4240", "1000000"],
  ["1bffffffffffffffff", "18446744073709551615"],
  ["3bffffffffffffffff", "-18446744073709551616"],
  ["20", "-1"],
  ["3903e7", "-1000"],
  ["f93c00", "1.0"],
  ["f98000", "-0.0"],
  ["f90001", "5.960464477539063e-8"],
  ["fb3ff199999999999a", "1.1"],
  ["fa47c35000", "100000.0"],
  ["f97c00", "Infinity"],
  ["f97e00", "NaN"],
  ["fac7c35000", "-100000.0"],
  ["f4", "false"],
  ["f6", "null"],
  ["f7", "undefined"],
  ["f0", "simple(16)"],
  ["f8ff", "simple(255)"],
  ["c11a514b67b0", "1(1363896240)"],
  ["d74401020304", "23(h'01020304')"],
  ["40", "h''"],
  ["6449455446", '"IETF"'],
  ["62225c", '"\\"\\\\"'],
  ["62c3bc", '"ü"'],
  ["80", "[]"],
  ["8301820203820405", "[1, [2, 3], [4, 5]]"],
  ["a201020304", "{1: 2, 3: 4}"],
  ["a26161016162820203", '{"a": 1, "b": [2, 3]}'],
  ["5f42010243030405ff", "(_ h'0102', h'030405')"],
  ["7f657374726561646d696e67ff", '(_ "strea", "ming")'],
  ["9fff", "[_ ]"],
  ["9f018202039f0405ffff", "[_ 1, [2, 3], [_ 4, 5]]"],
  ["bf61610161629f0203ffff", '{_ "a": 1, "b": [_ 2, 3]}'],
])("%s is %s", (hex, diagnostic) => {
  const bytes = bytesOf(hex);
  const { item, end } = cborLayout(bytes);
  expect(item?.diagnostic).toBe(diagnostic);
  expect(item).toMatchObject({ offset: 0, length: bytes.length, complete: true });
  expect(end).toBe(bytes.length);
});

test.each([
  ["longer heads than needed", "1817", "cbor-non-minimal", 0],
  ["a length in more bytes than needed", "590001ff", "cbor-non-minimal", 0],
  ["indefinite lengths", "9fff", "cbor-indefinite-length", 0],
  ["tags", "c000", "cbor-tag", 0],
  ["unsorted keys", "a202000100", "cbor-map-order", 0],
  ["a text key before a shorter one", "a2626161006161 00", "cbor-map-order", 0],
  ["duplicate keys", "a201000101", "cbor-duplicate-key", 3],
  ["duplicate keys apart", "a3010002000101", "cbor-duplicate-key", 5],
  ["duplicate keys written differently", "a20100180100", "cbor-duplicate-key", 3],
  ["text that is not UTF-8", "6261ff", "cbor-invalid-utf8", 2],
])("%s are reported and read on", (_, hex, code, offset) => {
  const { item, problems } = cborLayout(bytesOf(hex));
  expect(item?.complete).toBe(true);
  expect(problems.filter((problem) => problem.code === code)).toMatchObject([{ offset }]);
});

test("canonical bytes have no problems", () => {
  const value = new Map<unknown, unknown>([
    [1, 2],
    [10, [true, null]],
    [-1, "x"],
    [-2, Uint8Array.of(1)],
    ["a", new Map()],
    ["bb", 70000],
  ]);
  expect(cborLayout(encodeCbor(value)).problems).toEqual([]);
});

test.each([
  ["reserved heads", "1c", "cbor-malformed"],
  ["an integer of indefinite length", "1f", "cbor-malformed"],
  ["a break outside", "ff", "cbor-malformed"],
  ["a break in a definite array", "8201ff", "cbor-malformed"],
  ["a map that ends after a key", "bf01ff", "cbor-malformed"],
  ["a number as chunk", "5f01ff", "cbor-malformed"],
  ["text as chunk of bytes", "5f6161ff", "cbor-malformed"],
  ["chunks in chunks", "5f5f4101ffff", "cbor-malformed"],
  ["a simple value in too many bytes", "f818", "cbor-malformed"],
  ["nothing", "", "cbor-truncated"],
  ["a cut head", "1900", "cbor-truncated"],
  ["a cut string", "4301", "cbor-truncated"],
  ["2^63 items", "9b8000000000000000", "cbor-truncated"],
  ["2^63 bytes", "5b8000000000000000", "cbor-truncated"],
  ["2^64 pairs", "bbffffffffffffffff0102", "cbor-truncated"],
])("%s stop the reading", (_, hex, code) => {
  const bytes = bytesOf(hex);
  const { item, problems, end } = cborLayout(bytes);
  expect(item?.complete ?? false).toBe(false);
  expect(problems.at(-1)?.code).toBe(code);
  expect(end).toBeLessThanOrEqual(bytes.length);
});

test("offsets are in the whole buffer", () => {
  const bytes = joinBytes(new Uint8Array(5), encodeCbor([1, "ab"]), Uint8Array.of(0xff));
  const { item, end } = cborLayout(bytes, 5);
  expect(item?.children.map(({ offset, length }) => [offset, length])).toEqual([
    [6, 1],
    [7, 3],
  ]);
  expect(end).toBe(10);
});

test.each([
  ["arrays", 0x81],
  ["maps of indefinite length", 0xbf],
  ["tags", 0xc1],
])("10,000 %s in each other are refused", (_, byte) => {
  const { problems, item } = cborLayout(new Uint8Array(10_000).fill(byte));
  expect(problems.at(-1)).toMatchObject({ code: "cbor-too-deep", offset: MAX_DEPTH });
  expect(() => item?.diagnostic).not.toThrow();
});

test("more items than the bound are refused", () => {
  const bytes = joinBytes(cborHead(4, MAX_ITEMS), new Uint8Array(MAX_ITEMS));
  expect(cborLayout(bytes).problems.at(-1)?.code).toBe("cbor-too-large");
});

test("the value of what was encoded comes back", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.string({ unit: "grapheme" }),
      fc.uint8Array(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("any")),
      fc
        .uniqueArray(fc.tuple(fc.oneof(fc.integer({ min: -500, max: 500 }), fc.string()), tie("any")), {
          selector: ([key]) => key,
        })
        .map((pairs) => new Map(pairs as [unknown, unknown][])),
    ),
  })).any;
  fc.assert(
    fc.property(value, (original) => {
      const bytes = encodeCbor(original);
      const { value: decoded, item } = decodeCbor(bytes);
      expect(decoded).toEqual(original);
      expect(item?.length).toBe(bytes.length);
    }),
  );
});

test("any bytes give an answer whose items lie inside them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { item, problems } = decodeCbor(bytes);
      if (item) checkInside(item, 0, bytes.length);
      for (const { offset, length } of problems) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset + length).toBeLessThanOrEqual(bytes.length);
      }
    }),
    { numRuns: 5000 },
  );
});

function checkInside(item: CborItem, start: number, end: number): void {
  expect(item.offset).toBeGreaterThanOrEqual(start);
  expect(item.end).toBeLessThanOrEqual(end);
  let at = item.offset + item.headLength;
  for (const child of item.children) {
    checkInside(child, at, item.end);
    at = child.end;
  }
  expect(typeof item.diagnostic).toBe("string");
}
