import type { KnownCredential } from "../../ceremony/history.js";
import { COORDINATOR_PROXY, LOCAL_AUTHENTICATOR } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "exclude-without-internal-transport",
  title: 'A passkey in excludeCredentials lacks the transport "internal"',
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.systemSheet.ios,
  experience:
    "Apple Passwords is not told of this entry. Instead of hearing that there is a passkey already, the person makes another one, and with the same user.id it silently takes the place of the first.",
  fix: 'Send `transports` as `getTransports()` returned them (Apple returns "internal" and "hybrid"), or leave `transports` out of the entry.',
  reasons: {
    "holder-unknown": "Nothing tells whether this credential is a passkey or on a security key.",
  },
  confidence: "source",
  references: [COORDINATOR_PROXY, LOCAL_AUTHENTICATOR],
  on: ["credentials.create"],
  asks: ["descriptors", "history"],
  check({ descriptors, history }) {
    return descriptors.map(({ id, transports = [], reading }): Judgement => {
      if (transports.length === 0 || transports.includes("internal")) return PASSES;
      const known = id === undefined ? undefined : history.credential(id);
      if (known?.holder === "security-key") return PASSES;
      const isPasskey = transports.includes("hybrid") || (known && isKnownPasskey(known));
      if (!isPasskey) return known?.registration ? cannotTell("holder-unknown") : PASSES;
      const evidence = `transports ${transports.map((transport) => `"${transport}"`).join(", ")}`;
      return { outcome: "fails", at: reading.member("transports").at, evidence };
    });
  },
});

function isKnownPasskey({ holder, backupEligible }: KnownCredential): boolean {
  return holder === "platform" || holder === "hybrid" || backupEligible === true;
}
