import { NEWEST_KNOWN_IOS } from "../../spec/platforms.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE } from "../rule.js";

export default defineRule({
  id: "hints-ignored",
  title: "Safari does not read hints",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: { until: NEWEST_KNOWN_IOS },
  experience:
    "The iPhone shows its usual sheet. The order or kind of authenticator that `hints` asks for makes no difference.",
  fix: "Keep `hints` for other browsers, and say the same with `authenticatorSelection.authenticatorAttachment` when registering or with accurate `transports` in `allowCredentials` when signing in.",
  cases: {
    "said-by-hints-alone": {
      title: "Safari does not read hints, and nothing else says which authenticator is wanted",
    },
  },
  confidence: "documented",
  references: SUPPORT.hints.references,
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey"],
  check({ api, publicKey }) {
    const hints = publicKey.member("hints");
    const named = hints.items().map((hint) => hint.describe());
    if (named.length === 0) return NOT_APPLICABLE;
    const isSaidByAttachment = !publicKey.member("authenticatorSelection", "authenticatorAttachment")
      .isAbsent;
    const steersAlone = api === "credentials.create" && !isSaidByAttachment;
    return {
      outcome: "fails",
      at: hints.at,
      evidence: named.join(", "),
      ...(isSaidByAttachment && { effect: "works" }),
      ...(steersAlone && { severity: "warning", case: "said-by-hints-alone" }),
    };
  },
});
