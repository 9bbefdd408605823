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
  ["f820", "simple(32)"],
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
  ["reserved heads of strings", "5c", "cbor-malformed"],
  ["reserved heads of maps", "be", "cbor-malformed"],
  ["an integer of indefinite length", "1f", "cbor-malformed"],
  ["a tag of indefinite length", "df00", "cbor-malformed"],
  ["a break where a tagged item should be", "9fc1ff", "cbor-malformed"],
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

test.each([
  ["nothing", "", "no byte left", 0, 0],
  ["an array", "8301", "inside the array that begins at offset 0", 2, 0],
  ["a map in an array", "81a101", "inside the map that begins at offset 1", 3, 0],
  ["a head", "8119", "The head of an item is cut off", 1, 1],
  ["a byte string", "81430102", "The byte string at offset 1 says it has 3 bytes; 2 are left", 1, 3],
  ["a text", "6361", "The text at offset 0 says it has 3 bytes; 1 are left", 0, 2],
])(
  "%s that is cut off is told at its place, and reading stops at the end",
  (_, hex, words, offset, length) => {
    const bytes = bytesOf(hex);
    const { item, problems, end } = cborLayout(bytes);
    expect(problems).toEqual([
      { code: "cbor-truncated", message: expect.stringContaining(words) as string, offset, length },
    ]);
    if (item) expect(item).toMatchObject({ offset: 0, length: end, complete: false });
    expect("item" in cborLayout(bytes)).toBe(bytes.length > 0);
  },
);

test("what ends with the bytes it was given ends there, whatever follows in the buffer", () => {
  const bytes = bytesOf("8301020304");
  expect(cborLayout(bytes, 0, 3)).toMatchObject({ end: 3, problems: [{ offset: 3 }] });
  expect(cborLayout(bytes, 1, 2)).toMatchObject({
    end: 2,
    problems: [],
    item: { length: 1, complete: true },
  });
});

test.each([
  ["8301", "[1, …]"],
  ["9f01", "[_ 1, …]"],
  ["a1", "{…}"],
  ["a201", "{1: …, …}"],
  ["c1", "1(…)"],
  ["430102", "h'0102…'"],
  ["6361", '"a…"'],
  ["5f4101", "(_ h'01', …)"],
])("%s, cut off, is %s", (hex, diagnostic) => {
  expect(cborLayout(bytesOf(hex)).item?.diagnostic).toBe(diagnostic);
});

test("integers and texts are labels, big ones too; nothing else is", () => {
  const labelOf = (hex: string) => cborLayout(bytesOf(hex)).item?.label;
  expect(["07", "26", "6161"].map(labelOf)).toEqual([7, -7, "a"]);
  expect(labelOf("1b001fffffffffffff")).toBe(Number.MAX_SAFE_INTEGER);
  expect(labelOf("1b0020000000000000")).toBe(2n ** 53n);
  expect(labelOf("3bffffffffffffffff")).toBe(-(2n ** 64n));
  expect(["7f6161ff", "4161", "80", "a0", "f4", "c100", "f93c00"].map(labelOf)).toEqual(
    Array(7).fill(undefined),
  );
});

test("a string is its content, and leaves have no items inside", () => {
  const { item } = cborLayout(bytesOf("8343010203626162"));
  expect(item?.children[0]?.content).toEqual(Uint8Array.of(1, 2, 3));
  expect(item?.children.map(({ children }) => children)).toEqual([[], []]);
});

test.each([
  ["an integer, then one below", "a202000100", true],
  ["integers that need more bytes come later", "a2181800190100 00", false],
  ["negative ones after the others", "a200002000", false],
  ["the others after negative ones", "a220000000", true],
  ["-1 before -2", "a220002100", false],
  ["-2 before -1", "a221002000", true],
  ["bytes before text", "a2410000 616100", false],
  ["text before bytes", "a2616100 410000", true],
  ["shorter text first", "a261 6200 62616100", false],
  ["the same length by its letters", "a2616100616200", false],
  ["the same length against its letters", "a2616200616100", true],
  ["text before arrays, arrays before true", "a361610080 00f500", false],
  ["true before an array", "a2f5008000", true],
])("keys: %s", (_, hex, isWrong) => {
  const codes = cborLayout(bytesOf(hex)).problems.map(({ code }) => code);
  expect(codes).toEqual(isWrong ? ["cbor-map-order"] : []);
});

test.each([
  ["1817", true],
  ["1818", false],
  ["1900ff", true],
  ["190100", false],
  ["1a0000ffff", true],
  ["1a00010000", false],
  ["1b00000000ffffffff", true],
  ["1b0000000100000000", false],
  ["580100", true],
  ["f90000", false],
  ["fb0000000000000000", false],
])("%s is written longer than needed: %s", (hex, isLonger) => {
  const codes = cborLayout(bytesOf(hex)).problems.map(({ code }) => code);
  expect(codes).toEqual(isLonger ? ["cbor-non-minimal"] : []);
});

test("a map of maps: each is judged where it ends, and reading goes on behind it", () => {
  const { item, problems } = cborLayout(bytesOf("82a1 00 a2 02000100 07"));
  expect(item?.diagnostic).toBe("[{0: {2: 0, 1: 0}}, 7]");
  expect(problems).toMatchObject([{ code: "cbor-map-order", offset: 3, length: 5 }]);
});

test("as many items and levels as are allowed", () => {
  const many = joinBytes(cborHead(4, MAX_ITEMS - 1), new Uint8Array(MAX_ITEMS - 1));
  expect(cborLayout(many)).toMatchObject({ problems: [], item: { complete: true } });
  const deep = joinBytes(new Uint8Array(MAX_DEPTH).fill(0x81), Uint8Array.of(0));
  expect(cborLayout(deep)).toMatchObject({ problems: [], item: { complete: true } });
  expect(cborLayout(joinBytes(Uint8Array.of(0x81), deep)).problems).toMatchObject([
    { code: "cbor-too-deep", offset: MAX_DEPTH, length: 1 },
  ]);
  expect(cborLayout(bytesOf(`9f${"1800".repeat(200)}ff`)).problems).toHaveLength(100);
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
