import { encodeBase64url } from "../../../../src/bytes/base64url.js";
import { bytes, create, credentialId, descriptor, get, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const first = { first: bytes(32) };
const prf = { extensions: { prf: { eval: first } } };
const answering = (output: object) => passkey("A", { extensionResults: { prf: output } });
const key = encodeBase64url(credentialId("A"));
const byCredential = (name: string, allowed = [descriptor("A")]) => [
  get({ allowCredentials: allowed, extensions: { prf: { evalByCredential: { [name]: first } } } }),
];

export default [
  {
    when: "the passkey can, and gave no value yet",
    says: "fails",
    calls: [create(prf).returns(answering({ enabled: true }))],
    finding: {
      severity: "info",
      at: "/outcome/value/value/clientExtensionResults/prf",
      evidence: "enabled: true, no results",
      fix: /`get\(\)`/,
    },
  },
  {
    when: "the value came at once",
    says: "passes",
    calls: [create(prf).returns(answering({ enabled: true, results: { first: bytes(32) } }))],
  },
  {
    when: "the page only asks whether it can",
    says: "not-applicable",
    calls: [create({ extensions: { prf: {} } }).returns(answering({ enabled: true }))],
  },
  {
    when: "the passkey can't",
    says: "not-applicable",
    calls: [create(prf).returns(answering({ enabled: false }))],
  },
  {
    when: "inputs by credential stand in a registration",
    says: "fails",
    calls: [create({ extensions: { prf: { evalByCredential: { [key]: first } } } })],
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/extensions/prf/evalByCredential",
      title: /belongs to sign-ins/,
    },
  },
  {
    when: "inputs by credential come without a list",
    says: "fails",
    calls: byCredential(key, []),
    finding: { severity: "warning", title: /allowCredentials is empty/ },
  },
  {
    when: "a key is of no listed credential",
    says: "fails",
    calls: byCredential("AAAA"),
    finding: {
      at: "/arguments/0/publicKey/extensions/prf/evalByCredential/AAAA",
      evidence: "AAAA",
    },
  },
  {
    when: "a key is padded",
    says: "fails",
    calls: byCredential(`${key}=`),
    finding: { evidence: `${key}=` },
  },
  { when: "every key is of a listed credential", says: "passes", calls: byCredential(key) },
  {
    when: "an id of the list is no bytes",
    says: "cannot-tell",
    calls: byCredential(key, [{ id: "text", type: "public-key" }]),
  },
  { when: "one input is for all", says: "not-applicable", calls: [get(prf)] },
  { when: "prf is not asked for", says: "not-applicable", calls: [create().returns(passkey("A"))] },
] satisfies RuleCase[];
