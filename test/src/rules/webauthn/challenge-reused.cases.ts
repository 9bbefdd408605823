import { bytes, create, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const challenge = bytes(32, 50);

export default [
  {
    when: "two sign-ins share it",
    says: "fails",
    calls: [get({ challenge }).returns(passkey("A")), get({ challenge })],
    finding: { severity: "error", at: "/arguments/0/publicKey/challenge", related: [0] },
  },
  {
    when: "a registration and a sign-in share it",
    says: "fails",
    calls: [create({ challenge }).returns(passkey("A")), get({ challenge })],
    finding: { severity: "error" },
  },
  {
    when: "the person declined, and tries again with the same options",
    says: "fails",
    calls: [get({ challenge }).rejects("NotAllowedError"), get({ challenge }).returns(passkey("A"))],
    finding: { severity: "warning", title: /before it was answered/, related: [0] },
  },
  {
    when: "the second of three was answered",
    says: "fails",
    calls: [
      get({ challenge }).rejects("NotAllowedError"),
      get({ challenge }).returns(passkey("A")),
      get({ challenge }),
    ],
    finding: { severity: "error", related: [1] },
  },
  {
    when: "AutoFill answered it, and the button sends it again",
    says: "fails",
    calls: [get({ challenge }, { mediation: "conditional" }).returns(passkey("A")), get({ challenge })],
    finding: { severity: "error", related: [0] },
  },
  {
    when: "AutoFill and the button of one page share it",
    says: "fails",
    calls: [get({ challenge }, { mediation: "conditional" }), get({ challenge })],
    finding: { severity: "warning" },
  },
  {
    when: "AutoFill of another page had it, and answered",
    says: "fails",
    calls: [
      get({ challenge }, { mediation: "conditional" })
        .in({ origin: "https://example.org" })
        .returns(passkey("A")),
      get({ challenge }),
    ],
    finding: { severity: "error" },
  },
  { when: "each has its own", says: "passes", calls: [get(), get()] },
  {
    when: "it is not made of bytes",
    says: "not-applicable",
    calls: [get({ challenge: "abc" }), get({ challenge: "abc" })],
  },
  {
    when: "a registration has the challenge of a sign-in",
    says: "fails",
    calls: [get({ challenge: bytes(32, 99) }).returns(passkey("A")), create({ challenge: bytes(32, 99) })],
    finding: { severity: "error", effect: "works", related: [0] },
  },
  {
    when: "AutoFill is asked twice with the same challenge",
    says: "fails",
    calls: [
      get({ challenge: bytes(32, 99) }, { mediation: "conditional" }),
      get({ challenge: bytes(32, 99) }, { mediation: "conditional" }),
    ],
    finding: { severity: "warning" },
  },
] satisfies RuleCase[];
