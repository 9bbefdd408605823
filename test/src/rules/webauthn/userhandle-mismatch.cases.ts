import { bytes, create, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "the handle is another's",
    says: "fails",
    calls: [create().returns(passkey("A")), get().returns(passkey("A", { userHandle: bytes(32, 8) }))],
    finding: { severity: "error", at: "/outcome/value/value/response/userHandle", related: [0] },
  },
  {
    when: "the handle is the account's",
    says: "passes",
    calls: [create().returns(passkey("A")), get().returns(passkey("A"))],
  },
  {
    when: "there is no handle",
    says: "not-applicable",
    calls: [create().returns(passkey("A")), get().returns(passkey("A", { userHandle: null }))],
  },
  {
    when: "the registration is not in the log",
    says: "not-applicable",
    calls: [get().returns(passkey("A"))],
  },
] satisfies RuleCase[];
