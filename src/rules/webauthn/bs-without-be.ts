import { LOCAL_AUTHENTICATOR, spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "bs-without-be",
  title: "The credential is backed up but must not be: a fault of its provider",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "The iPhone reports success, and the server has to refuse it. Apple's own passkeys set both flags together.",
  fix: "Reject the response, and tell the maker of the password app that it sets BS without BE.",
  confidence: "documented",
  references: [spec("sctn-credential-backup", "credential backup state"), LOCAL_AUTHENTICATOR],
  on: ["credentials.create", "credentials.get"],
  asks: ["credential", "result"],
  check({ credential, result }) {
    if (!credential) return NOT_APPLICABLE;
    const flags = credential.authenticatorData?.flags;
    if (!flags) return cannotTell("flags-unread");
    if (!flags.backupState || flags.backupEligible) return PASSES;
    return { outcome: "fails", ...authenticatorDataAt(result, "flags"), evidence: "BS flag 1, BE flag 0" };
  },
});
