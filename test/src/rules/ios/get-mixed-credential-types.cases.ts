import { call, get, raw, safari, webview } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

export default [
  {
    when: "passwords alone are asked for, on an iPhone",
    says: "fails",
    calls: [call("credentials.get", { password: true })],
    page: { browser: safari("18.5") },
    finding: { severity: "error", at: "/arguments/0", evidence: "password" },
  },
  {
    when: "nothing is asked for",
    says: "fails",
    calls: [call("credentials.get", {})],
    finding: { evidence: "no type at all" },
  },
  {
    when: "two requests that Safari knows are mixed",
    says: "fails",
    calls: [get({}, { digital: {} })],
    finding: { evidence: "publicKey and digital" },
  },
  {
    when: "passwords come beside, judged as iOS 27",
    says: "fails",
    calls: [get({}, { password: true })],
    judgedAs: ios("27.0"),
  },
  {
    when: "passwords come beside, which iOS 26 ignores",
    says: "passes",
    calls: [get({}, { password: true })],
    judgedAs: ios("26.6"),
  },
  {
    when: "passwords alone are asked for, in a browser that may have them",
    says: "cannot-tell",
    calls: [call("credentials.get", { password: true })],
  },
  {
    when: "the options could not be kept",
    says: "cannot-tell",
    calls: [call("credentials.get", raw({ $: "unreadable", error: "Error" }))],
  },
  { when: "a passkey alone is asked for", says: "passes", calls: [get()] },
  {
    when: "judged as Windows",
    says: "not-applicable",
    calls: [call("credentials.get", {})],
    judgedAs: { os: "other" },
  },
  {
    when: "federated sign-in comes beside, judged as iOS 27",
    says: "fails",
    calls: [get({}, { federated: {} })],
    judgedAs: ios("27.0"),
  },
  {
    when: "an identity comes beside, judged as iOS 27",
    says: "fails",
    calls: [get({}, { identity: {} })],
    judgedAs: ios("27.0"),
  },
  {
    when: "a code from a message comes beside, judged as iOS 27",
    says: "fails",
    calls: [get({}, { otp: {} })],
    judgedAs: ios("27.0"),
    finding: { evidence: "publicKey and otp" },
  },
  {
    when: "a passkey alone is asked for, judged as iOS 27",
    says: "passes",
    calls: [get()],
    judgedAs: ios("27.0"),
  },
  {
    when: "passwords come beside, in a web view that hides its version",
    says: "passes",
    calls: [get({}, { password: true })],
    page: { browser: webview("26.1") },
  },
] satisfies RuleCase[];
