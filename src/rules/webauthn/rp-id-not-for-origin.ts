import { isAppleMobile } from "../../recording/platformOf.js";
import { PASSKEYS_DEV_RELATED_ORIGINS, spec, webkitPull } from "../../spec/references.js";
import { isIpAddress, isPublicSuffix, isRpIdFor } from "../../spec/registrableDomain.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "rp-id-not-for-origin",
  title: "The RP ID is not this page's domain",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience: "No sheet comes up. The call is rejected with a SecurityError.",
  fix: "Send the page's own domain or one above it as `rp.id` and `rpId`. For several domains, publish `https://<RP ID>/.well-known/webauthn` with this page's origin, as application/json.",
  cases: {
    "no-domain": {
      title: "The RP ID is not a domain",
      fix: "Send the bare domain, without scheme, port or path: `{host}` or a domain above it.",
    },
    "public-suffix": {
      title: "The RP ID is a domain that everybody can have names below",
      fix: "Send `{host}`, or the domain between it and `{rpId}`.",
    },
    "no-related-origins": {
      title: "The RP ID is not this page's domain, and Safari knows no related origins before version 18",
      fix: "Send the page's own domain or one above it as RP ID, or send people of that version to a page on the RP ID's domain to sign in.",
    },
    "related-origin": {
      title: "The RP ID is another domain's, which related origins allowed",
      experience:
        "The sheet names `{rpId}`. It comes up only while `https://{rpId}/.well-known/webauthn` can be fetched and lists this page; iOS 27 is stricter about its size, redirects and type.",
      fix: "Keep the file small (at most five different labels), without redirects, and served as application/json. Check `relatedOrigins` in `getClientCapabilities()` before relying on it.",
    },
  },
  reasons: {
    "list-unseen": "Whether `https://{rpId}/.well-known/webauthn` lists this page can't be seen from here.",
  },
  confidence: "documented",
  references: [
    PASSKEYS_DEV_RELATED_ORIGINS,
    spec("sctn-related-origins", "related origins"),
    webkitPull(72038),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "page", "platform", "outcome", "error", "history"],
  check({ api, publicKey, page, platform, outcome, error, history }): Judgement {
    const rpId = api === "credentials.create" ? publicKey.member("rp", "id") : publicKey.member("rpId");
    if (rpId.isUnknown) return cannotTell("rp-id-not-kept");
    const text = rpId.text()?.toLowerCase();
    const { host } = page;
    if (text === undefined || host === undefined || isIpAddress(host)) return NOT_APPLICABLE;
    if (isRpIdFor(text, host)) return PASSES;
    const fails = { outcome: "fails", at: rpId.at, evidence: `${text || "empty"}, on ${host}` } as const;
    if (!IS_DOMAIN.test(text)) return { ...fails, case: "no-domain", values: { host } };
    if (isPublicSuffix(text)) return { ...fails, case: "public-suffix", values: { host, rpId: text } };
    if (isAppleMobile(platform) && platform.safari && !isSupported(SUPPORT.relatedOrigins, platform.safari))
      return { ...fails, case: "no-related-origins" };
    const capabilities = history.answer(page.realmId, "PublicKeyCredential.getClientCapabilities");
    if (capabilities?.answer.member("relatedOrigins").boolean() === false)
      return { ...fails, relatedCallIds: [capabilities.callId] };
    if (outcome.status === "fulfilled")
      return { ...fails, severity: "info", effect: "works", case: "related-origin", values: { rpId: text } };
    if (error?.name === "SecurityError") return fails;
    return cannotTell("list-unseen", fails.at, { rpId: text });
  },
});

const IS_DOMAIN = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u;
