import { textsOf } from "../../ceremony/readCeremony.js";
import { isAppleMobile } from "../../recording/platformOf.js";
import { appleForum, COORDINATOR_PROXY } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "attestation-not-delivered",
  title: "Passkeys of the iPhone come without an attestation",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    "The passkey is made, and its attestation statement is empty. With a security key the person may be asked for one more consent.",
  fix: 'Send `attestation: "none"` for the public, and accept the format "none" on the server.',
  confidence: "documented",
  references: [appleForum(726208), COORDINATOR_PROXY],
  on: ["credentials.create"],
  asks: ["publicKey", "credential", "recordedOn"],
  check({ publicKey, credential, recordedOn }) {
    const attestation = publicKey.member("attestation");
    const wanted = attestation.text();
    if (wanted !== "direct" && wanted !== "indirect") return NOT_APPLICABLE;
    const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment").text();
    const enrolsKeys =
      attachment === "cross-platform" || textsOf(publicKey.member("hints"))?.includes("security-key");
    if (enrolsKeys || credential?.holder === "security-key") return PASSES;
    const answered = isAppleMobile(recordedOn) ? credential?.attestationFormat : undefined;
    if (answered !== undefined && answered !== "none") return PASSES;
    return {
      outcome: "fails",
      at: attestation.at,
      evidence: `${attestation.describe()}${answered ? ', answered with the format "none"' : ""}`,
      ...(wanted === "direct" && { severity: "warning" }),
    };
  },
});
