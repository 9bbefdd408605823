import { create, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const enterprise = () => create({ attestation: "enterprise" });
const onIphone = { browser: safari("26.6") };

export default [
  {
    when: "it is asked for",
    says: "fails",
    calls: [enterprise()],
    finding: { severity: "info", at: "/arguments/0/publicKey/attestation", evidence: 'string "enterprise"' },
  },
  {
    when: "an iPhone that nobody manages answered without",
    says: "fails",
    calls: [enterprise().returns(passkey("A"))],
    page: onIphone,
    finding: { evidence: /answered with the format "none"/ },
  },
  {
    when: "the iPhone has no configuration for it",
    says: "fails",
    calls: [enterprise().rejects("UnknownError", { message: "Couldn't find attestation configuration." })],
    page: onIphone,
    finding: { evidence: /attestation configuration/ },
  },
  {
    when: "a managed iPhone answered",
    says: "passes",
    calls: [
      enterprise().returns(passkey("A", { aaguid: "dd4ec289-e01d-41c9-bb89-70fa845d4bf2", fmt: "packed" })),
    ],
    page: onIphone,
  },
  {
    when: "judged as iOS 16, which knows of none",
    says: "not-applicable",
    calls: [enterprise()],
    judgedAs: ios("16.7"),
  },
  { when: "no attestation is wanted", says: "not-applicable", calls: [create()] },
  {
    when: "an iPhone answered with another provider's attestation",
    says: "passes",
    calls: [enterprise().returns(passkey("A", { fmt: "packed" }))],
    page: onIphone,
  },
] satisfies RuleCase[];
