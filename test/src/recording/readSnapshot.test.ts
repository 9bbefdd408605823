import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSnapshot } from "../../../src/recording/readSnapshot.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import { resolvePointer } from "../../support/resolvePointer.js";

describe("a member", () => {
  const options: Snapshot = {
    publicKey: { user: { id: { $: "bytes", type: "ArrayBuffer", base64url: "AQID" } }, "a/b~c": 1 },
  };

  test("is found with its value and its place", () => {
    const id = readSnapshot(options, "/arguments/0").member("publicKey", "user", "id");
    expect(id.at).toBe("/arguments/0/publicKey/user/id");
    expect(id.bytes()).toEqual(Uint8Array.of(1, 2, 3));
    expect(id.byteLength()).toBe(3);
    expect(id.describe()).toBe("ArrayBuffer, 3 bytes");
  });

  test("of nothing is absent, at the place where it would be", () => {
    const missing = readSnapshot(options, "/arguments/0").member("publicKey", "rp", "id");
    expect(missing.isAbsent).toBe(true);
    expect(missing.at).toBe("/arguments/0/publicKey/rp/id");
    expect(missing.describe()).toBe("absent");
  });

  test("that is inherited is absent", () => {
    expect(readSnapshot({}).member("toString").isAbsent).toBe(true);
    expect(readSnapshot({}).member("__proto__").isAbsent).toBe(true);
  });

  test("has its place escaped as JSON pointers are", () => {
    expect(readSnapshot(options).member("publicKey", "a/b~c").at).toBe("/publicKey/a~1b~0c");
  });

  test('of a page that calls it "$" is found under its escaped name', () => {
    const page = readSnapshot({ $$: 1, $$$: 2 });
    expect(page.member("$").number()).toBe(1);
    expect(page.member("$").at).toBe("/$$");
    expect(page.member("$$").number()).toBe(2);
    expect(page.members().map(([name]) => name)).toEqual(["$", "$$"]);
  });

  test("of a credential is found where the recording keeps it", () => {
    const credential: Snapshot = {
      $: "PublicKeyCredential",
      value: { response: { transports: ["internal"] } },
    };
    const transports = readSnapshot(credential, "/outcome/value").member("response", "transports");
    expect(transports.at).toBe("/outcome/value/value/response/transports");
    expect(transports.items().map((item) => [item.at, item.text()])).toEqual([
      ["/outcome/value/value/response/transports/0", "internal"],
    ]);
  });

  test("below something that could not be kept is unknown, not absent", () => {
    const options = readSnapshot({ publicKey: { $: "unreadable", error: "Error: no" } });
    expect(options.member("publicKey", "user", "id").isUnknown).toBe(true);
    expect(options.member("publicKey", "user", "id").isAbsent).toBe(false);
  });
});

test.each<[Snapshot | undefined, string, string]>([
  [undefined, "absent", "absent"],
  [{ $: "undefined" }, "absent", "undefined"],
  [null, "null", "null"],
  [true, "boolean", "boolean true"],
  [-7, "number", "number -7"],
  [{ $: "number", value: "NaN" }, "number", "number NaN"],
  ["abc", "string", 'string "abc"'],
  ["x".repeat(61), "string", `string "${"x".repeat(60)}…"`],
  [{ $: "bigint", value: "7" }, "bigint", "bigint 7"],
  [{ $: "symbol", name: "s" }, "symbol", "symbol s"],
  [{ $: "function", name: "" }, "function", "function"],
  [{ $: "bytes", type: "DataView", base64url: "AA" }, "bytes", "DataView, 1 byte"],
  [{ $: "masked", type: "string", length: 8, fingerprint: "" }, "masked", "string, 8 characters, masked"],
  [[], "list", "empty list"],
  [[1, 2], "list", "list of 2"],
  [{}, "object", "object"],
  [{ $: "object", class: "Foo", value: {} }, "object", "object Foo"],
  [{ $: "AbortSignal", aborted: true }, "signal", "AbortSignal, aborted"],
  [{ $: "Credential", type: "password", id: "a" }, "object", 'Credential of type "password"'],
  [{ $: "unreadable", error: "Error: no" }, "unknown", "unreadable: Error: no"],
  [{ $: "cycle" }, "unknown", "an object that contains itself"],
  [{ $: "truncated", of: "string" }, "unknown", "string, too large to keep"],
  [{ $: "new in a later version" }, "unknown", "unknown"],
])("%j is %s: %s", (snapshot, kind, words) => {
  const reading = readSnapshot(snapshot);
  expect([reading.kind, reading.describe()]).toEqual([kind, words]);
});

test("the length of bytes is known without decoding them", () => {
  for (let length = 0; length < 9; length++) {
    const base64url = Buffer.alloc(length, 7).toString("base64url");
    expect(readSnapshot({ $: "bytes", type: "ArrayBuffer", base64url }).byteLength()).toBe(length);
  }
});

test("no JSON makes a reading fail, and every place that it names is there", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const visit = (reading: ReturnType<typeof readSnapshot>) => {
        reading.bytes();
        reading.number();
        reading.byteLength();
        expect(typeof reading.describe()).toBe("string");
        for (const [, member] of reading.members()) {
          expect(resolvePointer({ root: value }, member.at)).toBe(member.snapshot);
          visit(member);
        }
        reading.items().forEach(visit);
      };
      visit(readSnapshot(value as Snapshot, "/root"));
    }),
  );
});

test("special values with hostile members are read without failing", () => {
  const tags = fc.constantFrom(
    "bytes",
    "masked",
    "number",
    "object",
    "PublicKeyCredential",
    "symbol",
    "truncated",
  );
  const members = fc.dictionary(
    fc.constantFrom("value", "type", "base64url", "length", "name", "of", "class"),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(tags, members, (tag, others) => {
      const reading = readSnapshot({ ...others, $: tag } as unknown as Snapshot);
      reading.describe();
      reading.bytes();
      reading.byteLength();
      reading.member("value", "x").describe();
    }),
  );
});

test("a kind that is no text is an unknown one", () => {
  const odd = { $: { toString: 1, valueOf: 1 } } as unknown as Snapshot;
  expect(readSnapshot(odd).kind).toBe("unknown");
  expect(readSnapshot(odd).member("a").isUnknown).toBe(true);
});
