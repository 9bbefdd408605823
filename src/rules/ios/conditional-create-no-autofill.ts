import { isAppleMobile } from "../../recording/platformOf.js";
import { github, webkitPull, webkitSource } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "conditional-create-no-autofill",
  title: "The automatic upgrade to a passkey did not take place",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.conditionalCreate.ios,
  experience:
    'No passkey is made, and the person sees nothing. The call is rejected with "This request has been cancelled by the user." unless a password of the very same user name was filled in shortly before, the setting is on and the password app can do it.',
  fix: "Call it right after a sign-in by password, with the filled-in name as `user.name`, and take a rejection as nothing out of the ordinary.",
  cases: {
    "cross-platform": {
      title: "An automatic upgrade can't make a credential on a security key",
      fix: "Leave `authenticatorSelection.authenticatorAttachment` out of a conditional `create()`.",
    },
  },
  confidence: "source",
  references: [
    webkitSource("WebKit/UIProcess/WebAuthentication/WebAuthenticatorCoordinatorProxy.cpp"),
    webkitPull(40083),
    webkitPull(21031),
    github("MasterKale/SimpleWebAuthn#582"),
    {
      label: "Corbado: automatic passkey upgrades",
      url: "https://www.corbado.com/blog/ios-18-passkeys-automatic-passkey-upgrades",
    },
  ],
  on: ["credentials.create"],
  asks: ["publicKey", "mediation", "error", "recordedOn"],
  check({ publicKey, mediation, error, recordedOn }) {
    if (mediation !== "conditional") return NOT_APPLICABLE;
    const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment");
    if (attachment.text() === "cross-platform") {
      return {
        outcome: "fails",
        at: attachment.at,
        evidence: attachment.describe(),
        severity: "warning",
        effect: "fails",
        case: "cross-platform",
      };
    }
    if (error?.name !== "NotAllowedError" || !isAppleMobile(recordedOn)) return PASSES;
    return { outcome: "fails", at: "/outcome/error", evidence: `${error.name}: ${error.message}` };
  },
});
