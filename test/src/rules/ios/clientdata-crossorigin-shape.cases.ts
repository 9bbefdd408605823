import { get, passkey, raw, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const iphone = { browser: safari("18.5") };

export default [
  {
    when: "crossOrigin is missing",
    says: "fails",
    calls: [get().returns(passkey("A", { clientData: { crossOrigin: undefined } }))],
    page: iphone,
    finding: {
      severity: "info",
      at: "/outcome/value/value/response/clientDataJSON",
      evidence: "crossOrigin absent",
    },
  },
  {
    when: "topOrigin is there",
    says: "fails",
    calls: [
      get().returns(passkey("A", { clientData: { crossOrigin: true, topOrigin: "https://shop.example" } })),
    ],
    page: iphone,
  },
  { when: "crossOrigin is there", says: "passes", calls: [get().returns(passkey("A"))], page: iphone },
  {
    when: "the client data can't be read",
    says: "cannot-tell",
    calls: [get().returns(raw({ $: "PublicKeyCredential", value: { id: "QQ", response: {} } }))],
    page: iphone,
  },
  { when: "nothing came back", says: "not-applicable", calls: [get()], page: iphone },
  {
    when: "in Chrome",
    says: "not-applicable",
    calls: [get().returns(passkey("A", { clientData: { crossOrigin: undefined } }))],
  },
] satisfies RuleCase[];
