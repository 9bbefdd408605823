import { create, descriptor, passkey, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const BITWARDEN = "d548826e-79b4-db40-a3d8-11116f7e8349";

export default [
  {
    when: "a passkey went to a second provider, and the first is not listed",
    says: "fails",
    calls: [create().returns(passkey("A")), create().returns(passkey("B", { aaguid: BITWARDEN }))],
    finding: { severity: "info", at: "/arguments/0/publicKey/excludeCredentials", related: [0] },
  },
  {
    when: "a known key is not listed",
    says: "fails",
    calls: [create().returns(securityKey("K")), create().returns(passkey("A"))],
  },
  {
    when: "it is listed",
    says: "passes",
    calls: [
      create().returns(passkey("A")),
      create({ excludeCredentials: [descriptor("A")] }).returns(passkey("B", { aaguid: BITWARDEN })),
    ],
  },
  {
    when: "the one replaced the other, which another rule says",
    says: "passes",
    calls: [create().returns(passkey("A")), create().returns(passkey("B"))],
  },
  { when: "the account has no other", says: "passes", calls: [create().returns(passkey("A"))] },
  { when: "nothing came back", says: "not-applicable", calls: [create().returns(passkey("A")), create()] },
] satisfies RuleCase[];
