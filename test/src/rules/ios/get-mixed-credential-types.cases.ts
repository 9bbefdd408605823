import { call, get, raw, safari } from "../../../support/recordings.js";
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
] satisfies RuleCase[];
