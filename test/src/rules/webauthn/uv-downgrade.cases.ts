import { create, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "the sign-in was not verified, the registration was",
    says: "fails",
    calls: [create().returns(passkey("A")), get().returns(passkey("A", { userVerified: false }))],
    finding: { severity: "warning", at: "/outcome/value/value/response/authenticatorData", related: [0] },
  },
  {
    when: "both were verified",
    says: "passes",
    calls: [create().returns(passkey("A")), get().returns(passkey("A"))],
  },
  {
    when: "neither was",
    says: "passes",
    calls: [
      create().returns(passkey("A", { userVerified: false })),
      get().returns(passkey("A", { userVerified: false })),
    ],
  },
  {
    when: "the registration is not in the log",
    says: "not-applicable",
    calls: [get().returns(passkey("A", { userVerified: false }))],
  },
] satisfies RuleCase[];
