import { compatibilityData, PASSKEYS_DEV_DEVICE_SUPPORT } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

const IS_AVAILABLE = "PublicKeyCredential.isConditionalMediationAvailable";
const CAPABILITIES = "PublicKeyCredential.getClientCapabilities";

export default defineRule({
  id: "conditional-get-unavailable",
  title: "AutoFill is asked for passkeys without asking whether it can",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  versions: SUPPORT.conditionalGet.ios,
  experience:
    "Where there is no AutoFill of passkeys, as in a web view of an app that is not associated with the site, the call is rejected at once or never settles.",
  fix: 'Await `PublicKeyCredential.isConditionalMediationAvailable()` first, and call `get()` with `mediation: "conditional"` only if it is true.',
  reasons: {
    "hooked-late": "The page may have asked before Keyhole was in place.",
  },
  confidence: "documented",
  references: [PASSKEYS_DEV_DEVICE_SUPPORT, compatibilityData("api/PublicKeyCredential.json")],
  on: ["credentials.get"],
  asks: ["options", "mediation", "outcome", "history", "page"],
  check({ options, mediation, outcome, history, page }) {
    if (mediation !== "conditional") return NOT_APPLICABLE;
    const asked = history.answer(page.realmId, IS_AVAILABLE);
    const capabilities = history.answer(page.realmId, CAPABILITIES);
    // Up to Safari 18.3 the member has the other name.
    const can = [
      asked?.answer,
      capabilities?.answer.member("conditionalGet"),
      capabilities?.answer.member("conditionalMediation"),
    ].map((answer) => answer?.boolean());
    if (can.includes(true) || outcome.status === "fulfilled") return PASSES;
    const { at } = options.member("mediation");
    if (can.includes(false)) {
      const relatedCallIds = [asked ?? capabilities].flatMap((answer) => answer?.callId ?? []);
      return { outcome: "fails", at, evidence: "the browser had said that it can't", relatedCallIds };
    }
    if (!page.wasSeenFromTheStart) return cannotTell("hooked-late");
    return { outcome: "fails", at, evidence: "never asked in this page" };
  },
});
