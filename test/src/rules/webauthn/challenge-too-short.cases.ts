import { bytes, create, get } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "it has 15 bytes",
    says: "fails",
    calls: [get({ challenge: bytes(15) })],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/challenge",
      evidence: "Uint8Array, 15 bytes",
    },
  },
  {
    when: "it is 32 zeros",
    says: "fails",
    calls: [create({ challenge: new Uint8Array(32) })],
    finding: { evidence: /all equal/ },
  },
  { when: "it is empty", says: "fails", calls: [create({ challenge: new Uint8Array() })] },
  { when: "it has 16 bytes", says: "passes", calls: [get({ challenge: bytes(16) })] },
  {
    when: "it is not made of bytes, which is another rule's affair",
    says: "not-applicable",
    calls: [get({ challenge: "abc" })],
  },
  {
    when: "it has 15 bytes",
    says: "fails",
    calls: [get({ challenge: bytes(15) })],
    finding: { effect: "works" },
  },
  { when: "it has 16 bytes", says: "passes", calls: [get({ challenge: bytes(16) })] },
  {
    when: "it is empty",
    says: "fails",
    calls: [get({ challenge: bytes(0) })],
    finding: { evidence: "Uint8Array, 0 bytes" },
  },
  {
    when: "it is 16 times the same byte",
    says: "fails",
    calls: [get({ challenge: new Uint8Array(16).fill(7) })],
    finding: { evidence: /all equal/ },
  },
  {
    when: "its bytes differ in the second alone",
    says: "passes",
    calls: [get({ challenge: Uint8Array.from({ length: 16 }, (_, index) => Number(index === 1)) })],
  },
] satisfies RuleCase[];
