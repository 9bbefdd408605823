import { call, create, get, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const iphone = { browser: safari("18.5") };

export default [
  {
    when: "it took 40 ms",
    says: "fails",
    calls: [get().rejects("NotAllowedError", { after: 40 })],
    page: iphone,
    finding: { severity: "info", at: "/duration", evidence: "40 ms", experience: /may/ },
  },
  { when: "it took two seconds", says: "passes", calls: [create().rejects("NotAllowedError")], page: iphone },
  {
    when: "the message names the cause",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError", { message: "The document is not focused.", after: 5 })],
    page: iphone,
  },
  {
    when: "it is another error",
    says: "not-applicable",
    calls: [get().rejects("SecurityError", { after: 5 })],
    page: iphone,
  },
  {
    when: "AutoFill was asked",
    says: "not-applicable",
    calls: [get({}, { mediation: "conditional" }).rejects("NotAllowedError", { after: 5 })],
    page: iphone,
  },
  { when: "in Chrome", says: "not-applicable", calls: [get().rejects("NotAllowedError", { after: 5 })] },
  {
    when: "it took 300 ms",
    says: "fails",
    calls: [get().rejects("NotAllowedError", { after: 300 })],
    page: iphone,
  },
  {
    when: "it took 301 ms",
    says: "passes",
    calls: [get().rejects("NotAllowedError", { after: 301 })],
    page: iphone,
  },
  {
    when: "passwords were asked for",
    says: "not-applicable",
    calls: [call("credentials.get", { password: true }).rejects("NotAllowedError", { after: 5 })],
    page: iphone,
  },
] satisfies RuleCase[];
