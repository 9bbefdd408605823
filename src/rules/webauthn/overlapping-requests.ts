import { github, webkitSource } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "overlapping-requests",
  title: "A call starts while another is still open",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'The first call is rejected, with "This request has been cancelled by a new request." or no reason at all; sometimes both are. Double taps do this.',
  fix: "Disable the button while a call is open. To replace it, abort it by its `AbortController` and await its rejection first.",
  confidence: "source",
  references: [
    webkitSource("WebKit/UIProcess/WebAuthentication/AuthenticatorManager.cpp"),
    github("simplesamlphp/simplesamlphp-module-webauthn#23"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "mediation", "page", "startedAt", "history"],
  check({ publicKey, mediation, page, startedAt, history }) {
    if (publicKey.isAbsent || mediation === "conditional") return NOT_APPLICABLE;
    const open = history
      .pending(page.realmId, startedAt)
      .filter(
        ({ isConditional, abortedAt }) =>
          !isConditional && (abortedAt === undefined || abortedAt > startedAt),
      );
    if (open.length === 0) return PASSES;
    const evidence = open.length === 1 ? "another call is open" : `${open.length} other calls are open`;
    return { outcome: "fails", at: publicKey.at, evidence, relatedCallIds: open.map(({ callId }) => callId) };
  },
});
