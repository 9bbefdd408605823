import { create, passkey, safari, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const on = (version: string) => ({ browser: safari(version) });
const forKeys = (userVerification = "preferred") =>
  create({ authenticatorSelection: { authenticatorAttachment: "cross-platform", userVerification } });

export default [
  {
    when: "the key answered without verification",
    says: "fails",
    calls: [forKeys().returns(securityKey("K", { userVerified: false }))],
    page: on("18.5"),
    finding: { severity: "warning", at: "/outcome/value/value/response/attestationObject" },
  },
  {
    when: "the key's own error shows",
    says: "fails",
    calls: [forKeys().rejects("UnknownError", { message: "Pin is null." })],
    page: on("17.5"),
    finding: { at: "/outcome/error", evidence: "UnknownError: Pin is null." },
  },
  {
    when: "it was not allowed, for whatever reason",
    says: "cannot-tell",
    calls: [forKeys().rejects("NotAllowedError")],
    page: on("17.5"),
  },
  {
    when: "it was not allowed, in a Safari that asks for a PIN",
    says: "not-applicable",
    calls: [forKeys("required").rejects("NotAllowedError")],
    page: on("18.5"),
  },
  {
    when: "it was not allowed, in a Safari that does not ask",
    says: "cannot-tell",
    calls: [forKeys("required").rejects("NotAllowedError")],
    page: on("18.3"),
  },
  {
    when: "the key verified the person",
    says: "passes",
    calls: [forKeys().returns(securityKey("K"))],
    page: on("18.5"),
  },
  {
    when: "verification is discouraged",
    says: "not-applicable",
    calls: [forKeys("discouraged").rejects("NotAllowedError")],
    page: on("17.5"),
  },
  {
    when: "no key is asked for",
    says: "not-applicable",
    calls: [create().returns(passkey("A"))],
    page: on("18.5"),
  },
  {
    when: "the hint asks for a key, and it did not verify",
    says: "fails",
    calls: [create({ hints: ["security-key"] }).returns(securityKey("K", { userVerified: false }))],
    page: { browser: safari("18.5") },
    finding: { evidence: /UV flag 0/ },
  },
  {
    when: "a passkey answered that did not verify",
    says: "passes",
    calls: [create({ hints: ["security-key"] }).returns(passkey("A", { userVerified: false }))],
    page: { browser: safari("18.5") },
  },
  {
    when: "the RP ID was refused",
    says: "not-applicable",
    calls: [create({ hints: ["security-key"] }).rejects("SecurityError")],
    page: { browser: safari("18.5") },
  },
  {
    when: "Safari 18.3 could not ask for a PIN",
    says: "cannot-tell",
    calls: [
      create({ hints: ["security-key"], authenticatorSelection: { userVerification: "required" } }).rejects(
        "NotAllowedError",
      ),
    ],
    page: { browser: safari("18.3") },
  },
  {
    when: "Safari 18.4 asks for a PIN only where it is required",
    says: "cannot-tell",
    calls: [create({ hints: ["security-key"] }).rejects("NotAllowedError")],
    page: { browser: safari("18.4") },
  },
] satisfies RuleCase[];
