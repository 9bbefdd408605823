import { isAppleMobile } from "../../recording/platformOf.js";
import { LOCAL_AUTHENTICATOR, spec } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "conditional-create-flags",
  title: "An automatic upgrade verifies nobody",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  versions: SUPPORT.conditionalCreate.ios,
  experience:
    "The passkey is made without a touch, so that the flags UP and UV are 0. A server that insists on them refuses it, and the passkey stays behind as an orphan.",
  fix: "Skip the checks of UP and UV for a conditional `create()`, and call `PublicKeyCredential.signalUnknownCredential()` for a passkey that the server refused.",
  cases: {
    required: {
      title: "An automatic upgrade is asked to verify the person, which it can't",
      fix: 'Send `userVerification: "preferred"` with `mediation: "conditional"`, and skip the checks of UP and UV on the server.',
    },
  },
  confidence: "observed",
  references: [
    LOCAL_AUTHENTICATOR,
    spec("sctn-createCredential", "create a new credential"),
    spec("sctn-registering-a-new-credential", "register a new credential"),
    {
      label: "Apple developer forums: conditional create and user verification",
      url: "https://developer.apple.com/forums/topics/privacy-and-security/privacy-and-security-general?page=11",
    },
  ],
  on: ["credentials.create"],
  asks: ["mediation", "userVerification", "credential", "result", "recordedOn"],
  check({ mediation, userVerification: { requirement, reading }, credential, result, recordedOn }) {
    if (mediation !== "conditional") return NOT_APPLICABLE;
    const flags = credential?.authenticatorData?.flags;
    // A provider that verifies all the same.
    const wasVerified = isAppleMobile(recordedOn) && flags?.userVerified === true;
    if (requirement === "required" && !wasVerified) {
      return {
        outcome: "fails",
        at: reading.at,
        evidence: reading.describe(),
        severity: "error",
        effect: "differs",
        case: "required",
      };
    }
    if (!flags || (flags.userPresent && flags.userVerified)) return PASSES;
    const evidence = `UP flag ${Number(flags.userPresent)}, UV flag ${Number(flags.userVerified)}`;
    return { outcome: "fails", ...authenticatorDataAt(result, "flags"), evidence };
  },
});
