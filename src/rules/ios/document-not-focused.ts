import { isAppleMobile } from "../../recording/platformOf.js";
import { AUTHENTICATOR_COORDINATOR, CREDENTIALS_CONTAINER, github } from "../../spec/references.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

/** milliseconds: a sheet may have come up in the meantime */
const SLOW_ENOUGH_FOR_A_PERSON = 1_500;

/** milliseconds; how long the sheet of the ceremony before keeps the focus */
const STILL_CLOSING = 1_000;

export default defineRule({
  id: "document-not-focused",
  title: "The document has no focus when it calls",
  severity: "error",
  holdsOn: "ios",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'Nothing comes up. The call is rejected with a NotAllowedError: "The document is not focused." The second try works.',
  fix: "Call `window.focus()` in the frame before the call, and start a second ceremony by a new tap instead of right after the first.",
  reasons: {
    "focus-unknown": "Whether the document had the focus was not recorded.",
    "not-settled": "Safari would reject this at once, and the call has not settled.",
    devtools: "The document had no focus here, which may be because DevTools had it.",
  },
  confidence: "source",
  references: [
    CREDENTIALS_CONTAINER,
    AUTHENTICATOR_COORDINATOR,
    github("ocknamo/nosskey-sdk#157"),
    github("openpubkey/openpubkey#150"),
    github("nextcloud/twofactor_webauthn#297"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: [
    "api",
    "publicKey",
    "mediation",
    "environment",
    "error",
    "outcome",
    "duration",
    "recordedOn",
    "history",
    "page",
    "startedAt",
  ],
  check({
    api,
    publicKey,
    mediation,
    environment,
    error,
    outcome,
    duration,
    recordedOn,
    history,
    page,
    startedAt,
  }) {
    const isConditionalGet = api === "credentials.get" && mediation === "conditional";
    if (publicKey.isAbsent || isConditionalGet) return NOT_APPLICABLE;
    const isSaidSo = error?.message.includes("document is not focused") === true;
    if (environment.hasFocus === undefined && !isSaidSo) return cannotTell("focus-unknown");
    if (environment.hasFocus && !isSaidSo) return PASSES;
    if (!isSaidSo && isAppleMobile(recordedOn)) {
      if (outcome.status === "pending") return cannotTell("not-settled");
      if (outcome.status === "fulfilled" || (duration ?? 0) >= SLOW_ENOUGH_FOR_A_PERSON) return PASSES;
    } else if (!isSaidSo) {
      return cannotTell("devtools");
    }
    const before = history.lastSettled(page.realmId, startedAt);
    const chained = before && startedAt - before.settledAt < STILL_CLOSING ? [before.callId] : [];
    return { outcome: "fails", at: "/environment/hasFocus", evidence: "no focus", relatedCallIds: chained };
  },
});
