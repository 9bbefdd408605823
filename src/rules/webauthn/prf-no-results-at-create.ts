import { decodeBase64url, encodeBase64url } from "../../bytes/base64url.js";
import type { Reading } from "../../recording/readSnapshot.js";
import { COORDINATOR_PROXY, github, spec } from "../../spec/references.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

const PASSED_OVER =
  "On the iPhone the input is passed over: the sign-in succeeds and no key material comes with it. Other browsers reject the call.";

export default defineRule({
  id: "prf-no-results-at-create",
  title: "The passkey can do prf, but no value came with the registration",
  severity: "info",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "The passkey is made, and the key material that the page waits for comes only with the first sign-in: Face ID or Touch ID is asked for a second time.",
  fix: "If `prf.enabled` is true and `prf.results` is absent, call `get()` with the same `prf.eval`. Read the client extension results, not the authenticator data.",
  cases: {
    registration: {
      title: "prf.evalByCredential belongs to sign-ins, and stands in a registration",
      experience:
        "The iPhone passes over it. Other browsers reject the registration with a NotSupportedError.",
      fix: "Leave `prf.evalByCredential` out of `create()`; send `prf.eval` there, or `prf: {}` to learn whether prf works.",
    },
    "empty-list": {
      title: "prf.evalByCredential names credentials, and allowCredentials is empty",
      experience: PASSED_OVER,
      fix: "List those credentials in `allowCredentials`, or send one input for all as `prf.eval`.",
    },
    "stray-key": {
      title: "A key of prf.evalByCredential is no credential id of allowCredentials",
      experience: PASSED_OVER,
      fix: "Write each key of `prf.evalByCredential` as the base64url of an `id` in `allowCredentials`, without padding.",
    },
  },
  reasons: {
    "ids-unread": "Not every id in allowCredentials can be read.",
  },
  confidence: "documented",
  references: [
    spec("prf-extension", "pseudo-random function extension"),
    github("w3c/webauthn#2285"),
    COORDINATOR_PROXY,
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "descriptors", "credential", "result"],
  check({ api, publicKey, descriptors, credential, result }): Judgement {
    const prf = publicKey.member("extensions", "prf");
    if (prf.kind !== "object") return NOT_APPLICABLE;
    const byCredential = prf.member("evalByCredential");
    if (api === "credentials.get") {
      if (byCredential.kind !== "object") return NOT_APPLICABLE;
      const ids = descriptors.map(({ id }) => id);
      return judgeByCredential(byCredential, ids);
    }
    if (!byCredential.isAbsent) {
      return {
        outcome: "fails",
        at: byCredential.at,
        evidence: byCredential.describe(),
        severity: "warning",
        effect: "differs",
        case: "registration",
      };
    }
    const output = result.member("clientExtensionResults", "prf");
    if (!credential || prf.member("eval").isAbsent || output.member("enabled").boolean() !== true)
      return NOT_APPLICABLE;
    if (!output.member("results").isAbsent) return PASSES;
    return { outcome: "fails", at: output.at, evidence: "enabled: true, no results" };
  },
});

function judgeByCredential(byCredential: Reading, ids: readonly (string | undefined)[]): Judgement {
  const inputs = byCredential.members();
  if (inputs.length === 0) return NOT_APPLICABLE;
  const fails = { outcome: "fails", severity: "warning", effect: "differs" } as const;
  if (ids.length === 0) {
    return {
      ...fails,
      at: byCredential.at,
      evidence: `${inputs.length} in evalByCredential, allowCredentials empty`,
      case: "empty-list",
    };
  }
  if (ids.includes(undefined)) return cannotTell("ids-unread");
  const stray = inputs.find(([key]) => !ids.includes(canonical(key)));
  if (!stray) return PASSES;
  const [key, input] = stray;
  return { ...fails, at: input.at, evidence: key === "" ? "an empty key" : key, case: "stray-key" };
}

/** Base64url as the recording writes ids; undefined if the specification would not take it. */
function canonical(key: string): string | undefined {
  const { bytes, problems } = decodeBase64url(key);
  return bytes && problems.length === 0 ? encodeBase64url(bytes) : undefined;
}
