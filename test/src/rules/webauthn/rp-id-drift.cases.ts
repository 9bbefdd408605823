import { create, descriptor, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const registered = () => create().returns(passkey("A"));
const signIn = (rpId: string) => get({ rpId, allowCredentials: [descriptor("A")] });

export default [
  {
    when: "it is asked for under another RP ID",
    says: "fails",
    calls: [registered(), signIn("login.example.com")],
    page: { origin: "https://login.example.com" },
    finding: {
      severity: "error",
      at: "/arguments/0/publicKey/allowCredentials/0/id",
      evidence: 'registered under "example.com", asked for under "login.example.com"',
      related: [0],
    },
  },
  { when: "it is asked for under its own", says: "passes", calls: [registered(), signIn("example.com")] },
  {
    when: "it was found all the same",
    says: "passes",
    calls: [registered(), signIn("example.org").returns(passkey("A"))],
  },
  { when: "the registration is not in the log", says: "passes", calls: [signIn("example.org")] },
  { when: "nothing is listed", says: "not-applicable", calls: [get()] },
] satisfies RuleCase[];
