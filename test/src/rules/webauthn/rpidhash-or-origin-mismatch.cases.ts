import { bytes, create, descriptor, get, passkey, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "the type is that of a registration",
    says: "fails",
    calls: [get().returns(passkey("A", { clientData: { type: "webauthn.create" } }))],
    finding: { severity: "error", at: "/outcome/value/value/response/clientDataJSON", evidence: /type/ },
  },
  {
    when: "the challenge is another",
    says: "fails",
    calls: [create().returns(passkey("A", { clientData: { challenge: bytes(32, 66) } }))],
    finding: { evidence: /challenge/ },
  },
  {
    when: "the origin is another",
    says: "fails",
    calls: [get().returns(passkey("A", { clientData: { origin: "https://evil.example" } }))],
    finding: { evidence: /origin/ },
  },
  {
    when: "the credential is not listed",
    says: "fails",
    calls: [get({ allowCredentials: [descriptor("B")] }).returns(passkey("A"))],
    finding: { at: "/outcome/value/value/rawId" },
  },
  {
    when: "all is as asked for",
    says: "passes",
    calls: [get({ allowCredentials: [descriptor("A")] }).returns(passkey("A"))],
  },
  {
    when: "the client data can't be read",
    says: "cannot-tell",
    calls: [get().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: {} } }))],
  },
  { when: "nothing came back", says: "not-applicable", calls: [get()] },
  { when: "nothing was listed", says: "passes", calls: [get().returns(passkey("A"))] },
  {
    when: "a new passkey is none of the excluded ones",
    says: "passes",
    calls: [create({ excludeCredentials: [descriptor("B")] }).returns(passkey("A"))],
  },
  {
    when: "one of two listed answered",
    says: "passes",
    calls: [get({ allowCredentials: [descriptor("A"), descriptor("B")] }).returns(passkey("B"))],
  },
] satisfies RuleCase[];
