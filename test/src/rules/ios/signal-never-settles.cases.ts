import { call, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const unknown = () =>
  call("PublicKeyCredential.signalUnknownCredential", { rpId: "example.com", credentialId: "AAAA" });
const all = () =>
  call("PublicKeyCredential.signalAllAcceptedCredentials", {
    rpId: "example.com",
    userId: "AAAA",
    allAcceptedCredentialIds: ["AAAA"],
  });

export default [
  {
    when: "the promise is pending on iOS 26.1",
    says: "fails",
    calls: [unknown()],
    page: { browser: safari("26.1") },
    finding: {
      severity: "warning",
      at: "/outcome/status",
      evidence: "signalUnknownCredential() is still pending",
    },
  },
  {
    when: "it settled in Chrome, judged as iOS 26.3",
    says: "fails",
    calls: [all().returns(undefined)],
    judgedAs: ios("26.3"),
    finding: { evidence: "signalAllAcceptedCredentials()" },
  },
  {
    when: "it settled on iOS 26.1 after all",
    says: "passes",
    calls: [all().returns(undefined)],
    page: { browser: safari("26.1") },
  },
  {
    when: "it was refused, which settles it",
    says: "passes",
    calls: [unknown().rejects("SecurityError")],
    page: { browser: safari("26.1") },
  },
  { when: "on iOS 26.4", says: "not-applicable", calls: [unknown()], page: { browser: safari("26.4") } },
  {
    when: "it is the method that does settle",
    says: "not-applicable",
    calls: [call("PublicKeyCredential.signalCurrentUserDetails", { rpId: "example.com" })],
    page: { browser: safari("26.1") },
  },
  {
    when: "on iOS 18.5, which has no such method",
    says: "not-applicable",
    calls: [unknown()],
    page: { browser: safari("18.5") },
  },
  {
    when: "another browser refused the signal",
    says: "passes",
    calls: [
      call("PublicKeyCredential.signalUnknownCredential", {
        rpId: "example.com",
        credentialId: "AA",
      }).rejects("SecurityError"),
    ],
    judgedAs: ios("26.1"),
  },
] satisfies RuleCase[];
