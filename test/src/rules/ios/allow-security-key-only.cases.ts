import { create, descriptor, get, passkey, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const allowing = (...entries: [string, string[]][]) =>
  get({ allowCredentials: entries.map(([name, transports]) => descriptor(name, transports)) });

export default [
  {
    when: "a known passkey is listed as a key",
    says: "fails",
    calls: [create().returns(passkey("A")), allowing(["A", ["usb"]])],
    finding: { severity: "warning", at: "/arguments/0/publicKey/allowCredentials", evidence: /a passkey/ },
  },
  {
    when: "a known key is listed as a passkey",
    says: "fails",
    calls: [create().returns(securityKey("K")), allowing(["K", ["internal"]])],
    finding: { evidence: /a security key/ },
  },
  {
    when: "a key stands beside internal, judged as iOS 17.4",
    says: "fails",
    calls: [allowing(["A", ["internal"]], ["K", ["usb"]])],
    judgedAs: ios("17.4"),
    finding: { evidence: /17\.4/ },
  },
  {
    when: "a key stands beside internal, on iOS 26",
    says: "passes",
    calls: [allowing(["A", ["internal"]], ["K", ["usb"]])],
  },
  {
    when: "judged as iOS 17.3",
    says: "not-applicable",
    calls: [create().returns(passkey("A")), allowing(["A", ["usb"]])],
    judgedAs: ios("17.3"),
  },
  {
    when: "the account's keys are known to be keys",
    says: "passes",
    calls: [create().returns(securityKey("K")), allowing(["K", ["usb", "nfc"]])],
  },
  {
    when: "nothing is known of the listed keys",
    says: "cannot-tell",
    calls: [allowing(["K", ["usb", "nfc"]])],
  },
  {
    when: "a passkey is listed as what it is",
    says: "passes",
    calls: [create().returns(passkey("A")), allowing(["A", ["internal", "hybrid"]])],
  },
  { when: "no transports are given", says: "not-applicable", calls: [allowing(["A", []])] },
  { when: "nothing is listed", says: "not-applicable", calls: [get()] },
] satisfies RuleCase[];
