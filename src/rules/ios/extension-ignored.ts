import type { Reading } from "../../recording/readSnapshot.js";
import { compatibilityData, webkitIdl } from "../../spec/references.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE } from "../rule.js";

export default defineRule({
  id: "extension-ignored",
  title: "Safari passes over this extension",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: {},
  experience: "The call works as if the extension had not been sent. Nothing says that it was dropped.",
  fix: "Send it for the browsers that know it, and rely on it only where `getClientExtensionResults()` or the authenticator data answer it.",
  cases: {
    payment: {
      title: "Safari has no Secure Payment Confirmation",
      experience:
        "The passkey is made or used like any other. It can't confirm payments on the iPhone, and nothing says so.",
      fix: "Offer another confirmation of payments on the iPhone; send `payment` only to browsers that have Secure Payment Confirmation.",
    },
    "enforced-protection": {
      title: "Safari passes over credentialProtectionPolicy, though it is to be enforced",
      experience:
        "The credential is made without the protection. Where the policy is enforced, the specification has the registration fail instead.",
      fix: "Do not rely on `enforceCredentialProtectionPolicy: true` on the iPhone; check `credProtect` in the authenticator data on the server.",
    },
  },
  reasons: {
    "sources-disagree": "Sources disagree on whether Safari reads appidExclude; its source does not name it.",
  },
  confidence: "source",
  references: [
    webkitIdl("AuthenticationExtensionsClientInputs"),
    compatibilityData("api/CredentialsContainer.json"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey"],
  check({ publicKey }): readonly Judgement[] {
    const extensions = publicKey.member("extensions");
    if (extensions.isUnknown) return [cannotTell("extensions-not-kept")];
    return extensions.members().map(([name, value]) => judge(name, value, extensions));
  },
});

/** What Safari reads; it passes over appid in a registration, where the specification has no such input. */
const READ: ReadonlySet<string> = new Set(["appid", "credProps", "largeBlob", "prf"]);
/** Say something about the extension beside them. */
const QUALIFIERS: ReadonlySet<string> = new Set(["enforceCredentialProtectionPolicy"]);

function judge(name: string, value: Reading, extensions: Reading): Judgement {
  if (value.isAbsent || READ.has(name) || QUALIFIERS.has(name)) return NOT_APPLICABLE;
  if (name === "appidExclude") return cannotTell("sources-disagree");
  const fails = { outcome: "fails", at: value.at, evidence: `${name}: ${value.describe()}` } as const;
  if (name === "payment") return { ...fails, severity: "warning", case: "payment" };
  const enforced = extensions.member("enforceCredentialProtectionPolicy").boolean() === true;
  if (name === "credentialProtectionPolicy" && enforced)
    return { ...fails, severity: "warning", case: "enforced-protection" };
  return fails;
}
