import { spec } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "up-missing",
  title: "The response does not say that a person was there",
  severity: "error",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience: "The iPhone reports success, and the server has to refuse it.",
  fix: "Reject the response. The UP flag may be 0 only after a conditional `create()`.",
  confidence: "documented",
  references: [
    spec("sctn-registering-a-new-credential", "register a new credential"),
    spec("sctn-verifying-assertion", "verify an authentication assertion"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "mediation", "credential", "result"],
  check({ api, mediation, credential, result }) {
    if (!credential || (api === "credentials.create" && mediation === "conditional")) return NOT_APPLICABLE;
    const flags = credential.authenticatorData?.flags;
    if (!flags) return cannotTell("flags-unread");
    if (flags.userPresent) return PASSES;
    return { outcome: "fails", ...authenticatorDataAt(result, "flags"), evidence: "UP flag 0" };
  },
});
