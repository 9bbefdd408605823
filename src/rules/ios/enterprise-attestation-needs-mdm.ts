import { isAppleMobile } from "../../recording/platformOf.js";
import { MANAGED_ICLOUD_KEYCHAIN } from "../../spec/appleAaguids.js";
import { appleForum, LOCAL_AUTHENTICATOR } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "enterprise-attestation-needs-mdm",
  title: "Enterprise attestation comes from managed iPhones alone",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.enterpriseAttestation.ios,
  experience:
    "On an iPhone that no company manages, an ordinary passkey without attestation is made, or the registration fails.",
  fix: 'Send `attestation: "enterprise"` to managed devices alone, whose management declares `com.apple.configuration.security.passkey.attestation` with this RP ID; send "none" to all others.',
  confidence: "documented",
  references: [
    {
      label: "Apple: SecurityPasskeyAttestation",
      url: "https://developer.apple.com/documentation/devicemanagement/securitypasskeyattestation",
    },
    appleForum(731571),
    LOCAL_AUTHENTICATOR,
  ],
  on: ["credentials.create"],
  asks: ["publicKey", "credential", "error", "recordedOn"],
  check({ publicKey, credential, error, recordedOn }) {
    const attestation = publicKey.member("attestation");
    if (attestation.text() !== "enterprise") return NOT_APPLICABLE;
    const fails = { outcome: "fails", at: attestation.at } as const;
    const answered = isAppleMobile(recordedOn) ? credential : undefined;
    if (answered?.aaguid === MANAGED_ICLOUD_KEYCHAIN || answered?.attestationFormat === "packed")
      return PASSES;
    if (answered?.attestationFormat === "none")
      return { ...fails, evidence: 'string "enterprise", answered with the format "none"' };
    if (error?.message.includes("attestation configuration"))
      return { ...fails, evidence: `${error.name}: ${error.message}` };
    return { ...fails, evidence: attestation.describe() };
  },
});
