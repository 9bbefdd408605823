import { bytes, create, get, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const extended = (extensions: unknown) => [create({ extensions })];
const at = "/arguments/0/publicKey/extensions";

export default [
  {
    when: "minPinLength is asked for",
    says: "fails",
    calls: extended({ minPinLength: true }),
    finding: { severity: "info", at: `${at}/minPinLength`, evidence: "minPinLength: boolean true" },
  },
  {
    when: "a protection policy is asked for",
    says: "fails",
    calls: extended({ credentialProtectionPolicy: "userVerificationRequired" }),
    finding: { severity: "info" },
  },
  {
    when: "a protection policy is to be enforced",
    says: "fails",
    calls: extended({
      credentialProtectionPolicy: "userVerificationRequired",
      enforceCredentialProtectionPolicy: true,
    }),
    finding: { severity: "warning", at: `${at}/credentialProtectionPolicy`, title: /enforced/ },
  },
  {
    when: "the passkey is to confirm payments",
    says: "fails",
    calls: extended({ payment: { isPayment: true } }),
    finding: { severity: "warning", at: `${at}/payment` },
  },
  {
    when: "a sign-in asks for a blob",
    says: "fails",
    calls: [get({ extensions: { getCredBlob: true } })],
  },
  {
    when: "sources disagree about it",
    says: "cannot-tell",
    calls: extended({ appidExclude: "https://example.com" }),
  },
  {
    when: "the extensions could not be kept",
    says: "cannot-tell",
    calls: extended(raw({ $: "unreadable", error: "Error" })),
  },
  {
    when: "only what Safari reads is sent",
    says: "not-applicable",
    calls: extended({
      credProps: true,
      prf: { eval: { first: bytes(32) } },
      largeBlob: { support: "preferred" },
    }),
  },
  {
    when: "a sign-in sends appid",
    says: "not-applicable",
    calls: [get({ extensions: { appid: "https://example.com" } })],
  },
  { when: "the member is undefined", says: "not-applicable", calls: extended({ minPinLength: undefined }) },
  {
    when: "judged as Windows",
    says: "not-applicable",
    calls: extended({ minPinLength: true }),
    judgedAs: { os: "other" },
  },
  {
    when: "a policy is to be enforced, and none is there",
    says: "not-applicable",
    calls: [create({ extensions: { enforceCredentialProtectionPolicy: true } })],
  },
  {
    when: "another extension stands beside an enforced policy",
    says: "fails",
    calls: [create({ extensions: { enforceCredentialProtectionPolicy: true, minPinLength: true } })],
    finding: { severity: "info", effect: "differs" },
  },
] satisfies RuleCase[];
