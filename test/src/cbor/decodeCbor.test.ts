import { expect, test } from "vitest";
import { decodeCbor } from "../../../src/cbor/decodeCbor.js";
import { decodeCborMap } from "../../../src/cbor/decodeCborMap.js";
import { bytesOf } from "../../support/authenticatorBytes.js";
import { encodeCbor } from "../../support/encodeCbor.js";

test.each([
  ["a date", "c074323031332d30332d32315432303a30343a30305a", "2013-03-21T20:04:00Z"],
  ["a big number", "c249010000000000000000", bytesOf("010000000000000000")],
  ["a regular expression", "d81b8266526567457870612e", ["RegExp", "."]],
  ["a set", "d901028101", [1]],
  ["a reference", "d81c81d81d00", [0]],
  ["a record definition of cbor-x", "d9dfff8319e0008161610a", [0xe000, ["a"], 10]],
  ["packed values", "d8338480808000", [[], [], [], 0]],
])("%s is not made: the tagged item stands for itself", (_, hex, value) => {
  const decoded = decodeCbor(bytesOf(hex));
  expect(decoded.value).toEqual(value);
  expect(decoded.problems[0]?.code).toBe("cbor-tag");
});

test("a key called __proto__ is a key", () => {
  const { value } = decodeCbor(encodeCbor(new Map([["__proto__", new Map([["polluted", true]])]])));
  expect(value).toEqual(new Map([["__proto__", new Map([["polluted", true]])]]));
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("chunked strings are joined", () => {
  expect(decodeCbor(bytesOf("5f42010243030405ff")).value).toEqual(bytesOf("0102030405"));
  expect(decodeCbor(bytesOf("7f657374726561646d696e67ff")).value).toBe("streaming");
});

test("small integers are numbers however they are written, large ones bigint", () => {
  expect(decodeCbor(bytesOf("1b0000000000000005")).value).toBe(5);
  expect(decodeCbor(bytesOf("3b0000000000000005")).value).toBe(-6);
  expect(decodeCbor(bytesOf("1b8000000000000000")).value).toBe(2n ** 63n);
});

test("the bytes that were given stay as they are, without additions", () => {
  const bytes = bytesOf("a1016161");
  const before = Object.getOwnPropertyNames(bytes);
  decodeCbor(bytes);
  expect(Object.getOwnPropertyNames(bytes)).toEqual(before);
  expect(bytes).toEqual(bytesOf("a1016161"));
});

test("a map that is cut off gives the pairs before the cut", () => {
  const bytes = encodeCbor({ fmt: "none", attStmt: {}, authData: new Uint8Array(40) }).subarray(0, 40);
  const { entries, item } = decodeCborMap(bytes, 0, bytes.length, "attestation object");
  expect(item?.complete).toBe(false);
  expect(entries.map(({ label, value }) => [label, value])).toEqual([
    ["fmt", "none"],
    ["attStmt", new Map()],
  ]);
});
