import { isAppleMobile } from "../../recording/platformOf.js";
import { compatibilityData, github } from "../../spec/references.js";
import { before, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "capabilities-legacy-key",
  title: "This Safari says conditionalMediation where the specification says conditionalGet",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: { ...SUPPORT.clientCapabilities.ios, ...before(SUPPORT.conditionalGetKey) },
  experience:
    "No passkey is offered above the keyboard, though the iPhone could: a page that reads `conditionalGet` alone never asks for AutoFill.",
  fix: "Read both: `capabilities.conditionalGet ?? capabilities.conditionalMediation`, or ask `isConditionalMediationAvailable()`.",
  reasons: {
    replaced: "Another script stands in front of the browser's own API.",
  },
  confidence: "observed",
  references: [
    github("MasterKale/webauthn-polyfills#5"),
    github("MasterKale/webauthn-polyfills#13"),
    compatibilityData("api/PublicKeyCredential.json"),
  ],
  on: ["PublicKeyCredential.getClientCapabilities"],
  asks: ["result", "outcome", "recordedOn", "environment"],
  check({ result, outcome, recordedOn, environment }): Judgement {
    if (outcome.status === "rejected") return NOT_APPLICABLE;
    // A polyfill answers in the page's place.
    if (environment.replaced) return cannotTell("replaced");
    if (!isAppleMobile(recordedOn) || outcome.status === "pending") {
      return { outcome: "fails", at: "/outcome", evidence: "getClientCapabilities() on this version" };
    }
    const legacy = result.member("conditionalMediation");
    if (legacy.isAbsent || !result.member("conditionalGet").isAbsent) return PASSES;
    return {
      outcome: "fails",
      at: legacy.at,
      evidence: `conditionalMediation: ${legacy.describe()}, no conditionalGet`,
    };
  },
});
