import { expect, test } from "vitest";
import { decodeClientData } from "../../../src/index.js";
import { bytesOf, clientDataJson } from "../../support/authenticatorBytes.js";

const encode = (text: string) => new TextEncoder().encode(text);
const textAt = (bytes: Uint8Array, offset: number, length: number) =>
  new TextDecoder().decode(bytes.subarray(offset, offset + length));

test("the challenge is given as bytes, everything else as it stands", () => {
  const { value, problems } = decodeClientData(
    clientDataJson({ challenge: bytesOf("00ff"), topOrigin: "https://top.example", extra: { deep: [1] } }),
  );
  expect(problems).toEqual([]);
  expect(value).toEqual({
    type: "webauthn.create",
    challenge: bytesOf("00ff"),
    origin: "https://example.com",
    crossOrigin: false,
    topOrigin: "https://top.example",
    extra: { deep: [1] },
  });
});

test("fields point at the members' values, also after text beyond ASCII and a byte order mark", () => {
  const bytes = encode(
    '\ufeff{ "note" : "é😀", "origin":"https://a.example", "type":"webauthn.get", "challenge":"AA" }',
  );
  const { fields, problems, value } = decodeClientData(bytes);
  expect(
    Object.fromEntries(fields.map(({ path, offset, length }) => [path, textAt(bytes, offset, length)])),
  ).toEqual({
    note: '"é😀"',
    origin: '"https://a.example"',
    type: '"webauthn.get"',
    challenge: '"AA"',
  });
  expect(value.note).toBe("é😀");
  expect(problems).toMatchObject([{ code: "client-data-byte-order-mark", offset: 0, length: 3 }]);
});

test("a member called __proto__ stays a member", () => {
  const { value } = decodeClientData(
    encode('{"type":"a","challenge":"","origin":"b","__proto__":{"polluted":1}}'),
  );
  expect(Object.hasOwn(value, "__proto__")).toBe(true);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(value.polluted).toBeUndefined();
});

test.each([
  ["no JSON", "hello", "client-data-not-json", 0],
  ["JSON with something after it", "{} x", "client-data-not-json", 3],
  ["an array", "[]", "client-data-not-an-object", 0],
  ["null", "null", "client-data-not-an-object", 0],
  ["deep nesting", `{"a":${"[".repeat(5000)}`, "client-data-not-json", 68],
])("%s is no client data", (_, text, code, offset) => {
  const { problems, value } = decodeClientData(encode(text));
  expect(problems).toMatchObject([{ code, offset }]);
  expect(value).toEqual({});
});

test.each([
  ["type", '{"challenge":"","origin":"o"}', "client-data-member-missing"],
  ["origin", '{"type":"t","challenge":"","origin":5}', "client-data-member-type"],
  [
    "crossOrigin",
    '{"type":"t","challenge":"","origin":"o","crossOrigin":"false"}',
    "client-data-member-type",
  ],
  ["tokenBinding", '{"type":"t","challenge":"","origin":"o","tokenBinding":null}', "client-data-member-type"],
  ["challenge", '{"type":"t","challenge":"*","origin":"o"}', "not-base64url"],
  ["challenge", '{"type":"t","challenge":"AA==","origin":"o"}', "base64url-padding"],
  ["type", '{"type":"t","challenge":"","origin":"o","type":"u"}', "client-data-duplicate-member"],
])("%s: %s is a problem of that member", (path, text, code) => {
  expect(decodeClientData(encode(text)).problems).toMatchObject([{ path, code }]);
});

test("bytes that are not UTF-8 are named", () => {
  const bytes = encode('{"type":"t","challenge":"","origin":"ox"}');
  bytes[37] = 0xff;
  expect(decodeClientData(bytes).problems).toMatchObject([{ code: "client-data-not-utf8", offset: 37 }]);
});

test.each([
  ["a text", '"webauthn.get"'],
  ["a number", "5"],
  ["true", "true"],
])("%s is JSON and no client data", (_, text) => {
  expect(decodeClientData(encode(text)).problems).toMatchObject([
    { code: "client-data-not-an-object", offset: 0, length: text.length },
  ]);
});

test("JSON that is cut off is a problem at its end, where no byte is", () => {
  expect(decodeClientData(encode('{"type"')).problems).toMatchObject([
    { code: "client-data-not-json", offset: 7, length: 0 },
  ]);
  expect(decodeClientData(encode('{"type" x')).problems).toMatchObject([{ offset: 8, length: 1 }]);
});

test.each([
  ["type", "5"],
  ["origin", '["https://example.com"]'],
  ["crossOrigin", "1"],
  ["topOrigin", "null"],
  ["tokenBinding", '"supported"'],
  ["challenge", "7"],
  ["challenge", '"*"'],
  ["challenge", '"é"'],
])("%s: %s is told where it stands, and is no value", (name, text) => {
  const members = { type: '"t"', challenge: '""', origin: '"o"', [name]: text };
  const json = `{${Object.entries(members).map(([key, value]) => `"${key}":${value}`)}}`;
  const bytes = encode(json);
  const { value, problems } = decodeClientData(bytes);
  expect(problems.map(({ path, offset, length }) => [path, textAt(bytes, offset, length)])).toEqual([
    [name, text],
  ]);
  expect(Object.hasOwn(value, name)).toBe(false);
});

test("members that are missing are told, the challenge too, and none is made up", () => {
  const { value, problems } = decodeClientData(encode("{}"));
  expect(problems.map(({ path }) => path)).toEqual(["type", "challenge", "origin"]);
  expect(value).toEqual({});
});

test("of a member that comes twice the later one counts, and is what a problem is about", () => {
  const bytes = encode('{"type":"t","origin":"o","challenge":"AA","challenge":"A*","challenge":"/w"}');
  const { value, problems, fields } = decodeClientData(bytes);
  expect(value.challenge).toEqual(Uint8Array.of(255));
  expect(problems.map(({ code, offset, length }) => [code, textAt(bytes, offset, length)])).toEqual([
    ["client-data-duplicate-member", '"A*"'],
    ["client-data-duplicate-member", '"/w"'],
    ["base64-not-base64url", '"/w"'],
  ]);
  expect(fields.filter(({ path }) => path === "challenge")).toHaveLength(3);
});

test("after a byte order mark everything stands three bytes further", () => {
  const bytes = encode('\ufeff{"type":"t","challenge":"","origin":"o"}');
  const { offset, length } = decodeClientData(bytes).fields.find(({ path }) => path === "origin")!;
  expect(textAt(bytes, offset, length)).toBe('"o"');
});

test("after bytes that are not UTF-8 places stay within the bytes, as near as can be", () => {
  const bytes = encode('\ufeff{"type":"?","challenge":"","origin":"o"}');
  bytes[12] = 0xff;
  const { offset } = decodeClientData(bytes).fields.find(({ path }) => path === "origin")!;
  expect(textAt(bytes, offset, 3)).toBe('"o"');
  const many = encode(`{"type":"${"?".repeat(40)}","challenge":"","origin":"é😀"}`).fill(0xff, 9, 49);
  for (const field of decodeClientData(many).fields)
    expect(field.offset + field.length).toBeLessThanOrEqual(many.length);
});
