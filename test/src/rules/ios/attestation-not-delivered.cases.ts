import { create, passkey, safari, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const wanting = (attestation: unknown, others = {}) => create({ attestation, ...others });
const keys = { authenticatorSelection: { authenticatorAttachment: "cross-platform" } };

export default [
  {
    when: "attestation is wanted directly",
    says: "fails",
    calls: [wanting("direct")],
    finding: { severity: "warning", at: "/arguments/0/publicKey/attestation", evidence: 'string "direct"' },
  },
  {
    when: "it is wanted indirectly",
    says: "fails",
    calls: [wanting("indirect")],
    finding: { severity: "info" },
  },
  {
    when: "the iPhone answered without",
    says: "fails",
    calls: [wanting("direct").returns(passkey("A"))],
    page: { browser: safari("18.4") },
    finding: { evidence: 'string "direct", answered with the format "none"' },
  },
  {
    when: "a computer answered with one, which the iPhone would not",
    says: "fails",
    calls: [wanting("direct").returns(passkey("A", { fmt: "packed" }))],
  },
  {
    when: "the iPhone answered with one",
    says: "passes",
    calls: [wanting("direct").returns(passkey("A", { fmt: "packed" }))],
    page: { browser: safari("18.4") },
  },
  { when: "hardware keys are enrolled", says: "passes", calls: [wanting("direct", keys)] },
  { when: "the hint asks for keys", says: "passes", calls: [wanting("direct", { hints: ["security-key"] })] },
  { when: "a security key answered", says: "passes", calls: [wanting("direct").returns(securityKey("K"))] },
  { when: "none is wanted", says: "not-applicable", calls: [wanting("none")] },
  {
    when: "judged as iOS 15, which has anonymous attestation",
    says: "not-applicable",
    calls: [wanting("direct")],
    judgedAs: ios("15.8"),
  },
] satisfies RuleCase[];
