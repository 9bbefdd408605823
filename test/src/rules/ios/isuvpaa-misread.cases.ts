import { call, chromeOnIphone, get, safari, webview } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const answering = (value: unknown) => [
  call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable").returns(value),
];

export default [
  {
    when: "iOS 17 says yes, as always",
    says: "fails",
    calls: answering(true),
    page: { browser: safari("17.6") },
    finding: { severity: "info", at: "/outcome/value", evidence: /even without a passcode/ },
  },
  {
    when: "iOS 26.2 says no",
    says: "fails",
    calls: answering(false),
    page: { browser: safari("26.2") },
    finding: { evidence: /not set up/ },
  },
  {
    when: "iOS 26.2 says yes",
    says: "fails",
    calls: answering(true),
    page: { browser: safari("26.2") },
    finding: { evidence: /not that there is one/ },
  },
  {
    when: "a web view says no",
    says: "fails",
    calls: answering(false),
    page: { browser: webview("17.5") },
    finding: { evidence: /web view/ },
  },
  {
    when: "Chrome on the iPhone says no",
    says: "fails",
    calls: answering(false),
    page: { browser: chromeOnIphone("17.5") },
    finding: { evidence: /other browsers/ },
  },
  {
    when: "a computer says no, judged as iOS 17",
    says: "fails",
    calls: answering(false),
    judgedAs: ios("17.6"),
    finding: { at: "/outcome", evidence: /^true before Safari 26.2/ },
  },
  { when: "judged as iOS 15", says: "not-applicable", calls: answering(true), judgedAs: ios("15.8") },
  { when: "it is another call", says: "not-applicable", calls: [get()] },
  {
    when: "iOS 17 says no",
    says: "fails",
    calls: answering(false),
    page: { browser: safari("17.6") },
    finding: { evidence: "false" },
  },
  {
    when: "a web view of iOS 26.2 says yes",
    says: "fails",
    calls: answering(true),
    page: { browser: webview("17.5") },
    finding: { evidence: /before Safari 26.2/ },
  },
  {
    when: "Chrome on the iPhone says yes",
    says: "fails",
    calls: answering(true),
    page: { browser: chromeOnIphone("17.5") },
    finding: { evidence: /before Safari 26.2/ },
  },
] satisfies RuleCase[];
