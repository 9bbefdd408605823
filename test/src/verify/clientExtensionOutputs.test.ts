import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze, readClientExtensionOutputs, readSnapshot, type Snapshot } from "../../../src/index.js";
import { create, get, passkey, recordingOf, snapshotOf } from "../../support/recordings.js";
import { checks } from "./ceremony.js";

const masked = (length: number): Snapshot => ({
  $: "masked",
  type: "ArrayBuffer",
  length,
  fingerprint: "0badcafe",
});
const bytes = (length: number): Snapshot => ({
  $: "bytes",
  type: "ArrayBuffer",
  base64url: Buffer.alloc(length, 0xa7).toString("base64url"),
});

type Kind = "registration" | "authentication";

function read(kind: Kind, results: { [name: string]: Snapshot }) {
  return readClientExtensionOutputs(readSnapshot(results, "/outcome/value/clientExtensionResults"), kind);
}

function fieldsOf(kind: Kind, name: string, output: Snapshot): Record<string, string> {
  const [read1] = read(kind, { [name]: output });
  expect(read1!.problems).toEqual([]);
  expect(read1!.isKnown).toBe(true);
  return Object.fromEntries(read1!.fields.map(({ path, words }) => [path, words]));
}

describe("each known extension is taken apart", () => {
  test.each<[Kind, string, Snapshot, Record<string, string>]>([
    [
      "registration",
      "credProps",
      { rk: true, authenticatorDisplayName: "A key" },
      { "credProps.rk": "true", "credProps.authenticatorDisplayName": "“A key”" },
    ],
    ["registration", "credProps", {}, {}],
    [
      "registration",
      "prf",
      { enabled: true, results: { first: masked(32), second: masked(32) } },
      {
        "prf.enabled": "true",
        "prf.results.first": "32 bytes, masked",
        "prf.results.second": "32 bytes, masked",
      },
    ],
    ["authentication", "prf", { results: { first: bytes(32) } }, { "prf.results.first": "32 bytes" }],
    ["registration", "largeBlob", { supported: true }, { "largeBlob.supported": "true" }],
    ["authentication", "largeBlob", { blob: masked(7) }, { "largeBlob.blob": "7 bytes, masked" }],
    ["authentication", "largeBlob", { written: false }, { "largeBlob.written": "false" }],
    ["authentication", "appid", true, { appid: "true" }],
    ["registration", "appidExclude", true, { appidExclude: "true" }],
    [
      "authentication",
      "uvm",
      [[2, 4, 2]],
      { uvm: "fingerprint (key: trusted environment, matcher: trusted environment)" },
    ],
    [
      "authentication",
      "payment",
      { browserBoundSignature: { signature: bytes(70) } },
      { "payment.browserBoundSignature.signature": "70 bytes" },
    ],
    ["registration", "credBlob", true, { credBlob: "true" }],
    ["authentication", "getCredBlob", masked(20), { getCredBlob: "20 bytes, masked" }],
    ["registration", "hmacCreateSecret", true, { hmacCreateSecret: "true" }],
    [
      "authentication",
      "hmacGetSecret",
      { output1: masked(32), output2: masked(32) },
      { "hmacGetSecret.output1": "32 bytes, masked", "hmacGetSecret.output2": "32 bytes, masked" },
    ],
    ["registration", "minPinLength", 6, { minPinLength: "6" }],
    ["registration", "minPinLength", true, { minPinLength: "true" }],
    ["registration", "credProtect", 3, { credProtect: "3" }],
    [
      "registration",
      "credentialProtectionPolicy",
      "userVerificationRequired",
      { credentialProtectionPolicy: "“userVerificationRequired”" },
    ],
    [
      "registration",
      "devicePubKey",
      { authenticatorOutput: bytes(100), signature: bytes(70) },
      { "devicePubKey.authenticatorOutput": "100 bytes", "devicePubKey.signature": "70 bytes" },
    ],
    [
      "registration",
      "supplementalPubKeys",
      { signatures: [bytes(70), bytes(71)] },
      {
        "supplementalPubKeys.signatures[0]": "70 bytes",
        "supplementalPubKeys.signatures[1]": "71 bytes",
      },
    ],
  ])("%s: %s %j", (kind, name, output, fields) => {
    expect(fieldsOf(kind, name, output)).toEqual(fields);
  });

  test("members that nobody defined stand beside them, by type and size", () => {
    expect(fieldsOf("registration", "credProps", { rk: false, later: [1] })).toEqual({
      "credProps.rk": "false",
      "credProps.later": "list of 1",
    });
  });

  test("places are JSON pointers into the call", () => {
    const [prf] = read("authentication", { prf: { results: { first: masked(32) } } });
    expect(prf).toMatchObject({
      at: "/outcome/value/clientExtensionResults/prf",
      words: "results.first: 32 bytes, masked".replace("results", "prf.results").replace("prf.", ""),
      fields: [{ at: "/outcome/value/clientExtensionResults/prf/results/first" }],
    });
  });
});

describe("what contradicts its definition is a problem", () => {
  test.each<[Kind, string, Snapshot, string, string]>([
    ["registration", "credProps", true, "type", "/credProps"],
    ["registration", "credProps", { rk: 1 }, "type", "/credProps/rk"],
    ["authentication", "credProps", { rk: true }, "misplaced", "/credProps"],
    ["registration", "prf", [], "type", "/prf"],
    ["registration", "prf", {}, "missing", "/prf"],
    ["authentication", "prf", { enabled: true }, "misplaced", "/prf/enabled"],
    ["authentication", "prf", { results: {} }, "missing", "/prf/results"],
    ["authentication", "prf", { results: { first: "AA" } }, "type", "/prf/results/first"],
    ["authentication", "prf", { results: { first: masked(31) } }, "length", "/prf/results/first"],
    [
      "registration",
      "prf",
      { enabled: false, results: { first: masked(32) } },
      "contradiction",
      "/prf/results",
    ],
    ["registration", "largeBlob", {}, "missing", "/largeBlob"],
    ["authentication", "largeBlob", { supported: true }, "misplaced", "/largeBlob/supported"],
    ["authentication", "largeBlob", { blob: "x" }, "type", "/largeBlob/blob"],
    ["authentication", "largeBlob", { blob: masked(1), written: true }, "contradiction", "/largeBlob"],
    ["authentication", "appid", "true", "type", "/appid"],
    ["registration", "appid", true, "misplaced", "/appid"],
    ["authentication", "appidExclude", true, "misplaced", "/appidExclude"],
    ["authentication", "uvm", [[1, 2]], "type", "/uvm"],
    ["authentication", "uvm", {}, "type", "/uvm"],
    ["authentication", "payment", { browserBoundSignature: {} }, "missing", "/payment/browserBoundSignature"],
    ["registration", "credBlob", masked(3), "type", "/credBlob"],
    ["authentication", "getCredBlob", true, "type", "/getCredBlob"],
    ["registration", "getCredBlob", masked(1), "misplaced", "/getCredBlob"],
    ["authentication", "hmacGetSecret", { output2: masked(32) }, "missing", "/hmacGetSecret"],
    ["registration", "minPinLength", "6", "type", "/minPinLength"],
    ["registration", "credProtect", 4, "type", "/credProtect"],
    ["registration", "credProtect", "strict", "type", "/credProtect"],
    ["registration", "devicePubKey", { signature: masked(9) }, "missing", "/devicePubKey"],
    ["registration", "supplementalPubKeys", { signatures: [1] }, "type", "/supplementalPubKeys/signatures/0"],
  ])("%s: %s %j: %s", (kind, name, output, code, at) => {
    const { problems } = read(kind, { [name]: output })[0]!;
    expect(problems).toMatchObject([
      { code: `extension-output-${code}`, at: `/outcome/value/clientExtensionResults${at}` },
    ]);
  });

  test("what the recording could not keep is none", () => {
    const unreadable: Snapshot = { $: "unreadable", error: "Error" };
    expect(read("registration", { credProps: unreadable, appidExclude: unreadable })).toMatchObject([
      { problems: [] },
      { problems: [] },
    ]);
  });
});

test("unknown extensions are told by type and size, absent ones left out", () => {
  const outputs = read("registration", {
    somethingNew: bytes(9),
    __proto__x: { a: 1 },
    not: { $: "undefined" },
  });
  expect(outputs.map(({ identifier, isKnown, words }) => [identifier, isKnown, words])).toEqual([
    ["somethingNew", false, "9 bytes"],
    ["__proto__x", false, "object"],
  ]);
});

test("secrets never stand in the words, whether the recording masks them or not", () => {
  const secret = fc.uint8Array({ minLength: 6, maxLength: 64 });
  const makers: ((value: Snapshot) => { [name: string]: Snapshot })[] = [
    (value) => ({ prf: { results: { first: value, second: value } } }),
    (value) => ({ prf: value }),
    (value) => ({ largeBlob: { blob: value, extra: value } }),
    (value) => ({ getCredBlob: value, credBlob: value }),
    (value) => ({ hmacGetSecret: { output1: value, output2: value } }),
    (value) => ({ other: value }),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...makers),
      secret,
      fc.constantFrom("registration", "authentication"),
      (make, raw, kind) => {
        const base64url = Buffer.from(raw).toString("base64url");
        const text = JSON.stringify(read(kind as Kind, make({ $: "bytes", type: "ArrayBuffer", base64url })));
        expect(text).not.toContain(base64url);
        expect(text).not.toContain(Buffer.from(raw).toString("hex"));
        expect(text).toContain(`${raw.length} bytes`);
      },
    ),
  );
});

test("whatever a page's results hold gives an answer", () => {
  const names = [
    "credProps",
    "prf",
    "largeBlob",
    "uvm",
    "payment",
    "credProtect",
    "supplementalPubKeys",
    "x",
  ];
  const { any } = fc.letrec<{ any: Snapshot }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<Snapshot>(null, true, 3, "x", masked(5), { $: "cycle" }, { $: "undefined" }),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("first", "results", "enabled", "blob", "signatures", "$"), tie("any")),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), any), (results) => {
      for (const { fields, problems, words } of read(
        "registration",
        results as { [name: string]: Snapshot },
      )) {
        expect(typeof words).toBe("string");
        for (const { at } of [...fields, ...problems]) expect(at).toMatch(/^\/outcome\/value\//);
      }
    }),
  );
});

describe("an analysis", () => {
  test("has the outputs of each ceremony", async () => {
    const made = create().returns(passkey("A", { extensionResults: { credProps: { rk: true } } }));
    const { ceremonies } = await analyze(recordingOf([made, get()]));
    expect(ceremonies[0]!.decoded.clientExtensions).toMatchObject([
      { identifier: "credProps", words: "rk: true" },
    ]);
    expect(ceremonies[1]!.decoded.clientExtensions).toBeUndefined();
  });

  test("lets a server refuse what can't be, not what is merely odd", async () => {
    const extensionsOf = async (extensionResults: { [name: string]: unknown }) => {
      const calls = [
        get({ extensions: { prf: {}, largeBlob: {} } }).returns(passkey("A", { extensionResults })),
      ];
      const { verdicts } = (await analyze(recordingOf(calls))).ceremonies[0]!;
      return checks(verdicts, "fail").includes("extensions");
    };
    expect(await extensionsOf({ largeBlob: { blob: snapshotOf(new Uint8Array(3)), written: true } })).toBe(
      true,
    );
    expect(await extensionsOf({ prf: { results: { first: "text" } } })).toBe(true);
    expect(await extensionsOf({ prf: { enabled: true } })).toBe(false);
    expect(await extensionsOf({ largeBlob: { written: true } })).toBe(false);
  });
});
