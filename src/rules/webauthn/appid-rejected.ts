import { isAppleMobile } from "../../recording/platformOf.js";
import type { Platform } from "../../spec/platforms.js";
import { AUTHENTICATOR_COORDINATOR, spec } from "../../spec/references.js";
import { isIpAddress, registrableDomain } from "../../spec/registrableDomain.js";
import { includesVersion } from "../../spec/versionRange.js";
import { cannotTell, defineRule, type Fails, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "appid-rejected",
  title: "The appid is not one that this site may claim",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience: "Nothing comes up. The call is rejected at once with a SecurityError.",
  fix: "Leave `extensions.appid` out unless the account has U2F keys from before WebAuthn; if it has, send the https address under which they were registered, on this very domain.",
  cases: {
    registration: {
      title: "The appid stands in a registration",
      experience: "The iPhone passes over it. Other browsers reject the call with a NotSupportedError.",
      fix: "Leave `extensions.appid` out of `create()`; it is for signing in with old U2F keys.",
    },
    empty: {
      title: "The appid is empty",
      experience:
        'Nothing comes up. The iPhone rejects the call at once with "NotAllowedError: Empty appid in create request."',
    },
  },
  reasons: {
    "appid-not-kept": "The recording could not keep the appid.",
    empty: "From which version on Safari rejects an empty appid is not known.",
  },
  confidence: "source",
  references: [AUTHENTICATOR_COORDINATOR, spec("sctn-appid-extension", "FIDO AppID extension")],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "page", "platform"],
  check({ api, publicKey, page: { origin, host }, platform }): Judgement {
    const appid = publicKey.member("extensions", "appid");
    if (appid.isUnknown) return cannotTell("appid-not-kept");
    const text = appid.text();
    if (text === undefined || host === undefined) return NOT_APPLICABLE;
    const fails = { outcome: "fails", at: appid.at, evidence: appid.describe() } as const;
    if (api === "credentials.create") return judgeRegistration(fails, platform);
    if (text === "") return isAppleMobile(platform) ? judgeEmpty(fails, platform) : PASSES;
    // An exception that browsers make for Google's own old keys.
    if (GOOGLES_OWN.has(text) && registrableDomain(host) === "google.com") return PASSES;
    const [, scheme, appidHost] = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(text) ?? [];
    if (scheme === undefined || appidHost === undefined) return fails;
    if (`${scheme.toLowerCase()}:` !== origin.slice(0, origin.indexOf(":") + 1)) return fails;
    return isSameSite(appidHost.toLowerCase(), host) ? PASSES : fails;
  },
});

/** Chrome and Firefox refuse it, as the specification wants; Safari passes over it. */
function judgeRegistration(fails: Fails, platform: Platform): Judgement {
  if (isAppleMobile(platform)) return PASSES;
  return { ...fails, case: "registration" };
}

/** It stands for the page's origin, in the specification and in Safari before 26. */
function judgeEmpty(fails: Fails, { safari }: Platform): Judgement {
  if (!safari || !includesVersion({ since: "26" }, safari)) return cannotTell("empty", fails.at);
  return { ...fails, case: "empty" };
}

export const GOOGLES_OWN: ReadonlySet<string> = new Set([
  "https://www.gstatic.com/securitykey/origins.json",
  "https://www.gstatic.com/securitykey/a/google.com/origins.json",
]);

function isSameSite(a: string, b: string): boolean {
  return a === b || (!isIpAddress(b) && registrableDomain(a) === registrableDomain(b));
}
