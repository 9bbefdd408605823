import { COORDINATOR_PROXY, compatibilityData, spec } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "resident-key-ignored",
  title: "The iPhone makes a discoverable passkey whatever residentKey says",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    "A passkey on this iPhone can be found by AutoFill in any case. The same call on a security key may make a credential that cannot, and that no sheet ever offers by itself.",
  fix: 'For passkeys send `residentKey: "required"` and `requireResidentKey: true`.',
  confidence: "source",
  references: [
    COORDINATOR_PROXY,
    compatibilityData("api/CredentialsContainer.json"),
    spec("dom-authenticatorselectioncriteria-residentkey", "residentKey"),
  ],
  on: ["credentials.create"],
  asks: ["publicKey"],
  check({ publicKey }) {
    const selection = publicKey.member("authenticatorSelection");
    const residentKey = selection.member("residentKey");
    const required = selection.member("requireResidentKey").boolean();
    const wanted = residentKey.text();
    const isSecondFactorKey =
      selection.member("authenticatorAttachment").text() === "cross-platform" && wanted === "discouraged";
    if (publicKey.isAbsent || isSecondFactorKey) return NOT_APPLICABLE;
    if (wanted === "required" && required !== false) return PASSES;
    if (wanted === undefined && required === true) return PASSES;
    const at = selection.isAbsent ? selection.at : residentKey.at;
    const evidence = `residentKey ${residentKey.describe()}, requireResidentKey ${required ?? "absent"}`;
    return { outcome: "fails", at, evidence, ...(wanted === "discouraged" && { effect: "differs" }) };
  },
});
