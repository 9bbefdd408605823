import { descriptor, get, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const allowing = (transports?: string[]) => get({ allowCredentials: [descriptor("A", transports)] });

export default [
  {
    when: "a passkey is said to be reachable by hybrid alone",
    says: "fails",
    calls: [allowing(["hybrid"])],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/allowCredentials/0/transports",
      experience: /may/,
      fix: /\["hybrid", "internal"\]/,
    },
  },
  { when: "judged as iOS 15", says: "not-applicable", calls: [allowing(["hybrid"])], judgedAs: ios("15.8") },
  {
    when: "the iPhone found it nevertheless",
    says: "passes",
    calls: [allowing(["hybrid"]).returns(passkey("A"))],
    page: { browser: safari("18.5") },
  },
  { when: "internal is there, too", says: "not-applicable", calls: [allowing(["internal", "hybrid"])] },
  { when: "no transports are given", says: "not-applicable", calls: [allowing()] },
  { when: "nothing is listed", says: "not-applicable", calls: [get()] },
  {
    when: "another passkey of the list answered",
    says: "fails",
    calls: [get({ allowCredentials: [descriptor("A", ["hybrid"]), descriptor("B")] }).returns(passkey("B"))],
    page: { browser: safari("18.5") },
  },
  {
    when: "it answered from another device",
    says: "fails",
    calls: [
      get({ allowCredentials: [descriptor("A", ["hybrid"])] }).returns(
        passkey("A", { attachment: "cross-platform" }),
      ),
    ],
    page: { browser: safari("18.5") },
  },
] satisfies RuleCase[];
