import { create, passkey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const named = (name: string, displayName = "Alice") => [create({ user: { name, displayName } })];

export default [
  {
    when: "the name is a UUID",
    says: "fails",
    calls: named("7b4c6e2e-8d0f-4a7e-9c1a-2f6f0e5d4c3b"),
    finding: { severity: "warning", at: "/arguments/0/publicKey/user/name" },
  },
  { when: "the name is empty", says: "fails", calls: named("") },
  { when: "the name is a random handle", says: "fails", calls: named("q8Zx3LmP0aKdR7tYv2Wn") },
  { when: "judged as iOS 17.3", says: "not-applicable", calls: named(""), judgedAs: ios("17.3") },
  { when: "the name is an e-mail address", says: "passes", calls: [create()] },
  { when: "the name is a long word", says: "passes", calls: named("maximilian-von-hohenzollern") },
  { when: "the name is a telephone number", says: "passes", calls: named("+4915112345678") },
  { when: "the display name is no better", says: "passes", calls: named("", "") },
  {
    when: "another password app made it",
    says: "not-applicable",
    calls: [named("")[0]!.returns(passkey("A", { aaguid: "bada5566-a7aa-401f-bd96-45619a55120d" }))],
  },
  { when: "there is no name", says: "not-applicable", calls: [create({ user: { name: undefined } })] },
  { when: "the name is a hexadecimal number", says: "fails", calls: named("3f2a9c0b7d4e1a55") },
  { when: "the name is a number", says: "passes", calls: named("1234567890123456") },
  { when: "the name is a long word of the letters a to f", says: "passes", calls: named("deadbeefdeadbeef") },
  { when: "the name is a hexadecimal number of four digits", says: "passes", calls: named("3f2a") },
  { when: "the name is words without a digit", says: "passes", calls: named("MaximilianVonHohenzollern") },
  {
    when: "the name is words with a number, all small",
    says: "passes",
    calls: named("customer-number-12345678"),
  },
  {
    when: "the name is words with a number, all capital",
    says: "passes",
    calls: named("CUSTOMER-NUMBER-12345678"),
  },
  { when: "the name is a sentence", says: "passes", calls: named("Alice of the 2nd Department") },
  {
    when: "there is no display name",
    says: "not-applicable",
    calls: [create({ user: { name: "", displayName: undefined } })],
  },
  { when: "Apple's app made it", says: "fails", calls: [named("")[0]!.returns(passkey("A"))] },
] satisfies RuleCase[];
