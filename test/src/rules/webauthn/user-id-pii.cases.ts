import { bytes, create } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const withId = (text: string) => [create({ user: { id: utf8(text) } })];

export default [
  {
    when: "it is an e-mail address",
    says: "fails",
    calls: withId("alice@example.org"),
    finding: { severity: "warning", at: "/arguments/0/publicKey/user/id", evidence: "an e-mail address" },
  },
  {
    when: "it is the user name",
    says: "fails",
    calls: [create({ user: { id: utf8("alice"), name: "alice" } })],
    finding: { evidence: "the same as user.name" },
  },
  { when: "it is a telephone number", says: "fails", calls: withId("+49 151 1234567") },
  { when: "it is a number that may be anything", says: "passes", calls: withId("4915112345678") },
  { when: "it is a UUID", says: "passes", calls: withId("7b4c6e2e-8d0f-4a7e-9c1a-2f6f0e5d4c3b") },
  { when: "it is random", says: "passes", calls: [create({ user: { id: bytes(64, 3) } })] },
  {
    when: "it is not made of bytes",
    says: "not-applicable",
    calls: [create({ user: { id: "alice@example.org" } })],
  },
  {
    when: "it is bytes that are no text",
    says: "passes",
    calls: [create({ user: { id: Uint8Array.of(0xff, 0x40, 0x61), name: "\ufffd@a" } })],
  },
] satisfies RuleCase[];
