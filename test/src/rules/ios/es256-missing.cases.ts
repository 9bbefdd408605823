import { create, get, raw } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const algorithms = (...algs: unknown[]) => [
  create({ pubKeyCredParams: algs.map((alg) => ({ type: "public-key", alg })) }),
];

export default [
  {
    when: "only RS256 and EdDSA are offered",
    says: "fails",
    calls: algorithms(-257, -8),
    finding: { severity: "error", at: "/arguments/0/publicKey/pubKeyCredParams", evidence: "alg -257, -8" },
  },
  { when: "judged as iOS 15", says: "fails", calls: algorithms(-257), judgedAs: ios("15.8") },
  { when: "ES256 is among them", says: "passes", calls: algorithms(-257, -7) },
  { when: 'ES256 is written "-7", which WebIDL takes for a number', says: "passes", calls: algorithms("-7") },
  { when: "the list is empty and stands for ES256 and RS256", says: "not-applicable", calls: algorithms() },
  {
    when: "one of them could not be kept",
    says: "cannot-tell",
    calls: algorithms(-257, raw({ $: "unreadable", error: "Error" })),
  },
  { when: "judged as Windows", says: "not-applicable", calls: algorithms(-257), judgedAs: { os: "other" } },
  { when: "it is a sign-in", says: "not-applicable", calls: [get()] },
] satisfies RuleCase[];
