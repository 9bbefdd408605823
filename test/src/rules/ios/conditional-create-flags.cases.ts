import { create, passkey, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const upgrade = (options = {}) => create(options, { mediation: "conditional" });

export default [
  {
    when: "verification is required",
    says: "fails",
    calls: [upgrade({ authenticatorSelection: { userVerification: "required" } })],
    finding: { severity: "error", at: "/arguments/0/publicKey/authenticatorSelection/userVerification" },
  },
  {
    when: "nobody was there",
    says: "fails",
    calls: [upgrade().returns(passkey("A", { userPresent: false, userVerified: false }))],
    finding: { severity: "info", evidence: "UP flag 0, UV flag 0" },
  },
  {
    when: "on iOS 17",
    says: "not-applicable",
    calls: [upgrade({ authenticatorSelection: { userVerification: "required" } })],
    page: { browser: safari("17.6") },
  },
  { when: "the provider verified the person", says: "passes", calls: [upgrade().returns(passkey("A"))] },
  { when: "it is not settled", says: "passes", calls: [upgrade()] },
  { when: "it is no automatic upgrade", says: "not-applicable", calls: [create()] },
  {
    when: "the person was there, and was not verified",
    says: "fails",
    calls: [upgrade().returns(passkey("A", { userVerified: false }))],
    finding: { evidence: "UP flag 1, UV flag 0" },
  },
  {
    when: "the person was verified, and not there",
    says: "fails",
    calls: [upgrade().returns(passkey("A", { userPresent: false }))],
    finding: { evidence: "UP flag 0, UV flag 1" },
  },
  {
    when: "verification is required, and the provider verified the person on the iPhone",
    says: "passes",
    calls: [upgrade({ authenticatorSelection: { userVerification: "required" } }).returns(passkey("A"))],
    page: { browser: safari("26.6") },
  },
  {
    when: "verification is required, and came from another platform",
    says: "fails",
    calls: [upgrade({ authenticatorSelection: { userVerification: "required" } }).returns(passkey("A"))],
    finding: { severity: "error" },
  },
] satisfies RuleCase[];
