import { isAppleMobile } from "../../recording/platformOf.js";
import { webkitPull, webkitSource } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, PASSES } from "../rule.js";

/** What Safari has a request for, and what other browsers have. */
const KNOWN = ["publicKey", "digital"];
const UNKNOWN = ["password", "federated", "identity", "otp"];

export default defineRule({
  id: "get-mixed-credential-types",
  title: "Safari takes one kind of credential in a call, and not this combination",
  severity: "error",
  holdsOn: "ios",
  about: "request",
  effect: "fails",
  versions: {},
  experience: "Nothing comes up. The call is rejected with a NotSupportedError.",
  fix: "Ask for `publicKey` in a call of its own, and for passwords or federated sign-in in another, where the browser has them.",
  reasons: {
    "may-have-asked": "The page may have asked first whether the browser knows this type.",
  },
  confidence: "source",
  references: [
    webkitSource("WebCore/Modules/credentialmanagement/CredentialsContainer.cpp"),
    webkitPull(62231),
  ],
  on: ["credentials.get"],
  asks: ["options", "platform", "recordedOn"],
  check({ options, platform, recordedOn }) {
    const named = [...KNOWN, ...UNKNOWN].filter((type) => !options.member(type).isAbsent);
    const known = named.filter((type) => KNOWN.includes(type));
    const isStrict =
      platform.safari !== undefined && isSupported(SUPPORT.strictCredentialTypes, platform.safari);
    if (options.isUnknown) return cannotTell("options-not-kept");
    if (known.length === 1 && (named.length === 1 || !isStrict)) return PASSES;
    // A page may well ask for passwords only where there is a PasswordCredential.
    if (known.length === 0 && named.length > 0 && !isAppleMobile(recordedOn)) {
      return cannotTell("may-have-asked");
    }
    const evidence = named.length === 0 ? "no type at all" : named.join(" and ");
    return { outcome: "fails", at: options.at, evidence };
  },
});
