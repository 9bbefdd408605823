import { create, get } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

export default [
  {
    when: "it is a minute, on iOS 26",
    says: "fails",
    calls: [get({ timeout: 60_000 })],
    finding: { severity: "info", at: "/arguments/0/publicKey/timeout", evidence: "number 60000" },
  },
  {
    when: "it is a minute, judged as iOS 17.3",
    says: "fails",
    calls: [get({ timeout: 60_000 })],
    judgedAs: ios("17.3"),
    finding: { severity: "warning" },
  },
  {
    when: "it is three minutes, judged as iOS 17.3",
    says: "fails",
    calls: [create({ timeout: 180_000 })],
    judgedAs: ios("17.3"),
    finding: { severity: "info" },
  },
  { when: "it is five minutes", says: "passes", calls: [get()] },
  { when: "there is none", says: "not-applicable", calls: [get({ timeout: undefined })] },
  {
    when: "AutoFill is asked, which has no timer",
    says: "not-applicable",
    calls: [get({ timeout: 1 }, { mediation: "conditional" })],
  },
  {
    when: "it is two minutes, on iOS 17.3",
    says: "fails",
    calls: [get({ timeout: 120_000 })],
    judgedAs: ios("17.3"),
    finding: { severity: "info" },
  },
  {
    when: "it is a little less than two minutes, on iOS 17.3",
    says: "fails",
    calls: [get({ timeout: 119_999 })],
    judgedAs: ios("17.3"),
    finding: { severity: "warning", effect: "works" },
  },
  {
    when: "it is a little less than two minutes, on iOS 17.4",
    says: "fails",
    calls: [get({ timeout: 119_999 })],
    judgedAs: ios("17.4"),
    finding: { severity: "info" },
  },
] satisfies RuleCase[];
