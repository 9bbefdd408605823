import { isAppleMobile } from "../../recording/platformOf.js";
import { COORDINATOR_PROXY, PASSKEYS_DEV_IOS, webkitBug, webkitPull } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { defineRule, type Judgement } from "../rule.js";

export default defineRule({
  id: "isuvpaa-misread",
  title: "isUserVerifyingPlatformAuthenticatorAvailable() says little about this iPhone",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    "A button for passkeys that hangs on the answer is hidden from people who have passkeys, or shown to people who are then told to set up a passcode.",
  fix: "Take the answer as a hint. Offer passkeys anyway, and let the person choose.",
  confidence: "documented",
  references: [
    PASSKEYS_DEV_IOS,
    webkitPull(53107),
    webkitBug(250912),
    COORDINATOR_PROXY,
    {
      label: "Apple: isDeviceConfiguredForPasskeys",
      url: "https://developer.apple.com/documentation/authenticationservices/asauthorizationwebbrowserpublickeycredentialmanager/isdeviceconfiguredforpasskeys",
    },
  ],
  on: ["PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable"],
  asks: ["result", "platform", "recordedOn"],
  check({ result, platform: { safari, context }, recordedOn }): Judgement {
    const answer = isAppleMobile(recordedOn) ? result.boolean() : undefined;
    const fails = { outcome: "fails", at: answer === undefined ? "/outcome" : result.at } as const;
    if (answer === false && context === "webview")
      return { ...fails, evidence: "false: this web view may not use passkeys of this site" };
    if (answer === false && context === "third-party-browser")
      return {
        ...fails,
        evidence: "false, as other browsers on the iPhone have answered on phones that can",
      };
    const seesSetup = safari !== undefined && isSupported(SUPPORT.uvpaaTellsSetup, safari);
    if (answer === false && seesSetup)
      return {
        ...fails,
        evidence: "false: the iPhone is not set up for passkeys, or its manager forbids them",
      };
    if (answer === false) return { ...fails, evidence: "false" };
    if (!seesSetup) return { ...fails, evidence: "true before Safari 26.2, even without a passcode" };
    return { ...fails, evidence: "true: the iPhone is set up for passkeys, not that there is one" };
  },
});
