import { encodeBase64url } from "../../bytes/base64url.js";
import { spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, type Fails, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "rpidhash-or-origin-mismatch",
  title: "The response does not belong to this request",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience: "The iPhone reports success, and the server has to refuse it.",
  fix: "Reject it, and look for what stands between the page and the browser: a password manager, a proxy, a page that mixes up two ceremonies.",
  confidence: "documented",
  references: [
    spec("sctn-verifying-assertion", "verify an authentication assertion"),
    spec("sctn-registering-a-new-credential", "register a new credential"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "ceremony", "publicKey", "descriptors", "page", "result"],
  check({ api, ceremony: { decoded, credential, verdicts }, publicKey, descriptors, page, result }) {
    if (!credential) return NOT_APPLICABLE;
    const clientData = decoded.clientData?.value;
    if (clientData?.type === undefined) return cannotTell("client-data-unread");
    const fails = (place: Pick<Fails, "at" | "field">, evidence: string): Fails => ({
      outcome: "fails",
      at: place.at,
      ...(place.field !== undefined && { field: place.field }),
      evidence,
    });
    const judgements: Fails[] = [];
    const inClientData = (field: string) => ({ at: result.member("response", "clientDataJSON").at, field });
    const type = api === "credentials.create" ? "webauthn.create" : "webauthn.get";
    if (clientData.type !== type)
      judgements.push(fails(inClientData("type"), "type is not that of the call"));
    const sent = publicKey.member("challenge").base64url();
    if (sent !== undefined && clientData.challenge && encodeBase64url(clientData.challenge) !== sent) {
      judgements.push(fails(inClientData("challenge"), "challenge is not the one that was sent"));
    }
    if (page.origin !== "null" && clientData.origin !== undefined && clientData.origin !== page.origin) {
      judgements.push(fails(inClientData("origin"), "origin is not the page's"));
    }
    const isListed = descriptors.some(({ id }) => id === undefined || id === credential.credentialId);
    if (api === "credentials.get" && descriptors.length > 0 && !isListed) {
      judgements.push(fails(result.member("rawId"), "a credential that allowCredentials does not list"));
    }
    const rpIdHash = verdicts.find(({ check }) => check === "rp-id-hash");
    if (rpIdHash?.outcome === "fail")
      judgements.push(fails(authenticatorDataAt(result, "rpIdHash"), rpIdHash.because));
    return [...judgements, PASSES];
  },
});
