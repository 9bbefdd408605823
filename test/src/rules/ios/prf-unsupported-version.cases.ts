import { bytes, call, create, get, raw } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const prf = { extensions: { prf: { eval: { first: bytes(32) } } } };

export default [
  {
    when: "a sign-in asks for key material on iOS 17",
    says: "fails",
    calls: [get(prf)],
    judgedAs: ios("17.6"),
    finding: { severity: "warning", at: "/arguments/0/publicKey/extensions/prf", evidence: "prf with eval" },
  },
  {
    when: "a registration asks for it on iOS 15",
    says: "fails",
    calls: [create(prf)],
    judgedAs: ios("15.8"),
    finding: { severity: "warning" },
  },
  {
    when: "a registration asks whether there would be any",
    says: "fails",
    calls: [create({ extensions: { prf: {} } })],
    judgedAs: ios("17.6"),
    finding: { severity: "info", evidence: "prf, empty" },
  },
  { when: "judged as iOS 18", says: "not-applicable", calls: [get(prf)], judgedAs: ios("18.0") },
  { when: "prf is not asked for", says: "not-applicable", calls: [get()], judgedAs: ios("17.6") },
  {
    when: "the page looked first, and may manage without",
    says: "cannot-tell",
    calls: [call("PublicKeyCredential.getClientCapabilities").returns({ "extension:prf": false }), get(prf)],
    judgedAs: ios("17.6"),
  },
  {
    when: "the extensions could not be kept",
    says: "cannot-tell",
    calls: [get({ extensions: raw({ $: "unreadable", error: "Error" }) })],
    judgedAs: ios("17.6"),
  },
  {
    when: "a sign-in has an input for each credential",
    says: "fails",
    calls: [get({ extensions: { prf: { evalByCredential: { AAAA: { first: bytes(32) } } } } })],
    judgedAs: ios("17.6"),
    finding: { severity: "warning", effect: "differs" },
  },
  {
    when: "a registration only asks whether there is prf",
    says: "fails",
    calls: [create({ extensions: { prf: {} } })],
    judgedAs: ios("17.6"),
    finding: { severity: "info", effect: "works" },
  },
] satisfies RuleCase[];
