import { spec } from "../../spec/references.js";
import { defineRule, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "overwritten-credential-still-accepted",
  title: "allowCredentials lists a passkey that was replaced",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  effect: "differs",
  versions: { since: "15" },
  experience:
    "The iPhone may show a QR code or say that there is no passkey, although the person has just made one.",
  fix: "Remove the replaced credential on the server. Then call `PublicKeyCredential.signalAllAcceptedCredentials()` with the ids that are left, where the browser has it (Safari 26).",
  confidence: "inferred",
  references: [spec("sctn-signal-methods", "signal methods")],
  on: ["credentials.get"],
  asks: ["descriptors", "history"],
  check({ descriptors, history }) {
    return descriptors.map(({ id, reading }): Judgement => {
      const known = id === undefined ? undefined : history.credential(id);
      if (known?.overwrittenBy === undefined) return PASSES;
      return {
        outcome: "fails",
        at: reading.member("id").at,
        evidence: "replaced by a later registration with the same user.id",
        relatedCallIds: [known.overwrittenBy],
      };
    });
  },
});
