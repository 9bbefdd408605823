import { appleForum, spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "user-id-changed-for-account",
  title: "The same user.name now comes with another user.id",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "AutoFill and the Passwords app may show two entries that look the same, and one of them may lead nowhere.",
  fix: "Keep one `user.id` with the account, list its credentials in `excludeCredentials`, and call `PublicKeyCredential.signalAllAcceptedCredentials()` after removing one.",
  confidence: "inferred",
  references: [spec("user-handle", "user handle"), appleForum(726837)],
  on: ["credentials.create"],
  asks: ["publicKey", "rpId", "user", "descriptors", "history"],
  check({ publicKey, rpId, user, descriptors, history }) {
    if (rpId === undefined || !user?.name) return NOT_APPLICABLE;
    const earlier = history.registrationByName(rpId, user.name);
    if (!earlier || earlier.userId === user.id) return PASSES;
    const excluded = new Set(descriptors.map(({ id }) => id));
    const theirs = history.account(rpId, earlier.userId)?.credentials ?? [];
    if (theirs.some(({ credentialId }) => excluded.has(credentialId))) return PASSES;
    return {
      outcome: "fails",
      at: publicKey.member("user", "id").at,
      evidence: "another user.id than in an earlier registration of this user.name",
      relatedCallIds: [earlier.callId],
    };
  },
});
