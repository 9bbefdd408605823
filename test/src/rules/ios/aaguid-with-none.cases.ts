import { create, get, passkey, safari, webview } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const ZEROS = "00000000-0000-0000-0000-000000000000";

export default [
  {
    when: "Apple Passwords names itself",
    says: "fails",
    calls: [create().returns(passkey("A"))],
    page: { browser: safari("26.6") },
    finding: {
      severity: "info",
      at: "/outcome/value/value/response/attestationObject",
      evidence: "fbfc3007-154e-4ecc-8c0b-6e020557d7bd",
    },
  },
  {
    when: "iOS 16 names none",
    says: "fails",
    calls: [create().returns(passkey("A", { aaguid: ZEROS }))],
    page: { browser: safari("16.7") },
    finding: { evidence: ZEROS, title: /do not say which provider/ },
  },
  {
    when: "a provider on iOS 26 names none",
    says: "passes",
    calls: [create().returns(passkey("A", { aaguid: ZEROS }))],
    page: { browser: safari("26.6") },
  },
  {
    when: "the passkey is attested",
    says: "not-applicable",
    calls: [create().returns(passkey("A", { fmt: "packed" }))],
    page: { browser: safari("26.6") },
  },
  { when: "it was made elsewhere", says: "not-applicable", calls: [create().returns(passkey("A"))] },
  {
    when: "it was made on iOS 15",
    says: "not-applicable",
    calls: [create().returns(passkey("A"))],
    page: { browser: safari("15.8") },
  },
  { when: "it is a sign-in", says: "not-applicable", calls: [get().returns(passkey("A"))] },
  {
    when: "it is all zeros, on a version that the web view hides",
    says: "passes",
    calls: [create().returns(passkey("A", { aaguid: "00000000-0000-0000-0000-000000000000", fmt: "none" }))],
    page: { browser: webview("26.1") },
  },
] satisfies RuleCase[];
