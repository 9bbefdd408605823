import { github, spec } from "../../spec/references.js";
import { defineRule, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "rp-id-drift",
  title: "The credential was registered under another RP ID",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    "The iPhone says that there is no passkey, or shows a QR code, although it has one for this site.",
  fix: "Use one constant RP ID, the registrable domain, in `rp.id` and `rpId` alike.",
  confidence: "documented",
  references: [github("casdoor/casdoor#3404"), github("Steward-Fi/steward#35"), spec("rp-id", "RP ID")],
  on: ["credentials.get"],
  asks: ["rpId", "descriptors", "credential", "history"],
  check({ rpId, descriptors, credential, history }) {
    return descriptors.map(({ id, reading }): Judgement => {
      const known = id === undefined ? undefined : history.credential(id);
      if (!known?.registration || rpId === undefined || known.rpId === rpId) return PASSES;
      // It was found all the same, by appid or in a migration with related origins.
      if (credential?.credentialId === id) return PASSES;
      return {
        outcome: "fails",
        at: reading.member("id").at,
        evidence: `registered under "${known.rpId}", asked for under "${rpId}"`,
        relatedCallIds: [known.registration.callId],
      };
    });
  },
});
