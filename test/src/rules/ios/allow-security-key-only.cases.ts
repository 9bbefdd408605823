import { create, descriptor, get, passkey, securityKey, webview } from "../../../support/recordings.js";
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
  {
    when: "a known passkey is listed with the other transports of keys",
    says: "fails",
    calls: [create().returns(passkey("A")), allowing(["A", ["ble", "smart-card", "cable"]])],
  },
  {
    when: "a passkey of another phone is listed as a key",
    says: "fails",
    calls: [create().returns(passkey("A", { attachment: "cross-platform" })), allowing(["A", ["usb"]])],
  },
  {
    when: "a credential that is backed up is listed as a key",
    says: "fails",
    calls: [create().returns(passkey("A", { attachment: null })), allowing(["A", ["usb"]])],
  },
  {
    when: "a credential of which nothing is known is listed as a key",
    says: "cannot-tell",
    calls: [
      create().returns(passkey("A", { attachment: null, backupEligible: false, backupState: false })),
      allowing(["A", ["usb"]]),
    ],
  },
  {
    when: "one of two entries has no transports",
    says: "not-applicable",
    calls: [create().returns(passkey("A")), allowing(["A", ["usb"]], ["B", []])],
  },
  {
    when: "one of two keys is known",
    says: "cannot-tell",
    calls: [create().returns(securityKey("K")), allowing(["K", ["usb"]], ["L", ["usb"]])],
  },
  {
    when: "one of two known ones is a key that is listed as a passkey",
    says: "fails",
    calls: [
      create().returns(passkey("A")),
      create().returns(securityKey("K")),
      allowing(["A", ["internal"]], ["K", ["internal"]]),
    ],
  },
  {
    when: "one of two known ones is a passkey that is listed as a key",
    says: "fails",
    calls: [
      create().returns(passkey("A")),
      create().returns(securityKey("K")),
      allowing(["A", ["usb"]], ["K", ["usb"]]),
    ],
  },
  {
    when: "another phone stands beside internal, judged as iOS 17.4",
    says: "passes",
    calls: [allowing(["A", ["internal"]], ["B", ["cable"]])],
    judgedAs: ios("17.4"),
  },
  {
    when: "a passkey alone is listed, judged as iOS 17.4",
    says: "passes",
    calls: [allowing(["A", ["internal"]])],
    judgedAs: ios("17.4"),
  },
  {
    when: "a known key stands beside internal, on iOS 17.5",
    says: "passes",
    calls: [create().returns(securityKey("K")), allowing(["A", ["internal"]], ["K", ["usb"]])],
    judgedAs: ios("17.5"),
  },
  {
    when: "a known key is listed as a passkey, in a web view that hides its version, which is at least 18.6",
    says: "fails",
    calls: [create().returns(securityKey("K")), allowing(["K", ["internal"]])],
    page: { browser: webview("26.1") },
  },
] satisfies RuleCase[];
