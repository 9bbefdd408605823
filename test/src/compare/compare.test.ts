import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { compare } from "../../../src/compare/compare.js";
import { describeDifference } from "../../../src/compare/describeDifference.js";
import type { Difference } from "../../../src/compare/difference.js";
import type { Call, Recording } from "../../../src/recording/recording.js";
import {
  buffer,
  bytes,
  type CallDraft,
  create,
  descriptor,
  get,
  type PageParts,
  passkey,
  raw,
  recordingOf,
  safari,
  safariOnMac,
} from "../../support/recordings.js";

/** Compares the only calls of two recordings, with all that is known of them. */
async function differencesOf(a: Recording, b: Recording): Promise<Difference[]> {
  const around = async (recording: Recording) => {
    const { ceremonies, findings } = await analyze(recording);
    return { realm: recording.realms[0]!, ceremony: ceremonies[0]!, findings };
  };
  return compare(a.calls[0]!, b.calls[0]!, { a: await around(a), b: await around(b) });
}

const between = (a: CallDraft, b: CallDraft, pageA?: PageParts, pageB?: PageParts) =>
  differencesOf(recordingOf([a], pageA), recordingOf([b], pageB));
const bare = (a: CallDraft, b: CallDraft) => compare(recordingOf([a]).calls[0]!, recordingOf([b]).calls[0]!);
const brief = (differences: readonly Difference[], ...weights: Difference["weight"][]) =>
  differences.filter(({ weight }) => weights.includes(weight)).map(({ at, kind }) => `${kind} ${at}`);

test("a call is like itself", async () => {
  const made = () => create().returns(passkey("A"));
  expect(await between(made(), made())).toEqual([]);
});

test("what is made anew in each call is folded away", async () => {
  const a = create({ challenge: bytes(32, 7), user: { id: bytes(32, 9) } }).returns(passkey("A"), {
    after: 3_000,
  });
  const b = create({ challenge: bytes(32, 8), user: { id: bytes(32, 5) } }).returns(passkey("B"), {
    after: 3_400,
  });
  const differences = await between(a, b);
  expect(brief(differences, "decisive", "notable")).toEqual([]);
  expect(brief(differences, "expected")).toEqual(
    expect.arrayContaining([
      "changed /arguments/0/publicKey/challenge",
      "changed /arguments/0/publicKey/user/id",
      "changed /outcome/value/value/id",
      "changed /outcome/value/value/rawId",
      "changed /outcome/value/value/response/attestationObject",
      "changed /duration",
    ]),
  );
});

describe("types are told apart", () => {
  const CASES: [
    name: string,
    a: unknown,
    b: unknown,
    kind: Difference["kind"],
    weight: Difference["weight"],
  ][] = [
    ["bytes and a string", bytes(32, 2), "AgICAg", "retyped", "decisive"],
    ["bytes and null", bytes(32, 2), null, "retyped", "decisive"],
    ["bytes and nothing", bytes(32, 2), undefined, "removed", "decisive"],
    ["nothing and a list of numbers", undefined, [1, 2, 3], "added", "decisive"],
    ["a string and a number", "1", 1, "retyped", "decisive"],
    ["an ArrayBuffer and a view of the same bytes", buffer(bytes(4, 1)), bytes(4, 1), "retyped", "expected"],
    ["bytes of another length", bytes(32, 2), bytes(16, 2), "changed", "notable"],
    ["bytes and none", bytes(32, 2), bytes(0, 2), "changed", "decisive"],
    [
      "bytes and what could not be kept",
      bytes(32, 2),
      raw({ $: "unreadable", error: "x" }),
      "retyped",
      "expected",
    ],
  ];

  test.each(CASES)("%s", (_, a, b, kind, weight) => {
    const differences = bare(get({ challenge: a }), get({ challenge: b }));
    const about = differences.filter(({ at }) => at === "/arguments/0/publicKey/challenge");
    expect(about).toMatchObject([{ kind, weight }]);
  });

  test.each([
    ["attestation", "none", "direct"],
    ["userVerification", "preferred", "required"],
  ])("nothing, and what nothing stands for: %s", (name, byDefault, other) => {
    const nothing = get({ [name]: raw({ $: "undefined" }) });
    const weights = (value: string) => [
      ...bare(nothing, get({ [name]: value })).map(({ weight }) => weight),
      ...bare(get({ [name]: value }), nothing).map(({ weight }) => weight),
    ];
    expect(weights(byDefault)).toEqual(["expected", "expected"]);
    expect(weights(other)).toEqual(["decisive", "decisive"]);
  });

  test("nothing, undefined and null", () => {
    const options = (mediation: { [name: string]: unknown }) => get({}, mediation);
    const mediation = (a: { [name: string]: unknown }, b: { [name: string]: unknown }) =>
      bare(options(a), options(b)).map(({ kind, weight, a, b }) => ({ kind, weight, a, b }));
    const gone = raw({ $: "undefined" });
    expect(mediation({}, { mediation: gone })).toEqual([
      { kind: "added", weight: "expected", a: undefined, b: { $: "undefined" } },
    ]);
    expect(mediation({}, { mediation: null })).toMatchObject([
      { kind: "added", weight: "decisive", b: null },
    ]);
    expect(mediation({ mediation: gone }, { mediation: null })).toMatchObject([
      { weight: "decisive", b: null },
    ]);
  });
});

describe("what can decide", () => {
  const CASES: [name: string, a: CallDraft, b: CallDraft, at: string][] = [
    ["the method", create(), get(), "changed /api"],
    ["conditional mediation", get(), get({}, { mediation: "conditional" }), "added /arguments/0/mediation"],
    ["the RP ID", get(), get({ rpId: "www.example.com" }), "changed /arguments/0/publicKey/rpId"],
    [
      "user verification",
      get(),
      get({ userVerification: "required" }),
      "changed /arguments/0/publicKey/userVerification",
    ],
    [
      "an attachment",
      create(),
      create({ authenticatorSelection: { authenticatorAttachment: "cross-platform" } }),
      "added /arguments/0/publicKey/authenticatorSelection/authenticatorAttachment",
    ],
    [
      "an algorithm that is missing",
      create({ pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })) }),
      create({ pubKeyCredParams: [{ type: "public-key", alg: -257 }] }),
      "removed /arguments/0/publicKey/pubKeyCredParams/0",
    ],
    [
      "an extension",
      get(),
      get({ extensions: { prf: { eval: { first: bytes(32, 1) } } } }),
      "added /arguments/0/publicKey/extensions",
    ],
    [
      "allowed credentials or none",
      get(),
      get({ allowCredentials: [descriptor("A", ["internal"])] }),
      "changed /arguments/0/publicKey/allowCredentials",
    ],
    [
      "their transports",
      get({ allowCredentials: [descriptor("A", ["internal", "hybrid"])] }),
      get({ allowCredentials: [descriptor("A", ["usb"])] }),
      "added /arguments/0/publicKey/allowCredentials/0/transports/0",
    ],
    ["the outcome", get().returns(passkey("A")), get().rejects("NotAllowedError"), "changed /outcome/status"],
    [
      "the error",
      get().rejects("AbortError"),
      get().rejects("NotAllowedError"),
      "changed /outcome/error/name",
    ],
    [
      "a flag of the authenticator",
      get().returns(passkey("A")),
      get().returns(passkey("A", { userVerified: false })),
      "changed /outcome/value/response/authenticatorData#flags.userVerified",
    ],
  ];

  test.each(CASES)("%s", (_, a, b, expected) => {
    expect(brief(bare(a, b), "decisive")).toContain(expected);
  });

  test("the document’s focus, its policy and a tap", () => {
    const [a, b] = [recordingOf([get()]).calls[0]!, recordingOf([get()]).calls[0]!];
    a.environment = {
      ...a.environment,
      hasFocus: true,
      policy: { get: true },
      userActivation: { isActive: true, hasBeenActive: true },
    };
    b.environment = {
      ...b.environment,
      hasFocus: false,
      policy: { get: false },
      userActivation: { isActive: false, hasBeenActive: true },
    };
    expect(brief(compare(a, b), "decisive").sort()).toEqual([
      "changed /environment/hasFocus",
      "changed /environment/policy/get",
      "changed /environment/userActivation/isActive",
    ]);
  });

  test("an answer at once beside one that took a person’s time", () => {
    const a = get().rejects("NotAllowedError", { after: 5_000 });
    const b = get().rejects("NotAllowedError", { after: 12 });
    expect(brief(bare(a, b), "decisive")).toEqual(["changed /duration"]);
  });

  test("a PRF result of the same passkey for the same input", () => {
    const signedIn = (fingerprint: string) => {
      const first = raw({ $: "masked", type: "ArrayBuffer", length: 32, fingerprint });
      return get({ extensions: { prf: { eval: { first: bytes(32, 1) } } } }).returns(
        passkey("A", { extensionResults: { prf: { results: { first } } } }),
      );
    };
    const at = "changed /outcome/value/value/clientExtensionResults/prf/results/first";
    expect(brief(bare(signedIn("00000001"), signedIn("00000002")), "decisive")).toEqual([at]);
    expect(bare(signedIn("00000001"), signedIn("00000001"))).toEqual([]);
  });

  test("a finding that one of them has alone", async () => {
    const good = create();
    const bad = create({ pubKeyCredParams: [{ type: "public-key", alg: -257 }] });
    const differences = await between(good, bad);
    expect(
      differences.filter(({ area, weight }) => area === "findings" && weight === "decisive"),
    ).toMatchObject([{ at: "/findings/es256-missing", kind: "added", b: expect.stringMatching(/^error: /) }]);
  });
});

test("works on the Mac, fails on the iPhone: what decides stands first, the devices beside it", async () => {
  const options = { userVerification: "preferred", allowCredentials: [descriptor("A", ["internal"])] };
  const differences = await between(
    get(options).returns(passkey("A"), { after: 2_400 }),
    get({ ...options, challenge: "bm90LWJ5dGVz" }).rejects("TypeError", { after: 1 }),
    { browser: safariOnMac("18.3") },
    { browser: safari("18.3") },
  );
  expect(differences[0]).toMatchObject({ at: "/outcome/status", a: "fulfilled", b: "rejected, TypeError" });
  expect(brief(differences, "decisive")).toEqual(
    expect.arrayContaining([
      "retyped /arguments/0/publicKey/challenge",
      "added /findings/binary-not-buffersource",
    ]),
  );
  expect(brief(differences, "notable")).toEqual(["changed /page/userAgent"]);
  const weights = differences.map(({ weight }) => ["decisive", "notable", "expected"].indexOf(weight));
  expect(weights).toEqual([...weights].sort());
});

describe("lists", () => {
  test("of algorithms and words are compared as such, whatever their order", () => {
    const params = (...algs: number[]) =>
      create({ pubKeyCredParams: algs.map((alg) => ({ type: "public-key", alg })) });
    expect(bare(params(-7, -8), params(-8, -7))).toEqual([]);
    expect(
      bare(create({ hints: ["hybrid", "client-device"] }), create({ hints: ["client-device", "hybrid"] })),
    ).toEqual([]);
  });

  test("of credentials are compared by ID where they share one, and in order where they don’t", () => {
    const allowing = (...names: string[]) =>
      get({ allowCredentials: names.map((name) => descriptor(name, ["internal"])) });
    expect(brief(bare(allowing("A", "B"), allowing("B")), "decisive", "notable")).toEqual([
      "removed /arguments/0/publicKey/allowCredentials/0",
    ]);
    expect(brief(bare(allowing("A"), allowing("B")), "decisive", "notable")).toEqual([]);
  });
});

describe("what an import does not say", () => {
  test("is no difference that counts", () => {
    const recorded = recordingOf([get().returns(passkey("A"))]).calls[0]!;
    const imported: Call = {
      ...recorded,
      imported: { as: "HAR file" },
      environment: { hasFocus: false, visibility: "hidden" },
      arguments: [{ $: "unreadable", error: "not imported" }],
      outcome: { status: "pending" },
    };
    delete imported.duration;
    expect(brief(compare(recorded, imported), "decisive", "notable")).toEqual([]);
  });
});

test("differences are told in words", () => {
  const a = get({ challenge: bytes(32, 2), hints: ["hybrid"] }).returns(passkey("A"), { after: 1_200 });
  const b = get({ challenge: "AgIC", hints: ["hybrid", "client-device"] }).rejects("TypeError", { after: 3 });
  const said = bare(a, b).map(describeDifference);
  expect(said).toContainEqual({ place: "outcome", a: "fulfilled", b: "rejected, TypeError" });
  expect(said).toContainEqual({
    place: "publicKey.challenge",
    a: "Uint8Array, 32 bytes: P0ZNVFtiaXB3foWM…",
    b: 'string "AgIC"',
  });
  expect(said).toContainEqual({ place: "publicKey.hints[1]", a: "not there", b: 'string "client-device"' });
  expect(said).toContainEqual({ place: "took", a: "1200 ms", b: "3 ms" });
});
