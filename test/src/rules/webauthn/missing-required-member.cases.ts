import { call, create, get, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "user.displayName is missing",
    says: "fails",
    calls: [create({ user: { displayName: undefined } })],
    finding: { severity: "error", at: "/arguments/0/publicKey/user/displayName", title: /user\.displayName/ },
  },
  {
    when: "the whole rp is missing",
    says: "fails",
    calls: [create({ rp: undefined })],
    finding: { at: "/arguments/0/publicKey/rp", title: /rp\.name/ },
  },
  {
    when: "pubKeyCredParams is missing",
    says: "fails",
    calls: [create({ pubKeyCredParams: undefined })],
    finding: { at: "/arguments/0/publicKey/pubKeyCredParams" },
  },
  {
    when: "a sign-in has no challenge",
    says: "fails",
    calls: [get({ challenge: undefined })],
    finding: { at: "/arguments/0/publicKey/challenge" },
  },
  {
    when: "displayName is empty and pubKeyCredParams, too",
    says: "passes",
    calls: [create({ user: { displayName: "" }, pubKeyCredParams: [] })],
  },
  { when: "a sign-in has all it needs", says: "passes", calls: [get()] },
  {
    when: "no public key credential is asked for",
    says: "not-applicable",
    calls: [call("credentials.get", { password: true })],
  },
  {
    when: "the options could not be kept",
    says: "cannot-tell",
    calls: [call("credentials.get", { publicKey: raw({ $: "unreadable", error: "Error" }) })],
  },
] satisfies RuleCase[];
