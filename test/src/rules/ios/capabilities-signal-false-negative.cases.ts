import { call, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const answering = (value: unknown) => [call("PublicKeyCredential.getClientCapabilities").returns(value)];
const all = {
  signalUnknownCredential: true,
  signalAllAcceptedCredentials: true,
  signalCurrentUserDetails: true,
};

export default [
  {
    when: "Safari 26 denies one",
    says: "fails",
    calls: answering({ ...all, signalAllAcceptedCredentials: false }),
    page: { browser: safari("26.1") },
    finding: {
      severity: "info",
      at: "/outcome/value/signalAllAcceptedCredentials",
      evidence: "signalAllAcceptedCredentials: boolean false",
    },
  },
  {
    when: "Safari 26 does not mention them",
    says: "fails",
    calls: answering({ conditionalGet: true }),
    page: { browser: safari("26.6") },
    finding: { evidence: /signalUnknownCredential: absent, / },
  },
  {
    when: "a later Safari owns up to them",
    says: "passes",
    calls: answering(all),
    page: { browser: safari("27.0") },
  },
  {
    when: "Safari 18.4 has none",
    says: "not-applicable",
    calls: answering({ conditionalGet: true }),
    page: { browser: safari("18.4") },
  },
  { when: "Chrome answers", says: "not-applicable", calls: answering({}) },
  {
    when: "the call failed",
    says: "not-applicable",
    calls: [call("PublicKeyCredential.getClientCapabilities").rejects("UnknownError")],
    page: { browser: safari("26.1") },
  },
] satisfies RuleCase[];
