import { create, descriptor, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const allowing = (transports?: string[]) => get({ allowCredentials: [descriptor("A", transports)] });

export default [
  {
    when: "they differ",
    says: "fails",
    calls: [create().returns(passkey("A")), allowing(["usb"])],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/allowCredentials/0/transports",
      evidence: "usb; the registration returned internal, hybrid",
      related: [0],
    },
  },
  {
    when: "one is missing",
    says: "fails",
    calls: [create().returns(passkey("A")), allowing(["internal"])],
    finding: { severity: "warning" },
  },
  {
    when: "they are left out",
    says: "fails",
    calls: [create().returns(passkey("A")), allowing()],
    finding: { severity: "info" },
  },
  {
    when: "they are the same in another order",
    says: "passes",
    calls: [create().returns(passkey("A")), allowing(["hybrid", "internal"])],
  },
  {
    when: "hybrid was added on purpose",
    says: "passes",
    calls: [create().returns(passkey("A", { transports: ["internal"] })), allowing(["internal", "hybrid"])],
  },
  {
    when: "the registration returned none",
    says: "passes",
    calls: [create().returns(passkey("A", { transports: [] })), allowing(["internal"])],
  },
  { when: "the registration is not in the log", says: "passes", calls: [allowing(["usb"])] },
  { when: "nothing is listed", says: "not-applicable", calls: [get()] },
  {
    when: "an excluded passkey has the transports of a key",
    says: "fails",
    calls: [create().returns(passkey("A")), create({ excludeCredentials: [descriptor("A", ["usb"])] })],
    finding: { severity: "warning", effect: "differs" },
  },
  {
    when: "a transport was added",
    says: "fails",
    calls: [
      create().returns(passkey("A")),
      get({ allowCredentials: [descriptor("A", ["internal", "hybrid", "usb"])] }),
    ],
  },
  {
    when: "none is sent",
    says: "fails",
    calls: [create().returns(passkey("A")), get({ allowCredentials: [descriptor("A")] })],
    finding: { severity: "info", effect: "works" },
  },
] satisfies RuleCase[];
