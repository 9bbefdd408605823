import { create, descriptor, get, raw, webview } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const selecting = (member: string, value: unknown) => [
  create({ authenticatorSelection: { [member]: value } }),
];
const allowing = (...transports: unknown[]) => [get({ allowCredentials: [descriptor("A", transports)] })];
const SELECTION = "/arguments/0/publicKey/authenticatorSelection";

export default [
  {
    when: "the attachment is null",
    says: "fails",
    calls: selecting("authenticatorAttachment", null),
    judgedAs: ios("26.1"),
    finding: {
      severity: "error",
      effect: "fails",
      at: `${SELECTION}/authenticatorAttachment`,
      evidence: "null",
    },
  },
  {
    when: "the attachment is null on a version that may pass over it",
    says: "fails",
    calls: selecting("authenticatorAttachment", null),
    judgedAs: ios("26.2"),
    finding: { severity: "warning", effect: "differs", experience: /may/ },
  },
  { when: "the attachment is empty", says: "fails", calls: selecting("authenticatorAttachment", "") },
  {
    when: "residentKey is a boolean",
    says: "fails",
    calls: selecting("residentKey", true),
    finding: { evidence: "boolean true" },
  },
  { when: "userVerification is unknown", says: "fails", calls: selecting("userVerification", "never") },
  { when: "attestation is unknown", says: "fails", calls: [create({ attestation: "full" })] },
  { when: "userVerification of a sign-in is null", says: "fails", calls: [get({ userVerification: null })] },
  {
    when: "a transport is misspelt",
    says: "fails",
    calls: allowing("internal", "hybriQ"),
    finding: { at: "/arguments/0/publicKey/allowCredentials/0/transports/1", evidence: 'string "hybriQ"' },
  },
  {
    when: "the type of an algorithm is unknown",
    says: "fails",
    calls: [create({ pubKeyCredParams: [{ type: "public_key", alg: -7 }] })],
    finding: { at: "/arguments/0/publicKey/pubKeyCredParams/0/type" },
  },
  {
    when: "mediation is immediate",
    says: "fails",
    calls: [get({}, { mediation: "immediate" })],
    finding: { at: "/arguments/0/mediation", fix: /immediateGet/ },
  },
  {
    when: "hybrid is judged as iOS 15",
    says: "fails",
    calls: allowing("internal", "hybrid"),
    judgedAs: ios("15.8"),
  },
  {
    when: "hybrid is judged as iOS 16",
    says: "passes",
    calls: allowing("internal", "hybrid"),
    judgedAs: ios("16.0"),
  },
  {
    when: "every transport that WebKit knows is listed",
    says: "passes",
    calls: allowing("usb", "nfc", "ble", "internal", "cable", "hybrid", "smart-card"),
  },
  {
    when: "members are left out",
    says: "passes",
    calls: [create({ authenticatorSelection: undefined, attestation: undefined })],
  },
  {
    when: "judged as Chrome's desktop",
    says: "not-applicable",
    calls: selecting("residentKey", null),
    judgedAs: { os: "other" },
  },
  {
    when: "a value could not be kept",
    says: "cannot-tell",
    calls: selecting("residentKey", raw({ $: "unreadable", error: "Error" })),
  },
  ...["platform", "cross-platform"].map(
    (value): RuleCase => ({
      when: `the attachment is ${value}`,
      says: "passes",
      calls: selecting("authenticatorAttachment", value),
    }),
  ),
  ...["required", "preferred", "discouraged"].map(
    (value): RuleCase => ({
      when: `residentKey and userVerification are ${value}`,
      says: "passes",
      calls: [create({ authenticatorSelection: { residentKey: value, userVerification: value } })],
    }),
  ),
  ...["none", "indirect", "direct", "enterprise"].map(
    (value): RuleCase => ({
      when: `attestation is ${value}`,
      says: "passes",
      calls: [create({ attestation: value })],
    }),
  ),
  ...["silent", "optional", "required", "conditional"].map(
    (value): RuleCase => ({
      when: `mediation is ${value}`,
      says: "passes",
      calls: [get({}, { mediation: value })],
    }),
  ),
  {
    when: "two transports are unknown",
    says: "fails",
    calls: allowing("hybriQ", "usY"),
    finding: { evidence: 'string "hybriQ", and 1 more like it' },
  },
  {
    when: "a transport is unknown, in a web view that hides its version",
    says: "fails",
    calls: allowing("hybriQ"),
    page: { browser: webview("26.1") },
    finding: { severity: "error" },
  },
] satisfies RuleCase[];
