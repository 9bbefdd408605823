import { LOCAL_AUTHENTICATOR, spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "counter-policy",
  title: "The sign count stays at 0",
  severity: "info",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "Nothing is to be seen. A server that waits for the count to rise locks the person out: Apple's passkeys never count.",
  fix: "Ignore the sign count where it and the stored one are both 0.",
  cases: {
    "went-back": {
      title: "The sign count went back, or stood still",
      experience:
        "Nothing is to be seen. There may be a copy of the credential, or two sign-ins ran side by side.",
      fix: "Treat it as a sign of risk, not as proof: ask for another factor rather than locking the person out.",
    },
  },
  confidence: "source",
  references: [LOCAL_AUTHENTICATOR, spec("sctn-sign-counter", "signature counter considerations")],
  on: ["credentials.get"],
  asks: ["credential", "history", "result"],
  check({ credential, history, result }) {
    const known = credential && history.credential(credential.credentialId);
    const now = credential?.authenticatorData?.signCount;
    if (known?.signCount === undefined || now === undefined) return NOT_APPLICABLE;
    const fails = {
      outcome: "fails",
      ...authenticatorDataAt(result, "signCount"),
      evidence: `sign count ${now}, was ${known.signCount}`,
      relatedCallIds: known.lastReturnedBy === undefined ? [] : [known.lastReturnedBy],
    } as const;
    // Said once for each credential.
    if (now === 0 && known.signCount === 0) return known.timesReturned === 1 ? fails : PASSES;
    if (now > known.signCount) return PASSES;
    return { ...fails, severity: "warning", case: "went-back" };
  },
});
