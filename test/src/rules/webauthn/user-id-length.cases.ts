import { bytes, create, get, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const withUserId = (id: unknown) => [create({ user: { id } })];

export default [
  {
    when: "the handle has 65 bytes",
    says: "fails",
    calls: withUserId(bytes(65)),
    finding: { severity: "error", at: "/arguments/0/publicKey/user/id", evidence: "Uint8Array, 65 bytes" },
  },
  {
    when: "the handle is empty",
    says: "fails",
    calls: withUserId(bytes(0)),
    finding: { effect: "fails", evidence: /0 bytes/, title: /is empty/, experience: /TypeError.*Chrome/ },
  },
  { when: "the handle has 1 byte", says: "passes", calls: withUserId(bytes(1)) },
  { when: "the handle has 64 bytes", says: "passes", calls: withUserId(bytes(64)) },
  {
    when: "65 bytes are masked",
    says: "fails",
    calls: withUserId(raw({ $: "masked", type: "Uint8Array", length: 65, fingerprint: "00000000" })),
  },
  {
    when: "the handle is a string, which is another rule's affair",
    says: "not-applicable",
    calls: withUserId("abc"),
  },
  { when: "there is no handle", says: "not-applicable", calls: withUserId(undefined) },
  {
    when: "the handle could not be read",
    says: "cannot-tell",
    calls: withUserId(raw({ $: "unreadable", error: "Error" })),
  },
  { when: "it is a sign-in", says: "not-applicable", calls: [get()] },
] satisfies RuleCase[];
