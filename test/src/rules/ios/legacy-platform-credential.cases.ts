import { create, descriptor, get, passkey, raw, safari, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const ZERO = "00000000-0000-0000-0000-000000000000";
const bound = { backupEligible: false, backupState: false };
const on = (version: string) => ({ browser: safari(version) });

export default [
  {
    when: "iOS 15 made it, with Apple's anonymous attestation",
    says: "fails",
    calls: [
      create().returns(
        passkey("A", { aaguid: "f24a8e70-d0d3-f82c-2937-32523cc4de5a", fmt: "apple", ...bound }),
      ),
    ],
    page: on("15.6"),
    finding: { severity: "info", at: "/outcome/value/value/response/attestationObject", fix: /user\.id/ },
  },
  {
    when: "iOS 16 signs in with one that is not backed up",
    says: "fails",
    calls: [get().returns(passkey("A", bound))],
    page: on("16.5"),
    finding: { at: "/outcome/value/value/response/authenticatorData", evidence: "BE flag 0" },
  },
  {
    when: "iOS 18 signs in with one that iOS 15 made",
    says: "fails",
    calls: [
      create()
        .returns(passkey("A", { aaguid: "f24a8e70-d0d3-f82c-2937-32523cc4de5a", ...bound }))
        .in(on("15.6")),
      get().returns(passkey("A", bound)),
    ],
    page: on("18.5"),
  },
  { when: "it is a passkey", says: "passes", calls: [get().returns(passkey("A"))], page: on("18.5") },
  {
    when: "a security key answered",
    says: "not-applicable",
    calls: [create().returns(securityKey("K"))],
    page: on("18.5"),
  },
  {
    when: "a security key answered that Safari calls platform",
    says: "not-applicable",
    calls: [
      create().returns(securityKey("K", { attachment: "platform" })),
      get().returns(securityKey("K", { attachment: "platform" })),
    ],
    page: on("18.5"),
  },
  {
    when: "the list says that it is a security key",
    says: "not-applicable",
    calls: [
      get({ allowCredentials: [descriptor("K", ["usb"])] }).returns(
        securityKey("K", { attachment: "platform" }),
      ),
    ],
    page: on("18.5"),
  },
  {
    when: "the list says that it is on another device, in a Safari that knows no other providers",
    says: "not-applicable",
    calls: [get({ allowCredentials: [descriptor("A", ["hybrid"])] }).returns(passkey("A", bound))],
    page: on("16.5"),
  },
  {
    when: "another provider made it",
    says: "not-applicable",
    calls: [create().returns(passkey("A", { aaguid: "90a3ccdf-635c-4729-a248-9b709135078f", ...bound }))],
    page: on("18.5"),
  },
  {
    when: "nothing tells who made it",
    says: "cannot-tell",
    calls: [create().returns(passkey("A", { aaguid: ZERO, ...bound }))],
    page: on("18.5"),
  },
  {
    when: "the flags can't be read",
    says: "cannot-tell",
    calls: [
      get().returns(
        raw({
          $: "PublicKeyCredential",
          value: { id: "QQ", authenticatorAttachment: "platform", response: {} },
        }),
      ),
    ],
    page: on("18.5"),
  },
  { when: "it was made on Windows", says: "not-applicable", calls: [create().returns(passkey("A", bound))] },
  {
    when: "the attestation alone is Apple's anonymous one",
    says: "fails",
    calls: [create().returns(passkey("A", { aaguid: ZERO, fmt: "apple", ...bound }))],
    page: on("15.6"),
    finding: { evidence: /anonymous/ },
  },
  {
    when: "the AAGUID alone is that of Apple's anonymous attestation",
    says: "fails",
    calls: [create().returns(passkey("A", { aaguid: "f24a8e70-d0d3-f82c-2937-32523cc4de5a", fmt: "none" }))],
    page: on("15.6"),
    finding: { evidence: /anonymous/ },
  },
  {
    when: "the list says that it is on this device",
    says: "fails",
    calls: [get({ allowCredentials: [descriptor("A", ["internal"])] }).returns(passkey("A", bound))],
    page: on("16.5"),
  },
  {
    when: "it answered from another device",
    says: "not-applicable",
    calls: [get().returns(passkey("A", { ...bound, attachment: "cross-platform" }))],
    page: on("16.5"),
  },
  {
    when: "the call came to nothing",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError")],
    page: on("16.5"),
  },
] satisfies RuleCase[];
