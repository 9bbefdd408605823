import { webkitBug, webkitSource } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

/** milliseconds; nobody reads a sheet and declines it in less */
const TOO_FAST_FOR_A_PERSON = 300;

export default defineRule({
  id: "instant-rejection",
  title: "The call was rejected faster than a person can decline",
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: {},
  experience: "No sheet may have come up at all, though the message says that the person may have denied it.",
  fix: 'Tell people "blocked", not "cancelled". Check focus, frame, web view, other open calls, the tap, and whether `allowCredentials` matches anything on this iPhone.',
  confidence: "inferred",
  references: [webkitSource("WebCore/dom/DOMException.cpp"), webkitBug(225233)],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "mediation", "error", "duration"],
  check({ publicKey, mediation, error, duration }) {
    if (publicKey.isAbsent || mediation === "conditional" || error?.name !== "NotAllowedError")
      return NOT_APPLICABLE;
    // Any other message names its cause, and has a rule of its own.
    if (!/^The request is not allowed|cancelled by the user|^Operation failed/.test(error.message))
      return NOT_APPLICABLE;
    if (duration === undefined || duration > TOO_FAST_FOR_A_PERSON) return PASSES;
    return { outcome: "fails", at: "/duration", evidence: `${Math.round(duration)} ms` };
  },
});
