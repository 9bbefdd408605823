import { isApplesAaguid } from "../../spec/appleAaguids.js";
import { LOCAL_AUTHENTICATOR, PASSKEYS_DEV_IOS } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { includesVersion } from "../../spec/versionRange.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "uv-preference-no-effect",
  title: "The iPhone asks for Face ID, Touch ID or the passcode whatever userVerification says",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    "Face ID or Touch ID is asked for, or else a confirmation and the passcode. On an iPhone without a passcode the person is told to set one up first.",
  fix: 'Do not count on `userVerification: "preferred"` or `"discouraged"` for fewer prompts; send "required" if the server insists on the UV flag.',
  reasons: {
    "ios-26": 'Nobody has confirmed yet whether "discouraged" still prompts on iOS 26 and later.',
  },
  confidence: "documented",
  references: [PASSKEYS_DEV_IOS, LOCAL_AUTHENTICATOR],
  on: ["credentials.create", "credentials.get"],
  asks: ["userVerification", "mediation", "credential", "platform"],
  check({ userVerification: { requirement, reading }, mediation, credential, platform }) {
    if (!VALUES.has(reading.text() ?? "") || mediation === "conditional") return NOT_APPLICABLE;
    if (requirement === "required") return PASSES;
    if (credential?.aaguid && !isApplesAaguid(credential.aaguid)) return NOT_APPLICABLE;
    if (credential && credential.holder !== "platform") return NOT_APPLICABLE;
    if (
      requirement === "discouraged" &&
      platform.safari &&
      includesVersion({ since: "26" }, platform.safari)
    ) {
      return cannotTell("ios-26", reading.at);
    }
    const isUnwanted = requirement === "discouraged";
    return {
      outcome: "fails",
      at: reading.at,
      evidence: reading.describe(),
      ...(isUnwanted && { effect: "differs" }),
    };
  },
});

/** Any other value is a TypeError, and no affair of this rule. */
const VALUES = new Set(["required", "preferred", "discouraged"]);
