import { encodeBase64url } from "../../../../src/bytes/base64url.js";
import { bytes, call, create, credentialId, passkey, raw } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const userId = encodeBase64url(bytes(32, 1));
const idOf = (name: string) => encodeBase64url(credentialId(name));
const made = () => create().returns(passkey("A"));
const unknown = (members: object) =>
  call("PublicKeyCredential.signalUnknownCredential", {
    rpId: "example.com",
    credentialId: idOf("A"),
    ...members,
  });
const accepted = (...allAcceptedCredentialIds: string[]) =>
  call("PublicKeyCredential.signalAllAcceptedCredentials", {
    rpId: "example.com",
    userId,
    allAcceptedCredentialIds,
  });
const details = (name: string, displayName: string) =>
  call("PublicKeyCredential.signalCurrentUserDetails", { rpId: "example.com", userId, name, displayName });

export default [
  {
    when: "the RP ID is another site's",
    says: "fails",
    calls: [unknown({ rpId: "example.org" })],
    finding: { severity: "error", at: "/arguments/0/rpId", evidence: "example.org, on example.com" },
  },
  {
    when: "the id is base64",
    says: "fails",
    calls: [unknown({ credentialId: "ab+/" })],
    finding: { severity: "error", at: "/arguments/0/credentialId", title: /base64url/ },
  },
  {
    when: "an id of the list is padded",
    says: "fails",
    calls: [accepted("AAA=")],
    finding: { at: "/arguments/0/allAcceptedCredentialIds/0" },
  },
  {
    when: "the list lacks a passkey that was just made",
    says: "fails",
    calls: [made(), accepted(idOf("B"))],
    finding: { severity: "warning", at: "/arguments/0/allAcceptedCredentialIds", related: [0] },
  },
  {
    when: "the list is empty, though there is a passkey",
    says: "fails",
    calls: [made(), accepted()],
    finding: { severity: "warning", related: [0] },
  },
  {
    when: "only the display name is new",
    says: "fails",
    calls: [made(), details("alice@example.com", "Alice B.")],
    finding: { severity: "info", at: "/arguments/0/displayName" },
  },
  {
    when: "the list is empty, and the account may have no passkey left",
    says: "cannot-tell",
    calls: [accepted()],
  },
  {
    when: "the RP ID could not be kept",
    says: "cannot-tell",
    calls: [unknown({ rpId: raw({ $: "unreadable", error: "Error" }) })],
  },
  { when: "the list is whole", says: "passes", calls: [made(), accepted(idOf("A"), idOf("B"))] },
  { when: "all is as it should be", says: "passes", calls: [unknown({})] },
  {
    when: "the RP ID is the site's, on a subdomain",
    says: "passes",
    calls: [unknown({})],
    page: { origin: "https://login.example.com" },
  },
  { when: "the name is new", says: "passes", calls: [made(), details("alice@example.net", "Alice")] },
  {
    when: "only the display name is new, in Chrome, which shows it",
    says: "passes",
    calls: [made(), details("alice@example.com", "Alice B.")],
    judgedAs: { os: "other" },
  },
  {
    when: "judged as iOS 18, which has no signals",
    says: "not-applicable",
    calls: [unknown({ rpId: "example.org" })],
    judgedAs: ios("18.4"),
  },
  {
    when: "there is no rpId",
    says: "passes",
    calls: [call("PublicKeyCredential.signalUnknownCredential", { credentialId: "AAAA" })],
  },
] satisfies RuleCase[];
