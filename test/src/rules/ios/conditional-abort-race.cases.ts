import { call, create, get, passkey, safari } from "../../../support/recordings.js";
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
  {
    when: "the AutoFill request was aborted and has not settled",
    says: "fails",
    calls: [
      get({}, { mediation: "conditional" }).with({
        aborted: { at: Date.UTC(2026, 0, 1) + 60_000, reason: null },
      }),
      get(),
    ],
    judgedAs: ios("17.2"),
    finding: { evidence: "the AutoFill request is aborted but not settled", related: [0] },
  },
  {
    when: "the AutoFill request was aborted later",
    says: "fails",
    calls: [
      get({}, { mediation: "conditional" }).with({
        aborted: { at: Date.UTC(2026, 0, 1) + 60_001, reason: null },
      }),
      get(),
    ],
    judgedAs: ios("17.2"),
    finding: { evidence: "the AutoFill request is open" },
  },
  {
    when: "a call for passwords follows",
    says: "not-applicable",
    calls: [get({}, { mediation: "conditional" }), call("credentials.get", { password: true })],
    judgedAs: ios("17.2"),
  },
  {
    when: "it worked on that very iPhone",
    says: "passes",
    calls: [autofill(), get().returns(passkey("A"))],
    page: { browser: safari("17.2") },
  },
] satisfies RuleCase[];
