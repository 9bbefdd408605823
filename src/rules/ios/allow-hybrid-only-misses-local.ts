import { LOCAL_AUTHENTICATOR } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "allow-hybrid-only-misses-local",
  title: 'A passkey is listed as reachable by "hybrid" alone',
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    "If the passkey is on this very iPhone, the sheet may offer a QR code instead of it, or the call may be rejected with a NotAllowedError.",
  fix: 'Send `transports: ["hybrid", "internal"]` for synced passkeys, also for those that were registered by QR code from a desktop.',
  confidence: "inferred",
  references: [LOCAL_AUTHENTICATOR],
  on: ["credentials.get"],
  asks: ["descriptors", "credential"],
  check({ descriptors, credential }) {
    if (descriptors.length === 0) return NOT_APPLICABLE;
    const hybridOnly = descriptors.filter(({ transports }) => transports?.join() === "hybrid");
    return hybridOnly.map(({ id, reading }): Judgement => {
      // It was found on the device after all.
      if (id !== undefined && id === credential?.credentialId && credential.holder === "platform")
        return PASSES;
      return { outcome: "fails", at: reading.member("transports").at, evidence: 'transports "hybrid"' };
    });
  },
});
