import { isApplesAaguid } from "../../spec/appleAaguids.js";
import { COORDINATOR_PROXY, compatibilityData, webkitPull } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "credprops-missing",
  title: "Safari does not say whether the credential is discoverable",
  // Nearly every relying party asks for credProps; only one that takes silence for "no" is hurt.
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    'Nothing is seen on the iPhone. A site that takes the silence for "no" treats the passkey as one that can\'t sign in without a user name.',
  fix: 'Where `credProps.rk` is absent, take the credential for discoverable if it is backup eligible or `authenticatorSelection.residentKey` was "required".',
  confidence: "source",
  references: [COORDINATOR_PROXY, compatibilityData("api/CredentialsContainer.json"), webkitPull(1222)],
  on: ["credentials.create"],
  asks: ["publicKey", "credential", "result"],
  check({ publicKey, credential, result }) {
    if (publicKey.member("extensions", "credProps").boolean() !== true || !credential) return NOT_APPLICABLE;
    const results = result.member("clientExtensionResults");
    if (results.member("credProps", "rk").boolean() !== undefined) return PASSES;
    const isApples = credential.aaguid !== undefined && isApplesAaguid(credential.aaguid);
    return {
      outcome: "fails",
      at: results.at,
      evidence: `no credProps.rk${isApples ? "; the passkey is in Apple Passwords and so is discoverable" : ""}`,
    };
  },
});
