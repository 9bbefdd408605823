import { spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "userhandle-mismatch",
  title: "The user handle is not the user.id that the credential was registered with",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience: "The sign-in fails, or worse, ends in another account.",
  fix: "Reject the sign-in, and look at how the server maps credentials to accounts and encodes user handles.",
  confidence: "documented",
  references: [spec("sctn-verifying-assertion", "verify an authentication assertion")],
  on: ["credentials.get"],
  asks: ["credential", "history", "result"],
  check({ credential, history, result }) {
    const registration = credential && history.credential(credential.credentialId)?.registration;
    if (!credential?.userHandle || registration?.userId === undefined) return NOT_APPLICABLE;
    if (credential.userHandle === registration.userId) return PASSES;
    const userHandle = result.member("response", "userHandle");
    return {
      outcome: "fails",
      at: userHandle.at,
      evidence: `${userHandle.describe()}, other than at registration`,
      relatedCallIds: [registration.callId],
    };
  },
});
