import { create, get, passkey, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const absent = passkey("A", { userPresent: false });

export default [
  {
    when: "nobody was there",
    says: "fails",
    calls: [get().returns(absent)],
    finding: {
      severity: "error",
      at: "/outcome/value/value/response/authenticatorData",
      evidence: "UP flag 0",
    },
  },
  {
    when: "it was an automatic upgrade",
    says: "not-applicable",
    calls: [create({}, { mediation: "conditional" }).returns(absent)],
  },
  { when: "a person was there", says: "passes", calls: [create().returns(passkey("A"))] },
  {
    when: "the flags can't be read",
    says: "cannot-tell",
    calls: [get().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: {} } }))],
  },
  { when: "nothing came back", says: "not-applicable", calls: [get()] },
  {
    when: "AutoFill signed in without anyone",
    says: "fails",
    calls: [get({}, { mediation: "conditional" }).returns(passkey("A", { userPresent: false }))],
  },
] satisfies RuleCase[];
