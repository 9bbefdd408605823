import { github, PASSKEYS_DEV_IOS, PASSKEYS_DEV_MACOS, spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "uv-false-with-preferred",
  title: "The person was not verified, and the request allowed that",
  severity: "warning",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "Nothing is wrong on the iPhone. The sign-in fails only if the server insists on the UV flag, as many libraries do unless told otherwise; the same passkey on a Mac without Touch ID is a common way to get here.",
  fix: 'Tell the server\'s verification the same as the page (`requireUserVerification: false`), or send `userVerification: "required"`.',
  confidence: "documented",
  references: [
    PASSKEYS_DEV_IOS,
    PASSKEYS_DEV_MACOS,
    github("MasterKale/SimpleWebAuthn#663"),
    spec("sctn-verifying-assertion", "verify an authentication assertion"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "mediation", "userVerification", "credential", "result"],
  check({ api, mediation, userVerification: { requirement }, credential, result }) {
    if (requirement === "required" || !credential) return NOT_APPLICABLE;
    // An automatic upgrade never verifies: nothing that a server could be surprised by.
    if (api === "credentials.create" && mediation === "conditional") return NOT_APPLICABLE;
    const flags = credential.authenticatorData?.flags;
    if (!flags) return cannotTell("flags-unread");
    if (flags.userVerified) return PASSES;
    return {
      outcome: "fails",
      ...authenticatorDataAt(result, "flags"),
      evidence: `UV flag 0, userVerification "${requirement}"`,
      ...(requirement === "discouraged" && { severity: "info" }),
    };
  },
});
