import { create, descriptor, get, passkey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const allowing = (...transports: (string[] | undefined)[]) =>
  get({ allowCredentials: transports.map((each, index) => descriptor(`C${index}`, each)) });

export default [
  {
    when: "the only credential is internal",
    says: "fails",
    calls: [allowing(["internal"])],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/allowCredentials",
      evidence: "transports internal, nowhere hybrid",
    },
  },
  {
    when: "there are security keys beside it",
    says: "fails",
    calls: [allowing(["internal"], ["usb", "nfc"])],
  },
  { when: "judged as iOS 18.0", says: "fails", calls: [allowing(["internal"])], judgedAs: ios("18.0") },
  {
    when: "judged as iOS 17",
    says: "not-applicable",
    calls: [allowing(["internal"])],
    judgedAs: ios("17.6"),
  },
  { when: "hybrid is among them", says: "passes", calls: [allowing(["internal"], ["internal", "hybrid"])] },
  { when: "hybrid has its old name", says: "passes", calls: [allowing(["internal", "cable"])] },
  { when: "one has no transports", says: "passes", calls: [allowing(["internal"], undefined)] },
  { when: "one has an empty list", says: "passes", calls: [allowing(["internal"], [])] },
  {
    when: "the credential is known to be bound to its device",
    says: "passes",
    calls: [
      create().returns(
        passkey("C0", { transports: ["internal"], backupEligible: false, backupState: false }),
      ),
      allowing(["internal"]),
    ],
  },
  { when: "security keys alone are allowed", says: "not-applicable", calls: [allowing(["usb", "nfc"])] },
  { when: "nothing is listed", says: "not-applicable", calls: [get()] },
  {
    when: "AutoFill is asked, which shows no QR code anyway",
    says: "not-applicable",
    calls: [get({ allowCredentials: [descriptor("A", ["internal"])] }, { mediation: "conditional" })],
  },
  {
    when: "one is bound to this device, the other on a security key",
    says: "passes",
    calls: [
      create().returns(passkey("A", { backupEligible: false, backupState: false })),
      get({ allowCredentials: [descriptor("A", ["internal"]), descriptor("K", ["usb"])] }),
    ],
  },
] satisfies RuleCase[];
