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
  cases: {
    unanswered: {
      title: "The same challenge is sent again, before it was answered",
      experience:
        "Nothing is to be seen on the iPhone. But a server that forgets a challenge after a while refuses the answer, and one that does not can be answered twice.",
    },
  },
  confidence: "documented",
  references: [spec("sctn-cryptographic-challenges", "cryptographic challenges")],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "history"],
  check({ publicKey, history }) {
    const challenge = publicKey.member("challenge");
    const base64url = challenge.base64url();
    if (!base64url) return NOT_APPLICABLE;
    const earlier = history.challenge(base64url);
    if (!earlier) return PASSES;
    // A second try after the person declined, or the button beside AutoFill: nothing was answered yet.
    const isUnanswered = !earlier.isAnswered;
    return {
      outcome: "fails",
      at: challenge.at,
      evidence: "the challenge of an earlier call",
      relatedCallIds: [earlier.callId],
      ...(isUnanswered && { severity: "warning", case: "unanswered" }),
    };
  },
});
