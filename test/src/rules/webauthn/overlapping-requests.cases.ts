import { call, create, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "a sign-in is still open",
    says: "fails",
    calls: [get(), get()],
    finding: { severity: "error", at: "/arguments/0/publicKey", related: [0] },
  },
  {
    when: "a registration settles only later",
    says: "fails",
    calls: [create().returns(passkey("A"), { after: 90_000 }), get()],
    finding: { related: [0] },
  },
  { when: "the one before has settled", says: "passes", calls: [get().returns(passkey("A")), get()] },
  {
    when: "the one before was aborted",
    says: "passes",
    calls: [get().with({ aborted: { at: 0, reason: null } }), get()],
  },
  { when: "only AutoFill is open", says: "passes", calls: [get({}, { mediation: "conditional" }), get()] },
  {
    when: "the other is in another page",
    says: "passes",
    calls: [get().in({ origin: "https://example.org" }), get()],
  },
  {
    when: "AutoFill is asked while a call is open",
    says: "not-applicable",
    calls: [get(), get({}, { mediation: "conditional" })],
  },
  {
    when: "a registration starts while a sign-in is open",
    says: "fails",
    calls: [get(), create()],
    finding: { effect: "fails", evidence: "another call is open", related: [0] },
  },
  {
    when: "two calls are open",
    says: "fails",
    calls: [get(), get(), get()],
    finding: { evidence: "2 other calls are open", related: [0, 1] },
  },
  {
    when: "the open call was aborted at that very moment",
    says: "passes",
    calls: [get().with({ aborted: { at: Date.UTC(2026, 0, 1) + 60_000, reason: null } }), get()],
  },
  {
    when: "the open call was aborted only later",
    says: "fails",
    calls: [get().with({ aborted: { at: Date.UTC(2026, 0, 1) + 60_001, reason: null } }), get()],
  },
  {
    when: "passwords are asked for meanwhile",
    says: "not-applicable",
    calls: [get(), call("credentials.get", { password: true })],
  },
] satisfies RuleCase[];
