import { call, get, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const autofill = () => get({}, { mediation: "conditional" });
const available = (answer: boolean) =>
  call("PublicKeyCredential.isConditionalMediationAvailable").returns(answer);

export default [
  {
    when: "the page never asked",
    says: "fails",
    calls: [autofill()],
    finding: { severity: "warning", at: "/arguments/0/mediation", evidence: /never asked/ },
  },
  {
    when: "the browser had said no",
    says: "fails",
    calls: [available(false), autofill()],
    finding: { related: [0] },
  },
  {
    when: "the capabilities had said no",
    says: "fails",
    calls: [call("PublicKeyCredential.getClientCapabilities").returns({ conditionalGet: false }), autofill()],
    finding: { related: [0] },
  },
  { when: "judged as iOS 16.0", says: "not-applicable", calls: [autofill()], judgedAs: ios("16.0") },
  { when: "the browser had said yes", says: "passes", calls: [available(true), autofill()] },
  {
    when: "the capabilities had said yes",
    says: "passes",
    calls: [call("PublicKeyCredential.getClientCapabilities").returns({ conditionalGet: true }), autofill()],
  },
  { when: "it worked", says: "passes", calls: [autofill().returns(passkey("A"))] },
  {
    when: "the page may have asked before the hook was there",
    says: "cannot-tell",
    calls: [autofill()],
    page: { readyState: "complete" },
  },
  { when: "AutoFill is not asked", says: "not-applicable", calls: [get()] },
  {
    when: "the capabilities of an older Safari had said yes, under the older name",
    says: "passes",
    calls: [
      call("PublicKeyCredential.getClientCapabilities").returns({ conditionalMediation: true }),
      autofill(),
    ],
    page: { browser: safari("18.1") },
  },
] satisfies RuleCase[];
