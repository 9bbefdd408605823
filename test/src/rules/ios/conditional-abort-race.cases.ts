import { create, get } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const autofill = () => get({}, { mediation: "conditional" });

export default [
  {
    when: "AutoFill is still asked, judged as iOS 17.4",
    says: "fails",
    calls: [autofill(), get()],
    judgedAs: ios("17.4"),
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey",
      related: [0],
      evidence: "the AutoFill request is open",
    },
  },
  {
    when: "AutoFill is aborted but not settled",
    says: "fails",
    calls: [autofill().with({ aborted: { at: 0, reason: null } }), create()],
    judgedAs: ios("16.4"),
    finding: { evidence: /aborted/ },
  },
  {
    when: "AutoFill has ended",
    says: "passes",
    calls: [autofill().rejects("AbortError"), get()],
    judgedAs: ios("17.4"),
  },
  { when: "judged as iOS 18", says: "not-applicable", calls: [autofill(), get()], judgedAs: ios("18.0") },
  {
    when: "judged as iOS 16.0, which has no AutoFill",
    says: "not-applicable",
    calls: [autofill(), get()],
    judgedAs: ios("16.0"),
  },
  {
    when: "it is AutoFill that is asked",
    says: "not-applicable",
    calls: [autofill(), autofill()],
    judgedAs: ios("17.4"),
  },
] satisfies RuleCase[];
