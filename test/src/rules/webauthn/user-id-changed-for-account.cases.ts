import { bytes, create, descriptor, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "the same name comes with another id",
    says: "fails",
    calls: [create().returns(passkey("A")), create({ user: { id: bytes(32, 9) } })],
    finding: { severity: "warning", at: "/arguments/0/publicKey/user/id", related: [0], experience: /may/ },
  },
  {
    when: "the name differs in case only",
    says: "fails",
    calls: [
      create().returns(passkey("A")),
      create({ user: { id: bytes(32, 9), name: "ALICE@example.com" } }),
    ],
  },
  { when: "the id is the same", says: "passes", calls: [create().returns(passkey("A")), create()] },
  {
    when: "the first registration came to nothing",
    says: "passes",
    calls: [create().rejects("NotAllowedError"), create({ user: { id: bytes(32, 9) } })],
  },
  {
    when: "the earlier passkey is excluded",
    says: "passes",
    calls: [
      create().returns(passkey("A")),
      create({ user: { id: bytes(32, 9) }, excludeCredentials: [descriptor("A")] }),
    ],
  },
  {
    when: "it is another relying party",
    says: "passes",
    calls: [
      create().returns(passkey("A")),
      create({ user: { id: bytes(32, 9) }, rp: { id: "example.org" } }),
    ],
  },
  { when: "there is no name", says: "not-applicable", calls: [create({ user: { name: "" } })] },
  {
    when: "one of two earlier passkeys is excluded",
    says: "passes",
    calls: [
      create().returns(passkey("A")),
      create().returns(passkey("B", { aaguid: "d548826e-79b4-db40-a3d8-11116f7e8349" })),
      create({ user: { id: bytes(32, 60) }, excludeCredentials: [descriptor("B")] }),
    ],
  },
] satisfies RuleCase[];
