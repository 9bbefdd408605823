import { appleForum, github } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "isuvpaa-false-forces-cross-platform",
  title: "The page took a false for an answer and asks the iPhone's owner for a security key",
  severity: "error",
  holdsOn: "ios",
  about: "answer",
  versions: SUPPORT.syncedPasskeys.ios,
  experience: "The sheet asks for a security key instead of offering to save a passkey on this iPhone.",
  fix: "On iOS 16 and later leave `authenticatorSelection.authenticatorAttachment` out, whatever `isUserVerifyingPlatformAuthenticatorAvailable()` says: Chrome on iOS and web views say false.",
  confidence: "observed",
  references: [
    github("cartridge-gg/controller#2428"),
    github("cartridge-gg/controller#2417"),
    appleForum(718864),
  ],
  on: ["credentials.create"],
  asks: ["publicKey", "page", "history"],
  check({ publicKey, page, history }) {
    const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment");
    if (attachment.text() !== "cross-platform") return NOT_APPLICABLE;
    const available = history.answer(
      page.realmId,
      "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable",
    );
    if (available?.answer.boolean() !== false) return PASSES;
    const evidence = `${attachment.describe()}, after the API said false`;
    return { outcome: "fails", at: attachment.at, evidence, relatedCallIds: [available.callId] };
  },
});
