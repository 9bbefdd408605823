import {
  CHROME,
  create,
  descriptor,
  get,
  passkey,
  raw,
  safari,
  securityKey,
} from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const acrossDevices = passkey("A", { attachment: "cross-platform" });
const notBackedUp = { backupEligible: false, backupState: false };
const iphone = { browser: safari("18.5") };

export default [
  {
    when: "it may have been a security key",
    says: "cannot-tell",
    calls: [
      get().returns(
        raw({
          $: "PublicKeyCredential",
          value: { id: "QQ", authenticatorAttachment: "cross-platform", response: {} },
        }),
      ),
    ],
    page: iphone,
  },
  {
    when: "an iPhone used the passkey of another phone",
    says: "fails",
    calls: [get().returns(acrossDevices)],
    page: iphone,
    finding: {
      severity: "info",
      at: "/outcome/value/value/authenticatorAttachment",
      evidence: 'string "cross-platform"',
    },
  },
  {
    when: "a desktop used the passkey that Apple Passwords made",
    says: "fails",
    calls: [create().returns(passkey("A")).in(iphone), get().returns(acrossDevices)],
    page: { browser: CHROME },
  },
  {
    when: "the list says hybrid",
    says: "fails",
    calls: [
      get({ allowCredentials: [descriptor("A", ["internal", "hybrid"])] }).returns(
        passkey("A", { attachment: "cross-platform", ...notBackedUp }),
      ),
    ],
    page: iphone,
  },
  {
    when: "on iOS 15, which knows no QR codes",
    says: "not-applicable",
    calls: [get().returns(acrossDevices)],
    page: { browser: safari("15.6") },
  },
  {
    when: "the passkey is on this iPhone",
    says: "passes",
    calls: [get().returns(passkey("A"))],
    page: iphone,
  },
  {
    when: "a security key answered",
    says: "not-applicable",
    calls: [get().returns(securityKey("K"))],
    page: iphone,
  },
  {
    when: "a desktop used a phone of unknown make",
    says: "cannot-tell",
    calls: [get().returns(acrossDevices)],
  },
  {
    when: "a desktop used a passkey that is not Apple's",
    says: "not-applicable",
    calls: [
      create().returns(passkey("A", { aaguid: "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4" })),
      get().returns(acrossDevices),
    ],
  },
  {
    when: "nothing came back",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError")],
    page: iphone,
  },
  {
    when: "the list says hybrid, and it is not backed up",
    says: "fails",
    calls: [
      get({ allowCredentials: [descriptor("A", ["hybrid"])] }).returns(
        passkey("A", { attachment: "cross-platform", backupEligible: false, backupState: false }),
      ),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "the list says internal, and it is not backed up",
    says: "fails",
    calls: [
      get({ allowCredentials: [descriptor("A", ["internal"])] }).returns(
        passkey("A", { attachment: "cross-platform", backupEligible: false, backupState: false }),
      ),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "the list says usb, and it is not backed up",
    says: "not-applicable",
    calls: [
      get({ allowCredentials: [descriptor("A", ["usb"])] }).returns(
        passkey("A", { attachment: "cross-platform", backupEligible: false, backupState: false }),
      ),
    ],
    page: { browser: safari("18.5") },
  },
] satisfies RuleCase[];
