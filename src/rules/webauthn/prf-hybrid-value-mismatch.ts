import { isAppleMobile } from "../../recording/platformOf.js";
import { isApplesAaguid } from "../../spec/appleAaguids.js";
import { before, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "prf-hybrid-value-mismatch",
  title: "iOS 18.0 to 18.3 gives another prf value over the QR code than on the phone itself",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: { ...SUPPORT.prf.ios, ...before(SUPPORT.prfOverHybrid) },
  experience:
    "The sign-in by QR code succeeds. The key that comes with it is another one than on the phone that holds the passkey: unlocking fails, or new data is encrypted with a key that nothing else will produce.",
  fix: "Ask for iOS 18.4 or newer before `prf` is used across devices. Store a value by which the key can be checked, and stop if it does not fit.",
  cases: {
    seen: { title: "The same passkey and input gave two different prf values" },
  },
  reasons: {
    "phone-unknown": "The phone may be an iPhone, and its version of iOS can't be seen from here.",
  },
  confidence: "observed",
  references: SUPPORT.prfOverHybrid.references,
  on: ["credentials.create", "credentials.get"],
  asks: ["credential", "result", "prf", "descriptors", "history", "recordedOn"],
  check({ credential, result, prf, descriptors, history, recordedOn }) {
    const output = result.member("clientExtensionResults", "prf", "results", "first");
    if (!credential || output.isAbsent) return NOT_APPLICABLE;
    const known = history.credential(credential.credentialId);
    const crossed = credential.attachment === "cross-platform";
    const earlier = prf && known?.prfOutputs?.get(prf.input);
    if (prf && earlier && earlier.crossed !== crossed) {
      if (earlier.fingerprint === prf.fingerprint) return PASSES;
      return {
        outcome: "fails",
        at: output.at,
        evidence: `for the same input ${prf.fingerprint}… ${where(crossed)} and ${earlier.fingerprint}… ${where(earlier.crossed)}`,
        relatedCallIds: [earlier.callId],
        case: "seen",
      };
    }
    if (!crossed || credential.holder === "security-key") return NOT_APPLICABLE;
    const listed = descriptors.find(({ id }) => id === credential.credentialId)?.transports ?? [];
    const isPasskey =
      credential.authenticatorData?.flags?.backupEligible ||
      listed.includes("hybrid") ||
      listed.includes("internal");
    if (!isPasskey) return NOT_APPLICABLE;
    if (isAppleMobile(recordedOn))
      return { outcome: "fails", at: output.at, evidence: `prf value ${where(true)}` };
    const aaguid = credential.aaguid ?? known?.aaguid;
    if (aaguid !== undefined && !isApplesAaguid(aaguid)) return NOT_APPLICABLE;
    return cannotTell("phone-unknown");
  },
});

function where(crossed: boolean): string {
  return crossed ? "from another device" : "on the device itself";
}
