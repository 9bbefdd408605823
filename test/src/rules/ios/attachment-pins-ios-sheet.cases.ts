import { create, get } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const attached = (authenticatorAttachment: unknown, others = {}) => [
  create({ authenticatorSelection: { authenticatorAttachment }, ...others }),
];

export default [
  {
    when: "cross-platform",
    says: "fails",
    calls: attached("cross-platform"),
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/authenticatorSelection/authenticatorAttachment",
      evidence: 'string "cross-platform"',
      experience: /security key.*QR code/,
    },
  },
  {
    when: "the hint was meant to bring a QR code",
    says: "fails",
    calls: attached("cross-platform", { hints: ["hybrid"] }),
  },
  { when: "platform", says: "fails", calls: attached("platform"), finding: { severity: "info" } },
  { when: "judged as iOS 16", says: "fails", calls: attached("platform"), judgedAs: ios("16.1") },
  { when: "judged as iOS 15", says: "not-applicable", calls: attached("platform"), judgedAs: ios("15.8") },
  {
    when: "the hint says that keys are enrolled",
    says: "passes",
    calls: attached("cross-platform", { hints: ["security-key"] }),
  },
  {
    when: "the model of the key is asked for",
    says: "passes",
    calls: attached("cross-platform", { attestation: "direct" }),
  },
  { when: "the attachment is left out", says: "not-applicable", calls: attached(undefined) },
  {
    when: "the attachment is null, which is another rule's affair",
    says: "not-applicable",
    calls: attached(null),
  },
  { when: "it is a sign-in", says: "not-applicable", calls: [get()] },
  {
    when: "a company registers hardware keys",
    says: "passes",
    calls: [
      create({
        attestation: "enterprise",
        authenticatorSelection: { authenticatorAttachment: "cross-platform" },
      }),
    ],
  },
] satisfies RuleCase[];
