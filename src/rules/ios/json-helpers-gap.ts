import { decodeBase64url } from "../../bytes/base64url.js";
import { isAppleMobile } from "../../recording/platformOf.js";
import type { Reading } from "../../recording/readSnapshot.js";
import { compatibilityData, PUBLIC_KEY_CREDENTIAL } from "../../spec/references.js";
import { before, isSupported, SUPPORT } from "../../spec/support.js";
import { encodedMembers } from "../encodedMembers.js";
import { cannotTell, defineRule, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "json-helpers-gap",
  title: "Safari's JSON parser drops this member",
  severity: [
    { ...before(SUPPORT.jsonMethods), is: "error" },
    // Safari reads none of these members without the parser either.
    { is: "info" },
  ],
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: {},
  experience: "The call works as if the member had not been sent. Nothing says that it was dropped.",
  fix: "Compare the parsed options with the JSON, and set what is missing by hand for whatever else reads them.",
  cases: {
    "no-parser": {
      title: "Safari before 18.4 can't parse WebAuthn JSON",
      experience:
        'Nothing comes up. The page stops with "is not a function", unless it has another way of its own.',
      fix: "Test `typeof PublicKeyCredential.parseCreationOptionsFromJSON` first, or load a polyfill; without it decode the base64url members to Uint8Array. The same goes for `credential.toJSON()`.",
    },
    "not-base64url": {
      title: "A member of the JSON is not base64url",
      experience:
        'Nothing comes up. Parsing stops with an EncodingError, "Invalid encoding of …", before the iPhone is asked.',
      fix: "Write bytes as base64url: - and _ in place of + and /, without = at the end.",
    },
  },
  reasons: {
    "json-not-kept": "The recording could not keep the JSON.",
    padding: "Whether Safari takes base64url with = at the end is not known.",
  },
  confidence: "documented",
  references: [
    compatibilityData("api/PublicKeyCredential.json"),
    PUBLIC_KEY_CREDENTIAL,
    { label: "WebAuthn polyfills", url: "https://github.com/MasterKale/webauthn-polyfills" },
  ],
  on: ["PublicKeyCredential.parseCreationOptionsFromJSON", "PublicKeyCredential.parseRequestOptionsFromJSON"],
  asks: ["options", "error", "platform", "recordedOn", "environment"],
  check({ options, error, platform: { safari }, recordedOn, environment }): readonly Judgement[] {
    if (safari && !isSupported(SUPPORT.jsonMethods, safari)) {
      // It ran there after all: by a polyfill.
      if (environment.replaced || isAppleMobile(recordedOn)) return [PASSES];
      const evidence = "there from Safari 18.4 on";
      return [{ outcome: "fails", effect: "fails", at: "/arguments/0", evidence, case: "no-parser" }];
    }
    if (error?.name === "EncodingError") {
      const wrong = encodedMembers(options).find((reading) => problemOf(reading));
      const evidence = `${error.name}: ${error.message}`;
      return [{ ...MALFORMED, at: wrong?.at ?? "/outcome/error", evidence }];
    }
    if (options.isUnknown) return [cannotTell("json-not-kept")];
    return [...encodedMembers(options).map(judgeEncoding), ...dropped(options)];
  },
});

const MALFORMED = { outcome: "fails", severity: "error", effect: "fails", case: "not-base64url" } as const;

function judgeEncoding(reading: Reading): Judgement {
  const problem = problemOf(reading);
  if (!problem) return PASSES;
  if (problem === "padding") return cannotTell("padding", reading.at);
  return { ...MALFORMED, at: reading.at, evidence: reading.describe() };
}

function problemOf(reading: Reading): "padding" | "alphabet" | undefined {
  const text = reading.text();
  if (text === undefined) return undefined;
  const codes = decodeBase64url(text).problems.map(({ code }) => code);
  if (codes.includes("not-base64url") || codes.includes("base64-not-base64url")) return "alphabet";
  return codes.includes("base64url-padding") ? "padding" : undefined;
}

function dropped(options: Reading): Judgement[] {
  const members = [
    options.member("hints"),
    options.member("attestationFormats"),
    ...options
      .member("extensions")
      .members()
      .flatMap(([name, value]) => (KEPT.has(name) ? [] : [value])),
  ];
  return members
    .filter((member) => !member.isAbsent && !(member.kind === "list" && member.items().length === 0))
    .map((member) => ({ outcome: "fails", at: member.at, evidence: member.describe() }));
}

const KEPT: ReadonlySet<string> = new Set(["appid", "credProps", "largeBlob", "prf"]);
