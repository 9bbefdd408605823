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
  {
    when: "a security key is preferred to be discoverable",
    says: "fails",
    calls: [
      create({
        authenticatorSelection: {
          authenticatorAttachment: "cross-platform",
          residentKey: "preferred",
          requireResidentKey: false,
        },
      }),
    ],
    finding: { effect: "works" },
  },
  {
    when: "a passkey is not to be discoverable",
    says: "fails",
    calls: [create({ authenticatorSelection: { residentKey: "discouraged", requireResidentKey: false } })],
    finding: { effect: "differs" },
  },
  {
    when: "residentKey is required and requireResidentKey left out",
    says: "passes",
    calls: [create({ authenticatorSelection: { requireResidentKey: undefined } })],
  },
  {
    when: "both are left out",
    says: "fails",
    calls: [create({ authenticatorSelection: { residentKey: undefined, requireResidentKey: undefined } })],
    finding: { evidence: /requireResidentKey absent/ },
  },
] satisfies RuleCase[];
