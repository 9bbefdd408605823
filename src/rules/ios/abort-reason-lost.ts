import type { Reading } from "../../recording/readSnapshot.js";
import { AUTHENTICATOR_COORDINATOR, github } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "abort-reason-lost",
  title: "Safari rejects an aborted call with an error of its own, not with the page's reason",
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: {},
  experience:
    "A site that compares the error with its reason shows a false alarm when the person chooses a password instead.",
  fix: "Where `signal.aborted` is true, ignore the rejection, whatever it is.",
  confidence: "source",
  references: [
    AUTHENTICATOR_COORDINATOR,
    github("okta/okta-signin-widget#3778"),
    github("okta/okta-signin-widget#3944"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["aborted", "error"],
  check({ aborted, error }) {
    if (!aborted || !error) return NOT_APPLICABLE;
    const isOfSafari = error.name === "AbortError" && error.message === "Aborted by AbortSignal.";
    if (!isOfSafari || isDefaultReason(aborted.reason)) return PASSES;
    return { outcome: "fails", at: aborted.reason.at, evidence: aborted.reason.describe() };
  },
});

/** What `abort()` without an argument gives. */
function isDefaultReason(reason: Reading): boolean {
  return reason.isAbsent || reason.isUnknown || reason.member("name").text() === "AbortError";
}
