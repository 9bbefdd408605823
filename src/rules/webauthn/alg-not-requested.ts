import { describeCoseAlgorithm } from "../../spec/cose.js";
import { COORDINATOR_PROXY, spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

/** What an empty list stands for: ES256 and RS256. */
const DEFAULTS = [-7, -257];

export default defineRule({
  id: "alg-not-requested",
  title: "The new key's algorithm is none of those that were asked for",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "The iPhone reports success, then the server refuses the registration. A passkey that no account knows stays behind in Passwords.",
  fix: "Add `-7` (ES256) to `pubKeyCredParams`: it is what the iPhone makes whatever is asked for.",
  reasons: {
    "algorithm-unread": "The algorithm of the new key can't be read.",
  },
  confidence: "documented",
  references: [spec("sctn-registering-a-new-credential", "register a new credential"), COORDINATOR_PROXY],
  on: ["credentials.create"],
  asks: ["publicKey", "credential", "result"],
  check({ publicKey, credential, result }) {
    if (!credential) return NOT_APPLICABLE;
    const made = credential.authenticatorData?.attestedCredentialData?.coseKey?.algorithm;
    if (made === undefined) return cannotTell("algorithm-unread");
    const listed = publicKey
      .member("pubKeyCredParams")
      .items()
      .map((item) => item.member("alg"));
    // WebIDL turns "-7" into -7.
    const asked = listed.length === 0 ? DEFAULTS : listed.map((alg) => Number(alg.number() ?? alg.text()));
    if (asked.includes(made)) return PASSES;
    if (listed.some((alg) => alg.isUnknown)) return cannotTell("algorithms-not-kept");
    const evidence = `${describeCoseAlgorithm(made)}, not among ${asked.join(", ")}`;
    return {
      outcome: "fails",
      ...authenticatorDataAt(result, "attestedCredentialData.coseKey.algorithm"),
      evidence,
    };
  },
});
