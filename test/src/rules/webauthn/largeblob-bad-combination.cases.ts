import { bytes, create, descriptor, get, raw } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const registering = (largeBlob: unknown) => [create({ extensions: { largeBlob } })];
const signingIn = (largeBlob: unknown, allowCredentials = [descriptor("A")]) => [
  get({ allowCredentials, extensions: { largeBlob } }),
];
const masked = raw({ $: "masked", type: "Uint8Array", length: 5, fingerprint: "00000000" });
const at = "/arguments/0/publicKey/extensions/largeBlob";

export default [
  {
    when: "a registration writes",
    says: "fails",
    calls: registering({ support: "preferred", write: masked }),
    finding: { severity: "error", at: `${at}/write`, evidence: "Uint8Array, 5 bytes, masked" },
  },
  {
    when: "a registration reads, even with false",
    says: "fails",
    calls: registering({ support: "required", read: false }),
    finding: { at: `${at}/read` },
  },
  {
    when: "a sign-in asks for support",
    says: "fails",
    calls: signingIn({ support: "preferred" }),
    finding: { at: `${at}/support`, title: /stands in a sign-in/ },
  },
  {
    when: "a sign-in reads and writes",
    says: "fails",
    calls: signingIn({ read: true, write: masked }),
    finding: { severity: "error", at },
  },
  {
    when: "a sign-in writes without naming the credential",
    says: "fails",
    calls: signingIn({ write: masked }, []),
    finding: { severity: "warning", at: `${at}/write`, evidence: "write, with 0 in allowCredentials" },
  },
  { when: "a registration asks for support", says: "passes", calls: registering({ support: "preferred" }) },
  { when: "a sign-in reads", says: "passes", calls: signingIn({ read: true }, []) },
  { when: "a sign-in writes to one", says: "passes", calls: signingIn({ write: bytes(5) }) },
  {
    when: "judged as iOS 16, which passes over it",
    says: "not-applicable",
    calls: signingIn({ support: "preferred" }),
    judgedAs: ios("16.7"),
  },
  { when: "largeBlob is not asked for", says: "not-applicable", calls: [create()] },
  {
    when: "the extensions could not be kept",
    says: "cannot-tell",
    calls: [get({ extensions: raw({ $: "truncated", of: "object" }) })],
  },
] satisfies RuleCase[];
