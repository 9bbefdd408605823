import { call, create } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const selecting = (authenticatorSelection: object) => [create({ authenticatorSelection })];

export default [
  {
    when: "it is preferred",
    says: "fails",
    calls: selecting({ residentKey: "preferred", requireResidentKey: false }),
    finding: {
      severity: "info",
      at: "/arguments/0/publicKey/authenticatorSelection/residentKey",
      evidence: 'residentKey string "preferred", requireResidentKey false',
    },
  },
  {
    when: "nothing is said of it",
    says: "fails",
    calls: [create({ authenticatorSelection: undefined })],
    finding: { at: "/arguments/0/publicKey/authenticatorSelection" },
  },
  {
    when: "the two members contradict each other",
    says: "fails",
    calls: selecting({ residentKey: "required", requireResidentKey: false }),
  },
  {
    when: "judged as iOS 15",
    says: "not-applicable",
    calls: selecting({ residentKey: "preferred" }),
    judgedAs: ios("15.8"),
  },
  { when: "it is required", says: "passes", calls: [create()] },
  {
    when: "it is required in the old way",
    says: "passes",
    calls: selecting({ residentKey: undefined, requireResidentKey: true }),
  },
  {
    when: "a second-factor key is enrolled",
    says: "not-applicable",
    calls: selecting({
      residentKey: "discouraged",
      requireResidentKey: false,
      authenticatorAttachment: "cross-platform",
    }),
  },
  {
    when: "no public key credential is asked for",
    says: "not-applicable",
    calls: [call("credentials.create", { password: {} })],
  },
] satisfies RuleCase[];
