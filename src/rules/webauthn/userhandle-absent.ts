import { appleForum, github, webkitBug } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "userhandle-absent",
  title: "The response does not say whose credential it is",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience: "The person picks a passkey, and the server can't find the account.",
  fix: 'Look the account up by credential id, and register with `residentKey: "required"`, so that the credential keeps its user handle.',
  cases: {
    empty: {
      title: "The user handle came back empty",
      experience:
        'Security keys and some sign-ins by QR code do this up to Safari 17.3. Servers that compare it with the account\'s say "user handle does not own credential".',
      fix: "Treat an empty user handle as none, and look the account up by credential id.",
    },
  },
  confidence: "observed",
  references: [
    webkitBug(239737),
    github("Yubico/java-webauthn-server#327"),
    github("w3c/webauthn#1722"),
    appleForum(720279),
  ],
  on: ["credentials.get"],
  asks: ["credential", "descriptors", "result"],
  check({ credential, descriptors, result }) {
    if (!credential) return NOT_APPLICABLE;
    const userHandle = result.member("response", "userHandle");
    if (userHandle.isUnknown || (userHandle.byteLength() ?? 0) > 0) return PASSES;
    const evidence = userHandle.describe();
    if (userHandle.byteLength() === 0 || userHandle.text() === "") {
      return {
        outcome: "fails",
        at: userHandle.at,
        evidence,
        severity: "warning",
        case: "empty",
      };
    }
    // Where the server named the credentials, it knows the account.
    return descriptors.length > 0 ? NOT_APPLICABLE : { outcome: "fails", at: userHandle.at, evidence };
  },
});
