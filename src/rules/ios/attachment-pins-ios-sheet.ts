import { textsOf } from "../../ceremony/readCeremony.js";
import { COORDINATOR_PROXY, webkitBug } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "attachment-pins-ios-sheet",
  title: "authenticatorAttachment narrows the iPhone's sheet",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  versions: SUPPORT.syncedPasskeys.ios,
  experience: "The sheet offers to save a passkey on this iPhone, and no way to register a security key.",
  fix: "Leave `authenticatorSelection.authenticatorAttachment` out unless security keys are unwanted here.",
  cases: {
    "cross-platform": {
      title: 'authenticatorAttachment "cross-platform" leaves security keys as the only choice',
      experience:
        "The sheet asks for a security key. It offers neither to save a passkey on this iPhone nor the QR code for another phone, so whoever has no security key is stuck.",
      fix: 'Leave `authenticatorSelection.authenticatorAttachment` out for the public; send "cross-platform" only on a page for registering hardware keys.',
    },
  },
  confidence: "source",
  references: [COORDINATOR_PROXY, webkitBug(204189)],
  on: ["credentials.create"],
  asks: ["publicKey"],
  check({ publicKey }) {
    const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment");
    const fails = { outcome: "fails", at: attachment.at, evidence: attachment.describe() } as const;
    if (attachment.text() === "platform") return fails;
    if (attachment.text() !== "cross-platform") return NOT_APPLICABLE;
    if (wantsSecurityKeys(textsOf(publicKey.member("hints")), publicKey.member("attestation").text()))
      return PASSES;
    return { ...fails, severity: "warning", effect: "differs", case: "cross-platform" };
  },
});

/** A page that enrols hardware keys says so: by the hint, or by wanting to know the model. */
function wantsSecurityKeys(hints: readonly string[] = [], attestation: string | undefined): boolean {
  return hints.includes("security-key") || attestation === "direct" || attestation === "enterprise";
}
