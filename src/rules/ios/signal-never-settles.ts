import { isAppleMobile } from "../../recording/platformOf.js";
import { before, SUPPORT } from "../../spec/support.js";
import { defineRule, PASSES } from "../rule.js";

export default defineRule({
  id: "signal-never-settles",
  title: "The promise of this signal method never settles in Safari 26.0 to 26.3",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: { ...SUPPORT.signalMethods.ios, ...before(SUPPORT.signalPromises) },
  experience:
    "The signal arrives. A page that awaits its promise stands still after a sign-in or a deletion that succeeded.",
  fix: "Call it without `await`, or race it with a timer.",
  confidence: "documented",
  references: SUPPORT.signalPromises.references,
  on: ["PublicKeyCredential.signalUnknownCredential", "PublicKeyCredential.signalAllAcceptedCredentials"],
  asks: ["api", "outcome", "recordedOn"],
  check({ api, outcome, recordedOn }) {
    if (isAppleMobile(recordedOn) && outcome.status !== "pending") return PASSES;
    if (outcome.status === "rejected") return PASSES;
    const method = api.slice(api.indexOf(".") + 1);
    return {
      outcome: "fails",
      at: "/outcome/status",
      evidence: isAppleMobile(recordedOn) ? `${method}() is still pending` : `${method}()`,
    };
  },
});
