import type { History } from "../../ceremony/history.js";
import { SUPPORT } from "../../spec/support.js";
import type { Descriptor } from "../facts.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

const HYBRID = ["hybrid", "cable"];

export default defineRule({
  id: "allow-internal-only-hides-qr",
  title: "No credential in allowCredentials may come from another device",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.qrOnlyForHybrid.ios,
  experience:
    "The sheet has no row for a passkey on another device, so there is no QR code. A person whose passkey is not on this iPhone can't go on.",
  fix: 'Send `transports` as `getTransports()` returned them, with "hybrid" for synced passkeys, or leave `transports` out.',
  confidence: "documented",
  references: SUPPORT.qrOnlyForHybrid.references,
  on: ["credentials.get"],
  asks: ["publicKey", "mediation", "descriptors", "history"],
  check({ publicKey, mediation, descriptors, history }) {
    if (descriptors.length === 0 || mediation === "conditional") return NOT_APPLICABLE;
    const listed = descriptors.map(({ transports = [] }) => transports);
    if (listed.some((transports) => transports.length === 0)) return PASSES;
    if (listed.some((transports) => transports.some((transport) => HYBRID.includes(transport))))
      return PASSES;
    // Security keys alone: a QR code would lead nowhere.
    if (!listed.some((transports) => transports.includes("internal"))) return NOT_APPLICABLE;
    if (descriptors.every((descriptor) => staysOnItsDevice(descriptor, history))) return PASSES;
    return {
      outcome: "fails",
      at: publicKey.member("allowCredentials").at,
      evidence: `transports ${[...new Set(listed.flat())].join(", ")}, nowhere hybrid`,
    };
  },
});

/** Known from the log to be bound to a device or key: no other phone could have it. */
function staysOnItsDevice({ id, transports = [] }: Descriptor, history: History): boolean {
  if (!transports.includes("internal")) return true;
  return id !== undefined && history.credential(id)?.backupEligible === false;
}
