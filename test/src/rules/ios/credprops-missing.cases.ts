import { create, passkey, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "Safari 26 does not answer",
    says: "fails",
    calls: [create().returns(passkey("A"))],
    page: { browser: safari("26.6") },
    finding: {
      severity: "info",
      at: "/outcome/value/value/clientExtensionResults",
      evidence: /Apple Passwords and so is discoverable/,
    },
  },
  {
    when: "another provider's passkey comes without it, too",
    says: "fails",
    calls: [create().returns(passkey("A", { aaguid: "bada5566-a7aa-401f-bd96-45619a55120d" }))],
    page: { browser: safari("17.4") },
    finding: { evidence: "no credProps.rk" },
  },
  {
    when: "Safari 17.3 answers",
    says: "passes",
    calls: [create().returns(passkey("A", { extensionResults: { credProps: { rk: true } } }))],
    page: { browser: safari("17.3") },
  },
  { when: "it was made elsewhere", says: "not-applicable", calls: [create().returns(passkey("A"))] },
  {
    when: "it was made on iOS 15",
    says: "not-applicable",
    calls: [create().returns(passkey("A"))],
    page: { browser: safari("15.6") },
  },
  {
    when: "it is not asked for",
    says: "not-applicable",
    calls: [create({ extensions: undefined }).returns(passkey("A"))],
    page: { browser: safari("26.6") },
  },
  {
    when: "nothing came back",
    says: "not-applicable",
    calls: [create().rejects("NotAllowedError")],
    page: { browser: safari("26.6") },
  },
] satisfies RuleCase[];
