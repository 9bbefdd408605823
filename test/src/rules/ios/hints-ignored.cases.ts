import { create, get } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const steered = { hints: ["hybrid"], authenticatorSelection: { authenticatorAttachment: "cross-platform" } };

export default [
  {
    when: "hints alone are to steer a registration",
    says: "fails",
    calls: [create({ hints: ["security-key", "hybrid"] })],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/hints",
      evidence: 'string "security-key", string "hybrid"',
      title: /nothing else/,
    },
  },
  {
    when: "the attachment says the same",
    says: "fails",
    calls: [create(steered)],
    finding: { severity: "info" },
  },
  {
    when: "a sign-in hints",
    says: "fails",
    calls: [get({ hints: ["client-device"] })],
    finding: { severity: "info" },
  },
  {
    when: "on the beta of iOS 27, too",
    says: "fails",
    calls: [get({ hints: ["client-device"] })],
    judgedAs: ios("27.0"),
  },
  {
    when: "on iOS 28, which nobody has seen",
    says: "not-applicable",
    calls: [get({ hints: ["hybrid"] })],
    judgedAs: ios("28.0"),
  },
  {
    when: "on a Mac",
    says: "not-applicable",
    calls: [get({ hints: ["hybrid"] })],
    judgedAs: { os: "macos", safari: "26.0" },
  },
  { when: "hints are empty", says: "not-applicable", calls: [create({ hints: [] })] },
  { when: "there are no hints", says: "not-applicable", calls: [create()] },
  {
    when: "the attachment says the same",
    says: "fails",
    calls: [
      create({
        hints: ["security-key"],
        authenticatorSelection: { authenticatorAttachment: "cross-platform" },
      }),
    ],
    finding: { severity: "info", effect: "works" },
  },
  {
    when: "nothing else says it when registering",
    says: "fails",
    calls: [create({ hints: ["security-key"] })],
    finding: { severity: "warning", effect: "differs" },
  },
  {
    when: "they stand in a sign-in",
    says: "fails",
    calls: [get({ hints: ["hybrid"] })],
    finding: { severity: "info", effect: "differs" },
  },
] satisfies RuleCase[];
