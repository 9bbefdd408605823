import { create, get, passkey, safari, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const on = (version: string) => ({ browser: safari(version) });
const misreported = securityKey("K", { attachment: "platform" });

export default [
  {
    when: "a registration calls a key platform",
    says: "fails",
    calls: [create().returns(misreported)],
    page: on("18.5"),
    finding: { severity: "warning", at: "/outcome/value/value/authenticatorAttachment" },
  },
  {
    when: "a sign-in does so with a key that is known",
    says: "fails",
    calls: [create().returns(securityKey("K")), get().returns(misreported)],
    page: on("26.1"),
    finding: { related: [0] },
  },
  {
    when: "on Safari 26.2, which tells the truth",
    says: "not-applicable",
    calls: [create().returns(misreported)],
    page: on("26.2"),
  },
  {
    when: "on Safari 17.3, which did, too",
    says: "not-applicable",
    calls: [create().returns(misreported)],
    page: on("17.3"),
  },
  {
    when: "the key is called cross-platform",
    says: "passes",
    calls: [create().returns(securityKey("K"))],
    page: on("18.5"),
  },
  { when: "it is a passkey", says: "passes", calls: [create().returns(passkey("A"))], page: on("18.5") },
  { when: "nothing came back", says: "not-applicable", calls: [create()], page: on("18.5") },
] satisfies RuleCase[];
