import { create, get, passkey, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "BS is set without BE",
    says: "fails",
    calls: [get().returns(passkey("A", { backupEligible: false }))],
    finding: { severity: "error", evidence: "BS flag 1, BE flag 0" },
  },
  { when: "both are set", says: "passes", calls: [get().returns(passkey("A"))] },
  { when: "BE is set alone", says: "passes", calls: [get().returns(passkey("A", { backupState: false }))] },
  {
    when: "the flags can't be read",
    says: "cannot-tell",
    calls: [get().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: {} } }))],
  },
  { when: "nothing came back", says: "not-applicable", calls: [get()] },
  {
    when: "a registration answers so",
    says: "fails",
    calls: [create().returns(passkey("A", { backupEligible: false, backupState: true }))],
  },
  {
    when: "neither flag is set",
    says: "passes",
    calls: [create().returns(passkey("A", { backupEligible: false, backupState: false }))],
  },
] satisfies RuleCase[];
