import { github, webkitPull } from "../../spec/references.js";
import { before, SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "attachment-misreported",
  title: 'Safari calls a security key "platform"',
  severity: "warning",
  holdsOn: "ios",
  about: "answer",
  versions: { ...SUPPORT.systemSheet.ios, ...before(SUPPORT.attachmentOfKeys) },
  experience:
    "Nothing is to be seen on the iPhone. But the site takes the key for this phone, names it wrongly, and does not offer to add a passkey.",
  fix: "Tell keys from passkeys by `getTransports()` and the AAGUID, not by `authenticatorAttachment`.",
  confidence: "documented",
  references: [webkitPull(50796), github("MasterKale/SimpleWebAuthn#585")],
  on: ["credentials.create", "credentials.get"],
  asks: ["credential", "history", "result"],
  check({ credential, history, result }) {
    if (credential?.attachment === undefined) return NOT_APPLICABLE;
    const known = history.credential(credential.credentialId);
    const isKey =
      credential.holder === "security-key" || known?.registration?.credential.holder === "security-key";
    if (!isKey || credential.attachment !== "platform") return PASSES;
    const transports = credential.transports ?? known?.registration?.credential.transports ?? [];
    return {
      outcome: "fails",
      at: result.member("authenticatorAttachment").at,
      evidence: `string "platform", with transports ${transports.join(", ")}`,
      ...(known?.registration && { relatedCallIds: [known.registration.callId] }),
    };
  },
});
