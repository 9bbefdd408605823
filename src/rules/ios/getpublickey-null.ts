import { describeCoseAlgorithm } from "../../spec/cose.js";
import { compatibilityData, webkitBug, webkitSource } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "getpublickey-null",
  title: "Safari's getPublicKey() gives null for this key",
  severity: "warning",
  holdsOn: "ios",
  about: "answer",
  versions: { since: "16" },
  experience:
    "The registration succeeds on the iPhone, and fails on the site if that reads `getPublicKey()`, or `response.publicKey` of the JSON. Security keys that make RS256 or EdDSA keys do this.",
  fix: "Take the public key out of `attestationObject` on the server, where it always is.",
  confidence: "documented",
  references: [
    compatibilityData("api/AuthenticatorAttestationResponse.json"),
    webkitBug(312081),
    webkitSource("WebCore/Modules/webauthn/AuthenticatorAttestationResponse.cpp"),
  ],
  on: ["credentials.create"],
  asks: ["credential", "result"],
  check({ credential, result }) {
    const publicKey = result.member("response", "publicKey");
    if (!credential || publicKey.isAbsent || publicKey.isUnknown) return NOT_APPLICABLE;
    if (publicKey.kind !== "null") return PASSES;
    const algorithm = credential.authenticatorData?.attestedCredentialData?.coseKey?.algorithm;
    const evidence = algorithm === undefined ? "null" : `null, for ${describeCoseAlgorithm(algorithm)}`;
    return { outcome: "fails", at: publicKey.at, evidence };
  },
});
