import { get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const autofill = (environment: { webauthnFields: number | undefined }) =>
  get({}, { mediation: "conditional" }).with({ environment: environment as { webauthnFields: number } });

export default [
  {
    when: "no field has the token",
    says: "fails",
    calls: [autofill({ webauthnFields: 0 })],
    finding: { severity: "warning", at: "/arguments/0/mediation" },
  },
  { when: "a field has it", says: "passes", calls: [autofill({ webauthnFields: 1 })] },
  {
    when: "it worked, by a field that nobody could see",
    says: "passes",
    calls: [autofill({ webauthnFields: 0 }).returns(passkey("A"))],
  },
  { when: "nobody counted", says: "cannot-tell", calls: [autofill({ webauthnFields: undefined })] },
  {
    when: "AutoFill is not asked",
    says: "not-applicable",
    calls: [get().with({ environment: { webauthnFields: 0 } })],
  },
] satisfies RuleCase[];
