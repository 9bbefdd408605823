import { describe, expect, test } from "vitest";
import { forecast } from "../../../src/analyze.js";
import { gravestEffect } from "../../../src/forecast/outlook.js";
import type { Effect } from "../../../src/rules/rule.js";
import { IOS_GENERATIONS } from "../../../src/spec/platforms.js";
import {
  bytes,
  type CallDraft,
  call,
  create,
  descriptor,
  get,
  type PageParts,
  passkey,
  recordingOf,
  safari,
} from "../../support/recordings.js";

const KEY = ["usb", "nfc"];
const F: Effect = "fails";
const D: Effect = "differs";
const W: Effect = "works";
const U = "unknown";

interface Row {
  when: string;
  /** the last one is looked at */
  calls: CallDraft[];
  /** iOS 15, 16, 17, 18.0, 18.4, 26, 27 */
  fares: (Effect | typeof U)[];
  page?: PageParts;
  /** by generation: what the first reason says */
  because?: Record<string, RegExp>;
}

const rows: Row[] = [
  {
    when: "a plain registration",
    calls: [create()],
    fares: [D, W, W, W, W, W, W],
    because: { "iOS 15": /none is synced/ },
  },
  { when: "a plain sign-in", calls: [get()], fares: [D, W, W, W, W, W, W] },
  {
    when: "a registration on a security key",
    calls: [
      create({
        authenticatorSelection: { authenticatorAttachment: "cross-platform" },
        attestation: "direct",
      }),
    ],
    fares: [W, W, W, W, W, W, W],
  },
  {
    when: "a sign-in with a security key alone",
    calls: [get({ allowCredentials: [descriptor("A", KEY)] })],
    fares: [W, W, W, W, W, W, W],
  },
  {
    when: "an AutoFill sign-in",
    calls: [get({}, { mediation: "conditional" }).with({ environment: { webauthnFields: 1 } })],
    fares: [F, W, W, W, W, W, W],
    because: { "iOS 15": /no AutoFill of passkeys/ },
  },
  {
    when: "an automatic upgrade",
    calls: [create({}, { mediation: "conditional" })],
    fares: [D, D, D, W, W, W, W],
    because: { "iOS 16": /no automatic upgrades/, "iOS 17": /no automatic upgrades/ },
  },
  {
    when: "a sign-in that evaluates prf",
    calls: [get({ extensions: { prf: { eval: { first: bytes(32) } } } })],
    fares: [D, D, D, D, W, W, W],
    because: { "iOS 17": /prf extension from iOS 18 on/, "iOS 18.0": /another value/ },
  },
  {
    when: "a registration that asks whether there is prf",
    calls: [create({ extensions: { prf: {} } })],
    fares: [D, W, W, W, W, W, W],
  },
  {
    when: "a sign-in that reads a large blob",
    calls: [get({ extensions: { largeBlob: { read: true } } })],
    fares: [D, D, W, W, W, W, W],
    because: { "iOS 16": /largeBlob extension from iOS 17 on/ },
  },
  {
    when: "a registration with enterprise attestation",
    calls: [create({ attestation: "enterprise" })],
    fares: [D, D, D, D, D, D, D],
    because: { "iOS 16": /no enterprise attestation/, "iOS 17": /managed iPhones alone/ },
  },
  {
    when: "getClientCapabilities()",
    calls: [call("PublicKeyCredential.getClientCapabilities").returns({ conditionalGet: true })],
    fares: [F, F, D, D, W, W, W],
    because: { "iOS 16": /does not exist/, "iOS 18.0": /conditionalMediation/ },
  },
  {
    when: "isConditionalMediationAvailable()",
    calls: [call("PublicKeyCredential.isConditionalMediationAvailable").returns(true)],
    fares: [F, W, W, W, W, W, W],
  },
  {
    when: "a signal",
    calls: [
      call("PublicKeyCredential.signalUnknownCredential", {
        rpId: "example.com",
        credentialId: "AAAA",
      }).returns(undefined),
    ],
    fares: [F, F, F, F, F, W, W],
    because: { "iOS 18.4": /signal methods do not exist/ },
  },
  {
    when: "options parsed from JSON",
    calls: [
      call("PublicKeyCredential.parseRequestOptionsFromJSON", {
        challenge: "AAECAwQFBgcICQoLDA0ODw",
      }).returns({}),
    ],
    fares: [F, F, F, F, W, W, W],
    because: { "iOS 18.0": /can't parse WebAuthn JSON/ },
  },
  {
    when: "a registration without ES256",
    calls: [create({ pubKeyCredParams: [{ type: "public-key", alg: -257 }] })],
    fares: [F, F, F, F, F, F, F],
    because: { "iOS 27": /ES256/ },
  },
  {
    when: "a value that Safari does not know",
    calls: [get({ userVerification: null })],
    fares: [F, F, F, F, F, F, F],
  },
  {
    when: "an attachment that is null",
    calls: [create({ authenticatorSelection: { authenticatorAttachment: null } })],
    fares: [F, F, F, F, F, D, D],
  },
  {
    when: "the transport hybrid, which iOS 15 does not know",
    calls: [get({ allowCredentials: [descriptor("A", ["internal", "hybrid"])] })],
    fares: [F, W, W, W, W, W, W],
  },
  {
    when: "transports without hybrid",
    calls: [get({ allowCredentials: [descriptor("A", ["internal"])] })],
    fares: [D, W, W, D, D, D, D],
    because: { "iOS 18.0": /another device/ },
  },
  {
    when: "hints that nothing else says",
    calls: [create({ hints: ["security-key"] })],
    fares: [D, D, D, D, D, D, D],
  },
  {
    when: "a call without a tap, after another",
    calls: [
      get().returns(passkey("A")),
      get().with({ environment: { userActivation: { isActive: false, hasBeenActive: true } } }),
    ],
    fares: [F, F, W, W, W, W, W],
  },
  {
    when: "a registration that cost the account's passkey",
    calls: [create().returns(passkey("A")), create().returns(passkey("B"))],
    fares: [D, D, D, D, D, D, D],
    because: { "iOS 26": /replaced the account's earlier one/ },
  },
  {
    when: "a challenge that was used before: grave, but not for the call",
    calls: [get({ challenge: bytes(32, 77) }).returns(passkey("A")), get({ challenge: bytes(32, 77) })],
    fares: [D, W, W, W, W, W, W],
  },
  {
    when: "an answer that no server may take: said of this answer, not of the next iPhone",
    calls: [get({ userVerification: "required" }).returns(passkey("A", { userVerified: false }))],
    fares: [D, W, W, W, W, W, W],
  },
  {
    when: "an RP ID of another site, where related origins may allow it",
    calls: [get({ rpId: "example.org" })],
    fares: [F, F, F, U, U, U, U],
    because: { "iOS 26": /lists this page/, "iOS 17": /no related origins before version 18/ },
  },
  {
    when: "prf with a security key, which nobody has tried on iOS 27",
    calls: [get({ allowCredentials: [descriptor("K", KEY)], extensions: { prf: {} } })],
    fares: [D, D, D, D, D, D, U],
    because: { "iOS 27": /^Nobody has reported yet how iOS 27 answers prf for security keys$/ },
  },
  {
    when: "discouraged verification, which nobody has tried on iOS 26",
    calls: [get({ userVerification: "discouraged" })],
    fares: [D, D, D, D, D, U, U],
    because: { "iOS 26": /whether "discouraged" still prompts/ },
  },
  {
    when: "a large blob that iOS 26 left unanswered: said of iOS 26 alone",
    calls: [create({ extensions: { largeBlob: { support: "preferred" } } }).returns(passkey("A"))],
    page: { browser: safari("26.6") },
    fares: [D, D, W, W, W, D, W],
    because: { "iOS 26": /not answered/ },
  },
  {
    when: "a list with hybrid alone, of which the trouble is inferred",
    calls: [get({ allowCredentials: [descriptor("A", ["hybrid"])] })],
    fares: [F, U, U, U, U, U, U],
    because: { "iOS 26": /alone, which may change what happens$/ },
  },
];

describe("forecast", () => {
  test.each(rows.map((row) => [row.when, row] as const))(
    "of %s",
    async (_, { calls, fares, because, page }) => {
      const recording = recordingOf(calls, page);
      const generations = await forecast(recording);
      const outlooks = generations.map((generation) => generation.outlooks.at(-1)!);
      const found = IOS_GENERATIONS.map(({ label }, index) => [label, outlooks[index]!.verdict]);
      expect(found).toEqual(IOS_GENERATIONS.map(({ label }, index) => [label, fares[index]]));
      for (const [label, words] of Object.entries(because ?? {})) {
        const index = IOS_GENERATIONS.findIndex((generation) => generation.label === label);
        expect(outlooks[index]!.reasons[0]?.text, label).toMatch(words);
      }
    },
  );

  test("says why, with sources, the gravest first, and nothing where it works", async () => {
    const calls = [get({ userVerification: null, extensions: { prf: { eval: { first: bytes(32) } } } })];
    const [ios15, , , , , ios26] = await forecast(recordingOf(calls));
    const { reasons } = ios15!.outlooks[0]!;
    expect(reasons.map(({ effect }) => effect)).toEqual(["fails", "differs", "differs"]);
    for (const { references } of reasons) expect(references.length).toBeGreaterThan(0);
    expect(reasons.map(({ ruleId }) => ruleId)).toEqual([
      "webidl-enum-typeerror",
      undefined,
      "prf-unsupported-version",
    ]);
    expect(gravestEffect(reasons.filter(({ ruleId }) => ruleId !== "webidl-enum-typeerror"))).toBe("differs");
    expect(ios26!.outlooks[0]!.reasons.map(({ ruleId }) => ruleId)).toEqual(["webidl-enum-typeerror"]);
  });

  test("has an outlook for each call, also of one recorded on an iPhone", async () => {
    const recording = recordingOf([create(), get(), call("credentials.preventSilentAccess")], {
      browser: safari("26.1"),
    });
    for (const { outlooks } of await forecast(recording))
      expect(outlooks.map(({ callId }) => callId)).toEqual(["call-0", "call-1", "call-2"]);
  });

  test("of a platform that is no iPhone counts on nothing of Safari", async () => {
    const [elsewhere] = await forecast(recordingOf([create({}, { mediation: "conditional" })]), [
      { os: "other" },
    ]);
    expect(elsewhere!.outlooks).toEqual([{ callId: "call-0", verdict: "works", reasons: [] }]);
  });
});
