import { github, spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "be-flipped",
  title: "The BE flag of this credential is not what it was",
  severity: "warning",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "The first sign-in works and a later one is refused, where the server holds the flag to be fixed.",
  fix: "Store BE at the registration. If it changes, log it and let the person in; the specification forbids the change, but iCloud Keychain and some password apps have been seen to make it.",
  confidence: "observed",
  references: [
    github("w3c/webauthn#1791"),
    github("kanidm/webauthn-rs#185"),
    github("supabase/auth#2732"),
    github("keepassium/KeePassium#444"),
    spec("sctn-credential-backup", "credential backup state"),
  ],
  on: ["credentials.get"],
  asks: ["credential", "history", "result"],
  check({ credential, history, result }) {
    const known = credential && history.credential(credential.credentialId);
    const now = credential?.authenticatorData?.flags?.backupEligible;
    if (known?.backupEligible === undefined || now === undefined) return NOT_APPLICABLE;
    if (known.backupEligible === now) return PASSES;
    return {
      outcome: "fails",
      ...authenticatorDataAt(result, "flags"),
      evidence: `BE flag ${Number(now)}, was ${Number(known.backupEligible)}`,
      ...(known.lastReturnedBy !== undefined && { relatedCallIds: [known.lastReturnedBy] }),
    };
  },
});
