import { create, get, passkey, raw, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const unverified = passkey("A", { userVerified: false });
const required = { userVerification: "required" };

export default [
  {
    when: "a sign-in that requires verification comes back without",
    says: "fails",
    calls: [get(required).returns(unverified)],
    page: { browser: safari("17.4") },
    finding: {
      severity: "error",
      at: "/outcome/value/value/response/authenticatorData",
      evidence: 'UV flag 0, userVerification "required"',
    },
  },
  {
    when: "an automatic upgrade that requires verification comes back without",
    says: "fails",
    calls: [create({ authenticatorSelection: required }, { mediation: "conditional" }).returns(unverified)],
    finding: { at: "/outcome/value/value/response/attestationObject" },
  },
  { when: "the person was verified", says: "passes", calls: [get(required).returns(passkey("A"))] },
  { when: "verification was only preferred", says: "not-applicable", calls: [get().returns(unverified)] },
  { when: "nothing came back", says: "not-applicable", calls: [get(required).rejects("NotAllowedError")] },
  {
    when: "the flags can't be read",
    says: "cannot-tell",
    calls: [
      get(required).returns(
        raw({
          $: "PublicKeyCredential",
          value: { id: "QQ", response: { authenticatorData: { $: "truncated", of: "ArrayBuffer" } } },
        }),
      ),
    ],
  },
] satisfies RuleCase[];
