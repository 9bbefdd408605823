import { spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "challenge-reused",
  title: "The same challenge is used a second time",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "Nothing is to be seen on the iPhone. But a response that was overheard once can be sent again.",
  fix: "Make a new random `challenge` on the server for every ceremony, and forget it once an answer came.",
  confidence: "documented",
  references: [spec("sctn-cryptographic-challenges", "cryptographic challenges")],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "mediation", "page", "history"],
  check({ publicKey, mediation, page, history }) {
    const challenge = publicKey.member("challenge");
    const base64url = challenge.base64url();
    if (!base64url) return NOT_APPLICABLE;
    const earlier = history.challenge(base64url);
    if (!earlier) return PASSES;
    // AutoFill and the button of one page are often given the same options.
    const isOfOnePage =
      earlier.realmId === page.realmId && earlier.isConditional && mediation !== "conditional";
    return {
      outcome: "fails",
      at: challenge.at,
      evidence: "the challenge of an earlier call",
      relatedCallIds: [earlier.callId],
      ...(isOfOnePage && { severity: "warning" }),
    };
  },
});
