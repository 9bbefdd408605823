import { create, get, passkey, raw, safariOnMac } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const unverified = passkey("A", { userVerified: false });

export default [
  {
    when: "a sign-in on a Mac without Touch ID was not verified",
    says: "fails",
    calls: [get().returns(unverified)],
    page: { browser: safariOnMac("18.3") },
    finding: { severity: "warning", evidence: 'UV flag 0, userVerification "preferred"' },
  },
  {
    when: "the page said nothing of verification",
    says: "fails",
    calls: [create({ authenticatorSelection: undefined }).returns(unverified)],
    finding: { severity: "warning", at: "/outcome/value/value/response/attestationObject" },
  },
  {
    when: "the page discouraged it",
    says: "fails",
    calls: [get({ userVerification: "discouraged" }).returns(unverified)],
    finding: { severity: "info" },
  },
  { when: "the person was verified", says: "passes", calls: [get().returns(passkey("A"))] },
  {
    when: "an automatic upgrade was not verified, as is its nature",
    says: "not-applicable",
    calls: [create({}, { mediation: "conditional" }).returns(unverified)],
  },
  {
    when: "verification was required, which is another rule's affair",
    says: "not-applicable",
    calls: [get({ userVerification: "required" }).returns(unverified)],
  },
  {
    when: "the flags can't be read",
    says: "cannot-tell",
    calls: [get().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: {} } }))],
  },
  {
    when: "AutoFill verified nobody",
    says: "fails",
    calls: [get({}, { mediation: "conditional" }).returns(passkey("A", { userVerified: false }))],
  },
] satisfies RuleCase[];
