import { isAppleMobile } from "../../recording/platformOf.js";
import { isApplesAaguid } from "../../spec/appleAaguids.js";
import { github, PASSKEYS_DEV_IOS } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "cda-qr-every-time",
  title: "The passkey came from another device, which has to be scanned for every time",
  severity: "info",
  holdsOn: "everywhere",
  about: "answer",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    "An iPhone is never remembered as a nearby authenticator: each sign-in needs the QR code, its camera and Bluetooth on both devices.",
  fix: 'After such a sign-in offer to make a passkey on this device: `create()` with `authenticatorAttachment: "platform"` and the known ids in `excludeCredentials`.',
  reasons: {
    "holder-unknown": "Nothing tells another phone from a security key here.",
    "phone-unknown": "The phone may be an iPhone or an Android phone.",
  },
  confidence: "documented",
  references: [PASSKEYS_DEV_IOS, github("teamhanko/hanko#335")],
  on: ["credentials.get"],
  asks: ["credential", "descriptors", "history", "recordedOn", "result"],
  check({ credential, descriptors, history, recordedOn, result }) {
    if (!credential) return NOT_APPLICABLE;
    if (credential.attachment !== "cross-platform") return PASSES;
    const known = history.credential(credential.credentialId);
    const listed = descriptors.find(({ id }) => id === credential.credentialId)?.transports ?? [];
    const transports = [...listed, ...(known?.registration?.credential.transports ?? [])];
    const isPasskey =
      transports.some((transport) => transport === "hybrid" || transport === "internal") ||
      credential.authenticatorData?.flags?.backupEligible;
    if (isPasskey === undefined) return cannotTell("holder-unknown");
    if (!isPasskey) return NOT_APPLICABLE;
    const isApples = known?.aaguid !== undefined && isApplesAaguid(known.aaguid);
    if (!isAppleMobile(recordedOn) && !isApples) {
      return known?.aaguid ? NOT_APPLICABLE : cannotTell("phone-unknown");
    }
    const attachment = result.member("authenticatorAttachment");
    return { outcome: "fails", at: attachment.at, evidence: attachment.describe() };
  },
});
