import type { KnownCredential } from "../../ceremony/history.js";
import { COORDINATOR_PROXY, webkitBug, webkitPull } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { includesVersion } from "../../spec/versionRange.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

const KEY_TRANSPORTS = new Set(["usb", "nfc", "ble", "smart-card", "cable"]);

export default defineRule({
  id: "allow-security-key-only",
  title: "The transports in allowCredentials leave one kind of authenticator as the only choice",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.systemSheet.ios,
  experience:
    "The iPhone asks for a security key though the person has a passkey, or has no row for a security key though the person has one.",
  fix: "Send for each credential the `transports` that `getTransports()` returned, and list all credentials of the account in `allowCredentials`.",
  reasons: {
    "passkey-unknown": "The account may have security keys only, or a passkey besides.",
  },
  confidence: "source",
  references: [COORDINATOR_PROXY, webkitPull(26538), webkitBug(271805)],
  on: ["credentials.get"],
  asks: ["publicKey", "descriptors", "history", "platform"],
  check({ publicKey, descriptors, history, platform }) {
    const listed = descriptors.map(({ transports = [] }) => transports);
    if (listed.length === 0 || listed.some((transports) => transports.length === 0)) return NOT_APPLICABLE;
    const known = descriptors.flatMap(({ id }) => (id === undefined ? [] : (history.credential(id) ?? [])));
    const fails = (evidence: string) =>
      ({ outcome: "fails", at: publicKey.member("allowCredentials").at, evidence }) as const;
    if (listed.every((transports) => transports.every((transport) => KEY_TRANSPORTS.has(transport)))) {
      if (known.some(isPasskey)) return fails("a passkey, with transports of security keys alone");
      return known.length === descriptors.length && known.every(isKey)
        ? PASSES
        : cannotTell("passkey-unknown");
    }
    const isOn17Dot4 = platform.safari !== undefined && includesVersion(ONLY_17_4, platform.safari);
    const offersKeys = listed
      .flat()
      .some((transport) => KEY_TRANSPORTS.has(transport) && transport !== "cable");
    if (offersKeys && isOn17Dot4)
      return fails('a security key beside "internal", which hides it in Safari 17.4');
    if (!offersKeys && known.some(isKey)) return fails("a security key, with transports of passkeys alone");
    return PASSES;
  },
});

const ONLY_17_4 = { since: "17.4", until: "17.4" };

function isKey({ holder }: KnownCredential): boolean {
  return holder === "security-key";
}

function isPasskey({ holder, backupEligible }: KnownCredential): boolean {
  return holder === "platform" || holder === "hybrid" || (holder === "unknown" && backupEligible === true);
}
