import { call, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const capabilities = () => call("PublicKeyCredential.getClientCapabilities");

export default [
  {
    when: "Safari 18.0 answers with the old name",
    says: "fails",
    calls: [capabilities().returns({ conditionalMediation: true })],
    page: { browser: safari("18.0") },
    finding: {
      severity: "warning",
      at: "/outcome/value/conditionalMediation",
      evidence: "conditionalMediation: boolean true, no conditionalGet",
    },
  },
  {
    when: "a computer answers, judged as iOS 17.6",
    says: "fails",
    calls: [capabilities().returns({ conditionalGet: true })],
    judgedAs: ios("17.6"),
  },
  {
    when: "the answer has both names",
    says: "passes",
    calls: [capabilities().returns({ conditionalMediation: true, conditionalGet: true })],
    page: { browser: safari("18.0") },
  },
  {
    when: "a polyfill answers",
    says: "cannot-tell",
    calls: [
      capabilities()
        .returns({ conditionalMediation: true })
        .with({ environment: { hasFocus: true, visibility: "visible", replaced: true } }),
    ],
    page: { browser: safari("18.0") },
  },
  {
    when: "Safari 18.4 answers",
    says: "not-applicable",
    calls: [capabilities().returns({ conditionalMediation: true })],
    page: { browser: safari("18.4") },
  },
  {
    when: "the call failed",
    says: "not-applicable",
    calls: [capabilities().rejects("UnknownError")],
    page: { browser: safari("18.0") },
  },
  {
    when: "Safari 17.3 is said to answer",
    says: "not-applicable",
    calls: [capabilities().returns({ conditionalMediation: true })],
    page: { browser: safari("17.3") },
  },
  {
    when: "the answer is not there yet, on an iPhone",
    says: "fails",
    calls: [call("PublicKeyCredential.getClientCapabilities")],
    page: { browser: safari("18.0") },
    finding: { at: "/outcome" },
  },
  {
    when: "neither key is there",
    says: "passes",
    calls: [call("PublicKeyCredential.getClientCapabilities").returns({ relatedOrigins: true })],
    page: { browser: safari("18.0") },
  },
] satisfies RuleCase[];
