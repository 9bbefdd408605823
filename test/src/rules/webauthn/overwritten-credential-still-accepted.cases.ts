import { create, descriptor, get, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const allowing = (...names: string[]) => get({ allowCredentials: names.map((name) => descriptor(name)) });

export default [
  {
    when: "the replaced passkey is still listed",
    says: "fails",
    calls: [create().returns(passkey("A")), create().returns(passkey("B")), allowing("B", "A")],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/allowCredentials/1/id",
      related: [1],
      experience: /may/,
    },
  },
  {
    when: "only the new one is listed",
    says: "passes",
    calls: [create().returns(passkey("A")), create().returns(passkey("B")), allowing("B")],
  },
  {
    when: "the second went to another provider",
    says: "passes",
    calls: [
      create().returns(passkey("A")),
      create().returns(passkey("B", { aaguid: "d548826e-79b4-db40-a3d8-11116f7e8349" })),
      allowing("A"),
    ],
  },
  {
    when: "judged as iOS 14",
    says: "not-applicable",
    calls: [create().returns(passkey("A")), create().returns(passkey("B")), allowing("A")],
    page: { browser: safari("18.5") },
    judgedAs: ios("14.8"),
  },
  { when: "nothing is listed", says: "not-applicable", calls: [get()] },
] satisfies RuleCase[];
