import { create, get, passkey, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "it is 0 in the first sign-in, as at registration",
    says: "fails",
    calls: [create().returns(passkey("A")), get().returns(passkey("A"))],
    finding: { severity: "info", evidence: "sign count 0, was 0", related: [0] },
  },
  {
    when: "it went back",
    says: "fails",
    calls: [
      create().returns(securityKey("K", { signCount: 9 })),
      get().returns(securityKey("K", { signCount: 4 })),
    ],
    finding: { severity: "warning", title: /went back/ },
  },
  {
    when: "it stood still",
    says: "fails",
    calls: [create().returns(securityKey("K")), get().returns(securityKey("K"))],
    finding: { severity: "warning" },
  },
  {
    when: "it has been said once that it is 0",
    says: "passes",
    calls: [create().returns(passkey("A")), get().returns(passkey("A")), get().returns(passkey("A"))],
  },
  {
    when: "it rose",
    says: "passes",
    calls: [create().returns(securityKey("K")), get().returns(securityKey("K", { signCount: 2 }))],
  },
  { when: "nothing is known of it", says: "not-applicable", calls: [get().returns(passkey("A"))] },
  {
    when: "it fell to zero",
    says: "fails",
    calls: [
      create().returns(securityKey("K", { signCount: 5 })),
      get().returns(securityKey("K", { signCount: 0 })),
    ],
    finding: { severity: "warning", effect: "works" },
  },
  {
    when: "it began at zero and counts",
    says: "passes",
    calls: [
      create().returns(securityKey("K", { signCount: 0 })),
      get().returns(securityKey("K", { signCount: 5 })),
    ],
  },
] satisfies RuleCase[];
