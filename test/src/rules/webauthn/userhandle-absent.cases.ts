import { descriptor, get, passkey, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "a passkey of nobody's came back",
    says: "fails",
    calls: [get().returns(passkey("A", { userHandle: null }))],
    finding: { severity: "error", at: "/outcome/value/value/response/userHandle", evidence: "null" },
  },
  {
    when: "the handle is empty",
    says: "fails",
    calls: [
      get({ allowCredentials: [descriptor("A")] }).returns(passkey("A", { userHandle: new Uint8Array() })),
    ],
    finding: { severity: "warning", title: /empty/ },
  },
  { when: "there is a handle", says: "passes", calls: [get().returns(passkey("A"))] },
  {
    when: "the server named the credentials, as for a second factor",
    says: "not-applicable",
    calls: [get({ allowCredentials: [descriptor("A")] }).returns(passkey("A", { userHandle: null }))],
  },
  { when: "nothing came back", says: "not-applicable", calls: [get()] },
  {
    when: "a library wrote an empty text",
    says: "fails",
    calls: [
      get().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: { userHandle: "" } } })),
    ],
    finding: { severity: "warning" },
  },
] satisfies RuleCase[];
