import { APPLE_ANONYMOUS, isApplesAaguid } from "../../spec/appleAaguids.js";
import { github, PASSKEYS_DEV_IOS } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "legacy-platform-credential",
  title: "This credential is older than passkeys and bound to this device",
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: {},
  experience:
    "It works on this iPhone or iPad alone. On the person's other devices it does not exist, and it may be lost when the device is restored.",
  fix: "After a sign-in with it, call `create()` with the same `user.id`: iOS 16 and later replace it by a synced passkey.",
  reasons: {
    "provider-unknown": "It may be on a security key or with another provider, as nothing names who made it.",
  },
  confidence: "documented",
  references: [PASSKEYS_DEV_IOS, github("WebauthnWorks/webauthn-snippets#2")],
  on: ["credentials.create", "credentials.get"],
  asks: ["credential", "descriptors", "history", "recordedOn", "result"],
  check({ credential, descriptors, history, recordedOn, result }) {
    if (!credential) return NOT_APPLICABLE;
    const flagged = authenticatorDataAt(result, "flags");
    if (credential.aaguid === APPLE_ANONYMOUS || credential.attestationFormat === "apple") {
      return { outcome: "fails", at: flagged.at, evidence: "made with Apple's anonymous attestation" };
    }
    const known = history.credential(credential.credentialId);
    const listed = descriptors.find(({ id }) => id === credential.credentialId)?.transports ?? [];
    if (credential.holder !== "platform" || known?.holder === "security-key") return NOT_APPLICABLE;
    if (listed.length > 0 && !listed.includes("internal")) return NOT_APPLICABLE;
    const aaguid = credential.aaguid ?? known?.aaguid;
    if (aaguid !== undefined && !isApplesAaguid(aaguid)) return NOT_APPLICABLE;
    const flags = credential.authenticatorData?.flags;
    if (!flags) return cannotTell("flags-unread");
    if (flags.backupEligible) return PASSES;
    if (aaguid === undefined && knowsOtherProviders(recordedOn.safari)) {
      return cannotTell("provider-unknown");
    }
    return { outcome: "fails", ...flagged, evidence: "BE flag 0" };
  },
});

/** Since Safari 17; from 17.4 to 26.1 it calls security keys platform authenticators, too. */
function knowsOtherProviders(safari: string | undefined): boolean {
  return safari === undefined || isSupported(SUPPORT.otherProviders, safari);
}
