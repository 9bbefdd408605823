import { appleForum, github, LOCAL_AUTHENTICATOR } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "aaguid-with-none",
  title: "The passkey names its provider, though it is not attested",
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: SUPPORT.syncedPasskeys.ios,
  experience:
    'Nothing is wrong on the iPhone. A server that insists on an AAGUID of zeros with the attestation format "none" refuses the registration.',
  fix: 'Accept any AAGUID with the format "none", and use it as a label only: since iOS 26 passkeys can be moved to another password app.',
  cases: {
    "ios-16": {
      title: "Passkeys of iOS 16 do not say which provider holds them",
      experience: "Nothing is wrong on the iPhone. A site that names the provider finds an AAGUID of zeros.",
      fix: "Show no provider for an AAGUID of zeros; it does not stand for iCloud Keychain.",
    },
  },
  confidence: "observed",
  references: [
    github("eclipse-vertx/vertx-auth#669"),
    github("quarkusio/quarkus#38043"),
    appleForum(726208),
    LOCAL_AUTHENTICATOR,
  ],
  on: ["credentials.create"],
  asks: ["credential", "result", "recordedOn"],
  check({ credential, result, recordedOn: { safari } }) {
    if (credential?.attestationFormat !== "none") return NOT_APPLICABLE;
    const { aaguid } = credential.authenticatorData?.attestedCredentialData ?? {};
    if (aaguid === undefined) return NOT_APPLICABLE;
    const fails = {
      outcome: "fails",
      ...authenticatorDataAt(result, "attestedCredentialData.aaguid"),
      evidence: aaguid,
    } as const;
    if (credential.aaguid) return fails;
    if (!safari || isSupported(SUPPORT.aaguid, safari)) return PASSES;
    return { ...fails, case: "ios-16" };
  },
});
