import { hostOf } from "../../ceremony/readCeremony.js";
import { isAppleMobile } from "../../recording/platformOf.js";
import { AUTHENTICATOR_COORDINATOR, spec, webkitBug } from "../../spec/references.js";
import { registrableDomain } from "../../spec/registrableDomain.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "iframe-get-needs-policy",
  title: "The frame is of another origin, and may not sign in with passkeys",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'No sheet comes up. The iPhone rejects the call with a NotAllowedError ("The origin of the document is not the same as its ancestors").',
  fix: 'Put `allow="publickey-credentials-get"` on the iframe, and on every iframe around it; let the server accept `crossOrigin: true`.',
  cases: {
    "old-safari": {
      title: "A Safari as old as this one may refuse sign-ins in a frame of another origin",
      experience:
        "No sheet may come up: frames of the same site work from about Safari 15.5 on, frames of another site from about 16.4 on.",
      fix: "Send people of that version to a page of the relying party's own origin to sign in.",
    },
    allowed: {
      title: "The sign-in runs in a frame of another origin, which its pages allow",
      experience:
        "The sheet comes up. The client data says `crossOrigin: true`, on the iPhone with `topOrigin` as well.",
      fix: "Let the server accept `crossOrigin: true`, and check `topOrigin` against the pages that may hold the frame.",
    },
  },
  reasons: {
    "policy-unseen": "Whether the pages around this frame delegate publickey-credentials-get can't be seen.",
  },
  confidence: "source",
  references: [
    AUTHENTICATOR_COORDINATOR,
    webkitBug(234309),
    spec("sctn-permissions-policy", "permissions policy"),
    { label: "web.dev: WebAuthn within an iframe", url: "https://web.dev/articles/webauthn-within-iframe" },
  ],
  on: ["credentials.get"],
  asks: ["page", "environment", "outcome", "error", "platform"],
  check({ page: { origin, ancestorOrigins, frameId }, environment, outcome, error, platform }): Judgement {
    const foreign = ancestorOrigins.find((ancestor) => ancestor !== origin);
    if (!foreign && ancestorOrigins.length > 0) return PASSES;
    if (!foreign) {
      if (frameId) return cannotTell("frame-unknown");
      return NOT_APPLICABLE;
    }
    const allowed = environment.policy?.get;
    const at = allowed === undefined ? "/environment" : "/environment/policy/get";
    const fails = { outcome: "fails", at, evidence: `${origin} in a page of ${foreign}` } as const;
    if (allowed === false || (error && SAYS_SO.test(error.message))) return fails;
    const old = isAppleMobile(platform) ? platform.safari : undefined;
    if (old && isTooOld(old, origin, ancestorOrigins)) return { ...fails, case: "old-safari" };
    if (allowed === undefined && outcome.status !== "fulfilled") return cannotTell("policy-unseen");
    return { ...fails, severity: "info", effect: "works", case: "allowed" };
  },
});

const SAYS_SO = /not the same as its ancestors/;

function isTooOld(safari: string, origin: string, ancestors: readonly string[]): boolean {
  const site = siteOf(origin);
  const isSameSite = ancestors.every((ancestor) => siteOf(ancestor) === site);
  return !isSupported(isSameSite ? SUPPORT.frameGetSameSite : SUPPORT.frameGetCrossSite, safari);
}

function siteOf(origin: string): string {
  const host = hostOf(origin);
  return host === undefined ? origin : registrableDomain(host);
}
