import { create, get, passkey, raw, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const algorithms = (...algs: unknown[]) =>
  create({ pubKeyCredParams: algs.map((alg) => ({ type: "public-key", alg })) });

export default [
  {
    when: "an ES256 key is made where RS256 was asked for",
    says: "fails",
    calls: [algorithms(-257, -8).returns(passkey("A"))],
    finding: {
      severity: "error",
      at: "/outcome/value/value/response/attestationObject",
      evidence: /ES256.*not among -257, -8/,
    },
  },
  { when: "the algorithm was asked for", says: "passes", calls: [create().returns(passkey("A"))] },
  { when: 'it was asked for as "-7"', says: "passes", calls: [algorithms("-7").returns(passkey("A"))] },
  {
    when: "the list is empty and stands for ES256 and RS256",
    says: "passes",
    calls: [create({ pubKeyCredParams: [] }).returns(securityKey("K"))],
  },
  {
    when: "one of the list could not be kept",
    says: "cannot-tell",
    calls: [algorithms(-257, raw({ $: "unreadable", error: "Error" })).returns(passkey("A"))],
  },
  {
    when: "the key can't be read",
    says: "cannot-tell",
    calls: [create().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: {} } }))],
  },
  { when: "nothing came back", says: "not-applicable", calls: [create().rejects("NotAllowedError")] },
  { when: "it is a sign-in", says: "not-applicable", calls: [get().returns(passkey("A"))] },
] satisfies RuleCase[];
