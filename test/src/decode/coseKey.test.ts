import { expect, test } from "vitest";
import { decodeCoseKey } from "../../../src/index.js";
import { encodeCbor } from "../../support/encodeCbor.js";

const key = (...members: [number | string, unknown][]) => decodeCoseKey(encodeCbor(new Map(members)));

test("unknown types, algorithms, curves and labels are shown by their numbers", () => {
  const unknownType = key([1, 99], [3, -65000], [-1, Uint8Array.of(1)], ["x", 2]);
  expect(unknownType.value).toMatchObject({ keyType: "99", algorithm: -65000 });
  expect(unknownType.value.algorithmName).toBeUndefined();
  expect(unknownType.value.labels?.get("x")).toBe(2);
  expect(unknownType.fields.map(({ path }) => path)).toEqual([
    "keyType",
    "algorithm",
    "labels[-1]",
    'labels["x"]',
  ]);
  const x = new Uint8Array(12);
  expect(key([1, 2], [3, -7], [-1, 77], [-2, x], [-3, x])).toMatchObject({
    value: { curve: "77", x, y: x },
    problems: [],
  });
});

test("an ML-DSA key is an algorithm key pair", () => {
  const pub = new Uint8Array(1312);
  expect(key([1, 7], [3, -48], [-1, pub]).value).toMatchObject({
    keyType: "AKP",
    algorithm: -48,
    algorithmName: "ML-DSA-44",
    pub,
  });
});

const x = new Uint8Array(32);
test.each([
  ["no key type", key([3, -7]), "cose-key-member-missing", "keyType"],
  ["no algorithm", key([1, 2], [-1, 1], [-2, x], [-3, x]), "cose-key-member-missing", "algorithm"],
  ["no y", key([1, 2], [3, -7], [-1, 1], [-2, x]), "cose-key-member-missing", "y"],
  ["a compressed point", key([1, 2], [3, -7], [-1, 1], [-2, x], [-3, true]), "cose-key-member-type", "y"],
  [
    "an algorithm as text",
    key([1, 2], [3, "ES256"], [-1, 1], [-2, x], [-3, x]),
    "cose-key-member-type",
    "algorithm",
  ],
  ["a short coordinate", key([1, 2], [3, -7], [-1, 1], [-2, x.subarray(1)], [-3, x]), "cose-key-length", "x"],
])("%s is a problem of that member", (_, { problems }, code, path) => {
  expect(problems).toMatchObject([{ code, path }]);
});

test("something else than a map is no key", () => {
  expect(decodeCoseKey(encodeCbor([1, 2])).problems[0]?.code).toBe("cbor-not-a-map");
});
