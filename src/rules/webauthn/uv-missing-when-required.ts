import { appleForum, COORDINATOR_PROXY, github, webkitBug, webkitPull } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "uv-missing-when-required",
  title: "User verification was required but did not take place",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "The iPhone reports success, then the site says that the person could not be verified. AutoFill with Face ID switched off for it, automatic passkey upgrades and security keys without a PIN do this.",
  fix: 'Reject the response on the server and ask again by an ordinary call from a button. Do not combine `userVerification: "required"` with `mediation: "conditional"` when registering.',
  confidence: "observed",
  references: [
    webkitPull(28288),
    webkitBug(273872),
    github("lbuchs/WebAuthn#88"),
    appleForum(720280),
    COORDINATOR_PROXY,
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["userVerification", "credential", "result"],
  check({ userVerification, credential, result }) {
    if (userVerification.requirement !== "required" || !credential) return NOT_APPLICABLE;
    const flags = credential.authenticatorData?.flags;
    if (!flags) return cannotTell("flags-unread");
    if (flags.userVerified) return PASSES;
    const place = authenticatorDataAt(result, "flags");
    return { outcome: "fails", ...place, evidence: 'UV flag 0, userVerification "required"' };
  },
});
