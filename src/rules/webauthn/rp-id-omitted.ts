import { AUTHENTICATOR_COORDINATOR, github, spec } from "../../spec/references.js";
import { registrableDomain } from "../../spec/registrableDomain.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "rp-id-omitted",
  title: "The RP ID is left to the browser, which takes this very host",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "The passkey belongs to this host alone. On another host of the same site the iPhone says that there is no passkey, or offers a QR code.",
  fix: "Send the registrable domain as `rp.id` when registering and as `rpId` when signing in, unless only this host is meant.",
  confidence: "source",
  references: [spec("rp-id", "RP ID"), AUTHENTICATOR_COORDINATOR, github("casdoor/casdoor#3404")],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "page"],
  check({ api, publicKey, page: { host } }) {
    if (publicKey.isAbsent || publicKey.isUnknown) return NOT_APPLICABLE;
    const rpId = api === "credentials.create" ? publicKey.member("rp", "id") : publicKey.member("rpId");
    if (!rpId.isAbsent || host === undefined) return NOT_APPLICABLE;
    const registrable = registrableDomain(host);
    if (host === registrable) return PASSES;
    // A missing rp has no place inside it to point at.
    const at = api === "credentials.create" && publicKey.member("rp").isAbsent ? publicKey.at : rpId.at;
    return { outcome: "fails", at, evidence: `absent, so "${host}" and not "${registrable}"` };
  },
});
