import { AUTHENTICATOR_COORDINATOR, github, spec } from "../../spec/references.js";
import { isIpAddress } from "../../spec/registrableDomain.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "effective-domain-invalid",
  title: "The page has an address that no passkey can belong to",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'No sheet comes up. The call is rejected with a SecurityError ("The effective domain of the document is not a valid domain").',
  fix: "Serve the page over https under a host name instead of the IP address; to try it on a phone, use a tunnel or a local name with a certificate that the phone trusts.",
  cases: {
    insecure: {
      title: "The page is not secure",
      experience: "No sheet comes up: on a page without https, `navigator.credentials` is undefined.",
      fix: "Serve the page over https. Plain http works for localhost alone, and that is the phone itself when seen from a phone.",
    },
  },
  confidence: "source",
  references: [
    AUTHENTICATOR_COORDINATOR,
    spec("sctn-createCredential", "create a new credential"),
    github("securo-finance/securo#403"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "page"],
  check({ publicKey, page: { origin, host, isSecureContext } }) {
    if (host === undefined || publicKey.isAbsent) return NOT_APPLICABLE;
    const fails = { outcome: "fails", at: publicKey.at, evidence: origin } as const;
    if (isIpAddress(host)) return fails;
    if (isSecureContext) return PASSES;
    return { ...fails, case: "insecure" };
  },
});
