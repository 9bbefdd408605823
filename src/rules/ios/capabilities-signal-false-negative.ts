import { compatibilityData } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "capabilities-signal-false-negative",
  title: "Safari has the signal methods, and its capabilities do not say so",
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: SUPPORT.signalMethods.ios,
  experience:
    "A page that goes by the capabilities never tells the iPhone of deleted passkeys or new names, so Passwords goes on offering the old ones.",
  fix: 'Test for the method itself: `typeof PublicKeyCredential.signalUnknownCredential === "function"`.',
  confidence: "observed",
  references: [
    {
      label: "Corbado: WebAuthn client capabilities",
      url: "https://www.corbado.com/passkey-benchmark-2026/webauthn-client-capabilities",
    },
    compatibilityData("api/PublicKeyCredential.json"),
  ],
  on: ["PublicKeyCredential.getClientCapabilities"],
  asks: ["result"],
  check({ result }) {
    if (result.kind !== "object") return NOT_APPLICABLE;
    const denied = METHODS.filter((name) => result.member(name).boolean() !== true);
    if (denied.length === 0) return PASSES;
    const evidence = denied.map((name) => `${name}: ${result.member(name).describe()}`).join(", ");
    return { outcome: "fails", at: result.member(denied[0]!).at, evidence };
  },
});

const METHODS = ["signalUnknownCredential", "signalAllAcceptedCredentials", "signalCurrentUserDetails"];
