import { create, descriptor, get, passkey, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const excluding = (...transports: unknown[]) =>
  create({ excludeCredentials: transports.map((each) => descriptor("A", each)) });

export default [
  {
    when: "an entry is said to be reachable by hybrid alone",
    says: "fails",
    calls: [excluding(["hybrid"])],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/excludeCredentials/0/transports",
      evidence: 'transports "hybrid"',
    },
  },
  {
    when: "a known passkey is listed as a USB key",
    says: "fails",
    calls: [create().returns(passkey("A")), excluding(["usb"])],
  },
  { when: "judged as iOS 17.4", says: "fails", calls: [excluding(["hybrid"])], judgedAs: ios("17.4") },
  {
    when: "judged as iOS 17.3",
    says: "not-applicable",
    calls: [excluding(["hybrid"])],
    judgedAs: ios("17.3"),
  },
  { when: "the transports are Apple's", says: "passes", calls: [excluding(["internal", "hybrid"])] },
  { when: "there are no transports", says: "passes", calls: [excluding(undefined)] },
  { when: "the list of transports is empty", says: "passes", calls: [excluding([])] },
  { when: "an unknown entry is listed as a USB key", says: "passes", calls: [excluding(["usb", "nfc"])] },
  {
    when: "it really is a security key",
    says: "passes",
    calls: [create().returns(securityKey("A")), excluding(["usb"])],
  },
  {
    when: "nothing tells what the known credential is on",
    says: "cannot-tell",
    calls: [
      create().returns(
        passkey("A", { attachment: null, transports: [], backupEligible: false, backupState: false }),
      ),
      excluding(["usb"]),
    ],
  },
  { when: "nothing is excluded", says: "not-applicable", calls: [create()] },
  { when: "it is a sign-in", says: "not-applicable", calls: [get()] },
  {
    when: "a known passkey of another phone is listed as a USB key",
    says: "fails",
    calls: [
      create().returns(
        passkey("A", { attachment: "cross-platform", backupEligible: false, backupState: false }),
      ),
      excluding(["usb"]),
    ],
  },
  {
    when: "a known passkey that is bound to the phone is listed as a USB key",
    says: "fails",
    calls: [
      create().returns(passkey("A", { backupEligible: false, backupState: false })),
      excluding(["usb"]),
    ],
  },
  {
    when: "a known credential that is backed up is listed as a USB key",
    says: "fails",
    calls: [create().returns(passkey("A", { attachment: null })), excluding(["usb", "nfc"])],
    finding: { evidence: 'transports "usb", "nfc"' },
  },
] satisfies RuleCase[];
