import { isAppleMobile } from "../../recording/platformOf.js";
import { github, SIMPLEWEBAUTHN_QUIRKS, webkitBug } from "../../spec/references.js";
import { before, isSupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "missing-user-activation",
  title: "The call does not come from a tap",
  severity: [{ ...before(SUPPORT.callWithoutTap), is: "error" }, { is: "info" }],
  holdsOn: "ios",
  about: "request",
  effect: [{ ...before(SUPPORT.callWithoutTap), is: "fails" }, { is: "works" }],
  versions: { since: "14.1" },
  contexts: ["browser", "webview"],
  experience:
    'Up to Safari 17.3 only the first such call after a navigation is let through; the next ones are rejected with "This request has been cancelled by the user.", though nobody did. From 17.4 on it works.',
  fix: "Fetch the options before the tap, and call `create()` or `get()` right in the click handler, with no more than one call of `fetch` in between.",
  reasons: {
    "may-be-first": "Safari lets the first call after a navigation through, and this may be it.",
  },
  confidence: "documented",
  references: [
    SIMPLEWEBAUTHN_QUIRKS,
    webkitBug(264444),
    webkitBug(216600),
    github("dfinity/internet-identity#676"),
    github("pypi/warehouse#11804"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "mediation", "environment", "page", "history", "platform", "outcome", "recordedOn"],
  check({ publicKey, mediation, environment, page, history, platform, outcome, recordedOn }) {
    const isActive = environment.userActivation?.isActive;
    if (publicKey.isAbsent || mediation === "conditional" || isActive === undefined) return NOT_APPLICABLE;
    if (isActive) return PASSES;
    const isStrict = platform.safari !== undefined && !isSupported(SUPPORT.callWithoutTap, platform.safari);
    if (isStrict && outcome.status === "fulfilled" && isAppleMobile(recordedOn)) return PASSES;
    if (isStrict && !history.hadModalCall(page.realmId)) {
      return cannotTell("may-be-first");
    }
    return { outcome: "fails", at: "/environment/userActivation/isActive", evidence: "no user activation" };
  },
});
