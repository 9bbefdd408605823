import { create, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const bound = { backupEligible: false, backupState: false };

export default [
  {
    when: "BE was 1 and is 0",
    says: "fails",
    calls: [create().returns(passkey("A")), get().returns(passkey("A", bound))],
    finding: { severity: "warning", evidence: "BE flag 0, was 1", related: [0] },
  },
  {
    when: "BE was 0 and is 1",
    says: "fails",
    calls: [get().returns(passkey("A", bound)), get().returns(passkey("A"))],
    finding: { related: [0] },
  },
  {
    when: "BE is what it was",
    says: "passes",
    calls: [create().returns(passkey("A")), get().returns(passkey("A"))],
  },
  {
    when: "it is another credential",
    says: "not-applicable",
    calls: [create().returns(passkey("A")), get().returns(passkey("B", bound))],
  },
] satisfies RuleCase[];
