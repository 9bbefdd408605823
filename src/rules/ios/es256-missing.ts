import { github, LOCAL_AUTHENTICATOR } from "../../spec/references.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

const ES256 = -7;

export default defineRule({
  id: "es256-missing",
  title: "pubKeyCredParams leaves out ES256, the only algorithm of Apple's passkeys",
  severity: "error",
  holdsOn: "ios",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    "Face ID may still be asked for, then the iPhone says that it can't finish, or the call is rejected with a NotSupportedError. Other password apps may answer with ES256 all the same, which the server then refuses.",
  fix: 'Add `{ type: "public-key", alg: -7 }` to `pubKeyCredParams`; -7 together with -257 serves nearly every device.',
  confidence: "observed",
  references: [
    github("w3c/webauthn#1757"),
    github("bitwarden/ios#1758"),
    github("keepassium/KeePassium#536"),
    LOCAL_AUTHENTICATOR,
  ],
  on: ["credentials.create"],
  asks: ["publicKey"],
  check({ publicKey }) {
    const parameters = publicKey.member("pubKeyCredParams");
    const algorithms = parameters.items().map((item) => item.member("alg"));
    // An empty list stands for ES256 and RS256.
    if (algorithms.length === 0) return NOT_APPLICABLE;
    // WebIDL turns "-7" into -7.
    if (algorithms.some((alg) => Number(alg.number() ?? alg.text()) === ES256)) return PASSES;
    if (algorithms.some((alg) => alg.isUnknown)) return cannotTell("algorithms-not-kept");
    const evidence = algorithms.map((alg) => alg.number() ?? alg.describe()).join(", ");
    return { outcome: "fails", at: parameters.at, evidence: `alg ${evidence}` };
  },
});
