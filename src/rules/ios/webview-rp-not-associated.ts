import { appleForum, github, PASSKEYS_DEV_IOS, webkitBug, webkitPull } from "../../spec/references.js";
import { isSurelySupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

const IS_UVPAA = "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable";
const IS_CONDITIONAL_AVAILABLE = "PublicKeyCredential.isConditionalMediationAvailable";
/** milliseconds; nobody reads a sheet and declines it in less */
const TOO_FAST_FOR_A_PERSON = 300;

export default defineRule({
  id: "webview-rp-not-associated",
  title: "The app that shows this page in a web view may not use passkeys of this site",
  severity: "error",
  holdsOn: "ios",
  about: "answer",
  versions: SUPPORT.syncedPasskeys.ios,
  contexts: ["webview"],
  experience:
    "Nothing comes up, or an error at once, though the same page works in Safari. Signing in with an identity provider of another domain can never work in such a view.",
  fix: "Open the page in an `ASWebAuthenticationSession` or `SFSafariViewController`. For the app's own domain, add `webcredentials:` with the RP ID to its associated domains and name the app in the domain's apple-app-site-association file.",
  reasons: {
    "may-have-declined": "The person may have declined, or the app may not be associated with the site.",
  },
  confidence: "documented",
  references: [
    PASSKEYS_DEV_IOS,
    appleForum(723273),
    webkitBug(250912),
    webkitPull(8891),
    github("bitwarden/ios#2310"),
  ],
  on: ["credentials.create", "credentials.get", IS_UVPAA, IS_CONDITIONAL_AVAILABLE],
  asks: [
    "api",
    "error",
    "duration",
    "credential",
    "rpId",
    "page",
    "environment",
    "result",
    "history",
    "recordedOn",
  ],
  check({
    api,
    error,
    duration,
    credential,
    rpId,
    page,
    environment,
    result,
    history,
    recordedOn,
  }): Judgement {
    if (api === IS_UVPAA || api === IS_CONDITIONAL_AVAILABLE) {
      const other = history.answer(page.realmId, api === IS_UVPAA ? IS_CONDITIONAL_AVAILABLE : IS_UVPAA);
      if (!isSurelySupported(SUPPORT.webviewAvailability, recordedOn)) return NOT_APPLICABLE;
      if (result.boolean() !== false || other?.answer.boolean() !== false) return NOT_APPLICABLE;
      const evidence = "neither passkeys nor AutoFill of them are available";
      return { outcome: "fails", at: result.at, evidence, relatedCallIds: [other.callId] };
    }
    if (credential) return PASSES;
    if (!error) return NOT_APPLICABLE;
    const fails = {
      outcome: "fails",
      at: "/outcome/error",
      evidence: `${error.name}: ${error.message}`,
    } as const;
    if (SAYS_SO.test(error.message)) return fails;
    if (!SAYS_NOTHING.test(`${error.name}: ${error.message}`)) return NOT_APPLICABLE;
    const { hasFocus } = environment;
    if (hasFocus === false || !mayUse(rpId, page.host)) return NOT_APPLICABLE;
    if (hasFocus === undefined || duration === undefined || duration > TOO_FAST_FOR_A_PERSON) {
      return cannotTell("may-have-declined");
    }
    return { ...fails, evidence: `${error.name} after ${Math.round(duration)} ms` };
  },
});

const SAYS_SO =
  /com\.apple\.developer\.web-browser|not associated with (the )?domain|webcredentials association/i;
const SAYS_NOTHING =
  /^(NotAllowedError: The request is not allowed by the user agent or the platform in the current context|SecurityError: The operation is insecure)/;

function mayUse(rpId: string | undefined, host: string | undefined): boolean {
  return rpId === undefined || host === undefined || host === rpId || host.endsWith(`.${rpId}`);
}
