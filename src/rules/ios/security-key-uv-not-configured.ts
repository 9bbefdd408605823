import { textsOf } from "../../ceremony/readCeremony.js";
import { PASSKEYS_DEV_IOS, webkitPull, webkitSource } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "security-key-uv-not-configured",
  title: "The security key may have no PIN and no fingerprint yet",
  severity: "warning",
  holdsOn: "ios",
  about: "answer",
  versions: {},
  experience:
    "After the key is tapped the sheet starts over or the call fails, and nothing says that a PIN is missing.",
  fix: 'Tell people to set a PIN on the key first, or send `userVerification: "required"`: with that, Safari 18.4 and later let them set one on the way.',
  reasons: {
    "may-have-declined": "The person may have declined, or the key may lack a PIN.",
  },
  confidence: "documented",
  references: [
    PASSKEYS_DEV_IOS,
    webkitPull(38082),
    webkitSource("WebKit/UIProcess/WebAuthentication/fido/CtapAuthenticator.cpp"),
  ],
  on: ["credentials.create"],
  asks: ["publicKey", "userVerification", "credential", "error", "result", "recordedOn"],
  check({ publicKey, userVerification: { requirement }, credential, error, result, recordedOn }) {
    const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment").text();
    const wantsKey =
      attachment === "cross-platform" || textsOf(publicKey.member("hints"))?.includes("security-key");
    if (!wantsKey || requirement === "discouraged") return NOT_APPLICABLE;
    if (credential) {
      const flags = credential.authenticatorData?.flags;
      if (credential.holder !== "security-key" || !flags || flags.userVerified) return PASSES;
      return {
        outcome: "fails",
        ...authenticatorDataAt(result, "flags"),
        evidence: "a security key with UV flag 0",
      };
    }
    if (error?.name === "UnknownError") {
      return { outcome: "fails", at: "/outcome/error", evidence: `${error.name}: ${error.message}` };
    }
    if (error?.name !== "NotAllowedError") return NOT_APPLICABLE;
    const isAskedForAPin =
      requirement === "required" && recordedOn.safari && isSupported(SUPPORT.keyPinInFlow, recordedOn.safari);
    return isAskedForAPin ? NOT_APPLICABLE : cannotTell("may-have-declined");
  },
});
