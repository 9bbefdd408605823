import { create, get, passkey, safari, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

export default [
  {
    when: "a sign-in prefers verification",
    says: "fails",
    calls: [get()],
    finding: {
      severity: "info",
      at: "/arguments/0/publicKey/userVerification",
      evidence: 'string "preferred"',
    },
  },
  {
    when: "a registration discourages it on iOS 17",
    says: "fails",
    calls: [create({ authenticatorSelection: { userVerification: "discouraged" } })],
    judgedAs: ios("17.6"),
    finding: { at: "/arguments/0/publicKey/authenticatorSelection/userVerification" },
  },
  {
    when: "Apple Passwords answered",
    says: "fails",
    calls: [create().returns(passkey("A"))],
    page: { browser: safari("18.5") },
  },
  {
    when: "it is discouraged on iOS 26, where nobody has tried",
    says: "cannot-tell",
    calls: [get({ userVerification: "discouraged" })],
  },
  { when: "judged as iOS 15", says: "not-applicable", calls: [get()], judgedAs: ios("15.8") },
  { when: "it is required", says: "passes", calls: [get({ userVerification: "required" })] },
  { when: "the page says nothing", says: "not-applicable", calls: [get({ userVerification: undefined })] },
  { when: "AutoFill is asked", says: "not-applicable", calls: [get({}, { mediation: "conditional" })] },
  {
    when: "another provider answered",
    says: "not-applicable",
    calls: [create().returns(passkey("A", { aaguid: "bada5566-a7aa-401f-bd96-45619a55120d" }))],
  },
  { when: "a security key answered", says: "not-applicable", calls: [create().returns(securityKey("K"))] },
  { when: "a security key answered", says: "not-applicable", calls: [get().returns(securityKey("K"))] },
  {
    when: "verification is discouraged on iOS 18",
    says: "fails",
    calls: [get({ userVerification: "discouraged" })],
    judgedAs: ios("18.4"),
    finding: { effect: "differs" },
  },
  {
    when: "verification is preferred on iOS 18",
    says: "fails",
    calls: [get()],
    judgedAs: ios("18.4"),
    finding: { effect: "works" },
  },
] satisfies RuleCase[];
