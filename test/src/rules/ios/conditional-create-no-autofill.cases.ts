import { create, passkey, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const on = (version: string) => ({ browser: safari(version) });
const upgrade = (options = {}) => create(options, { mediation: "conditional" });

export default [
  {
    when: "it asks for a security key",
    says: "fails",
    calls: [upgrade({ authenticatorSelection: { authenticatorAttachment: "cross-platform" } })],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/authenticatorSelection/authenticatorAttachment",
    },
  },
  {
    when: "the iPhone refused",
    says: "fails",
    calls: [
      upgrade().rejects("NotAllowedError", { message: "This request has been cancelled by the user." }),
    ],
    page: on("18.5"),
    finding: { severity: "info", at: "/outcome/error" },
  },
  {
    when: "on iOS 17",
    says: "not-applicable",
    calls: [upgrade().rejects("NotAllowedError")],
    page: on("17.6"),
  },
  { when: "another browser refused", says: "passes", calls: [upgrade().rejects("NotAllowedError")] },
  { when: "it worked", says: "passes", calls: [upgrade().returns(passkey("A"))], page: on("18.5") },
  {
    when: "it is no automatic upgrade",
    says: "not-applicable",
    calls: [create().rejects("NotAllowedError")],
    page: on("18.5"),
  },
] satisfies RuleCase[];
