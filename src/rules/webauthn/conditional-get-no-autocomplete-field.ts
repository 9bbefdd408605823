import { compatibilityData, spec, webkitPull } from "../../spec/references.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "conditional-get-no-autocomplete-field",
  title: "No field of the page offers passkeys by AutoFill",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  effect: "differs",
  versions: {},
  experience: "No passkey shows above the keyboard, and the promise never settles.",
  fix: 'Have an `<input autocomplete="username webauthn">` in the page before the call, with "webauthn" as the last word.',
  reasons: {
    "fields-unknown": "The recording does not say which fields there were.",
  },
  confidence: "documented",
  references: [
    spec("dom-credentialmediationrequirement-conditional", "conditional mediation"),
    compatibilityData("html/elements/form.json"),
    webkitPull(39954),
  ],
  on: ["credentials.get"],
  asks: ["options", "mediation", "environment", "outcome"],
  check({ options, mediation, environment: { webauthnFields }, outcome }) {
    if (mediation !== "conditional") return NOT_APPLICABLE;
    // It worked, so that there is a field where the hook can't see it, or there was one later.
    if (outcome.status === "fulfilled") return PASSES;
    if (webauthnFields === undefined) return cannotTell("fields-unknown");
    if (webauthnFields > 0) return PASSES;
    return {
      outcome: "fails",
      at: options.member("mediation").at,
      evidence: "no field with the webauthn token",
    };
  },
});
