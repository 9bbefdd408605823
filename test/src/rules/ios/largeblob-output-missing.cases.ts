import { create, descriptor, get, passkey, safari, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const support = { extensions: { largeBlob: { support: "preferred" } } };
const read = { allowCredentials: [descriptor("A")], extensions: { largeBlob: { read: true } } };
const onIphone = { browser: safari("26.4") };

export default [
  {
    when: "Apple Passwords did not answer",
    says: "fails",
    calls: [create(support).returns(passkey("A"))],
    page: onIphone,
    finding: {
      severity: "warning",
      at: "/outcome/value/value/clientExtensionResults/largeBlob",
      evidence: "no largeBlob in the results",
    },
  },
  {
    when: "a passkey known to be Apple's did not write",
    says: "fails",
    calls: [
      create().returns(passkey("A")),
      get(read).returns(passkey("A", { extensionResults: { largeBlob: { written: false } } })),
    ],
    page: onIphone,
    finding: { at: "/outcome/value/value/clientExtensionResults/largeBlob/written" },
  },
  {
    when: "a security key answered",
    says: "fails",
    calls: [create(support).returns(securityKey("K"))],
    page: onIphone,
    finding: { title: /security keys/ },
  },
  {
    when: "judged as iOS 16, which does not know it",
    says: "fails",
    calls: [create(support)],
    judgedAs: ios("16.7"),
    finding: { at: "/arguments/0/publicKey/extensions/largeBlob", title: /from iOS 17 on/ },
  },
  {
    when: "an iPhone of another generation did not answer",
    says: "not-applicable",
    calls: [create(support).returns(passkey("A"))],
    page: onIphone,
    judgedAs: ios("18.4"),
  },
  {
    when: "it was answered",
    says: "passes",
    calls: [create(support).returns(passkey("A", { extensionResults: { largeBlob: { supported: true } } }))],
    page: onIphone,
  },
  {
    when: "another provider made the passkey",
    says: "not-applicable",
    calls: [create(support).returns(passkey("A", { aaguid: "bada5566-a7aa-401f-bd96-45619a55120d" }))],
    page: onIphone,
  },
  {
    when: "nothing tells which provider answered",
    says: "cannot-tell",
    calls: [get(read).returns(passkey("A"))],
    page: onIphone,
  },
  {
    when: "it was answered elsewhere",
    says: "not-applicable",
    calls: [create(support).returns(passkey("A"))],
  },
  { when: "nothing came back", says: "not-applicable", calls: [get(read)], page: onIphone },
  {
    when: "largeBlob is not asked for",
    says: "not-applicable",
    calls: [create().returns(passkey("A"))],
    page: onIphone,
  },
] satisfies RuleCase[];
