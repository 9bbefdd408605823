import { isAppleMobile } from "../../recording/platformOf.js";
import { AUTHENTICATOR_COORDINATOR, github } from "../../spec/references.js";
import { before, SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "conditional-abort-race",
  title: "A call from a button starts before the AutoFill request has ended",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "fails",
  versions: { ...SUPPORT.conditionalGet.ios, ...before(SUPPORT.callAfterConditional) },
  experience: 'The first tap on "Sign in" fails with a NotAllowedError, the second works.',
  fix: "Abort the conditional `get()`, await its AbortError, and only then make the call. On iOS 16 try once more if it fails.",
  confidence: "observed",
  references: [
    github("MasterKale/SimpleWebAuthn#281"),
    github("MasterKale/SimpleWebAuthn#348"),
    github("lbuchs/WebAuthn#88"),
    AUTHENTICATOR_COORDINATOR,
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "mediation", "page", "startedAt", "history", "outcome", "recordedOn"],
  check({ publicKey, mediation, page, startedAt, history, outcome, recordedOn }) {
    if (publicKey.isAbsent || mediation === "conditional") return NOT_APPLICABLE;
    const [open] = history.pending(page.realmId, startedAt).filter(({ isConditional }) => isConditional);
    if (!open || (outcome.status === "fulfilled" && isAppleMobile(recordedOn))) return PASSES;
    const isAborted = open.abortedAt !== undefined && open.abortedAt <= startedAt;
    const evidence = isAborted
      ? "the AutoFill request is aborted but not settled"
      : "the AutoFill request is open";
    return { outcome: "fails", at: publicKey.at, evidence, relatedCallIds: [open.callId] };
  },
});
