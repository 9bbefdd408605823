import { call, create, get, passkey, raw } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const other = { rpId: "example.org" };
const at = "/arguments/0/publicKey/rpId";
const capabilities = (relatedOrigins: boolean) =>
  call("PublicKeyCredential.getClientCapabilities").returns({ relatedOrigins });

export default [
  {
    when: "the call was refused for it",
    says: "fails",
    calls: [get(other).rejects("SecurityError")],
    finding: { severity: "error", at, evidence: "example.org, on example.com" },
  },
  {
    when: "judged as iOS 17, though Chrome found this page among the related origins",
    says: "fails",
    calls: [get(other).returns(passkey("A"))],
    judgedAs: ios("17.6"),
    finding: { severity: "error", title: /no related origins before version 18/ },
  },
  {
    when: "related origins allowed it",
    says: "fails",
    calls: [get(other).returns(passkey("A"))],
    finding: { severity: "info", title: /related origins allowed/ },
  },
  {
    when: "the browser said that it has no related origins",
    says: "fails",
    calls: [capabilities(false), get(other)],
    finding: { severity: "error", related: [0] },
  },
  {
    when: "the RP ID is an address",
    says: "fails",
    calls: [create({ rp: { id: "https://example.com" } })],
    finding: { at: "/arguments/0/publicKey/rp/id", fix: /`example.com` or a domain above/ },
  },
  {
    when: "the RP ID is a public suffix",
    says: "fails",
    calls: [get({ rpId: "github.io" })],
    page: { origin: "https://someone.github.io" },
    finding: { title: /everybody/ },
  },
  {
    when: "the RP ID is below the page's domain",
    says: "fails",
    calls: [get({ rpId: "login.example.com" }).rejects("SecurityError")],
  },
  {
    when: "the RP ID ends alike, without a dot",
    says: "fails",
    calls: [get({ rpId: "ample.com" }).rejects("SecurityError")],
  },
  {
    when: "related origins may apply on iOS 18",
    says: "cannot-tell",
    calls: [get(other).rejects("NotAllowedError")],
    judgedAs: ios("18.0"),
  },
  {
    when: "related origins may apply and the call is pending",
    says: "cannot-tell",
    calls: [capabilities(true), get(other)],
  },
  {
    when: "the RP ID could not be kept",
    says: "cannot-tell",
    calls: [get({ rpId: raw({ $: "unreadable", error: "Error" }) })],
  },
  { when: "the RP ID is the page's host", says: "passes", calls: [get()] },
  {
    when: "the RP ID is a domain above the page's",
    says: "passes",
    calls: [create()],
    page: { origin: "https://login.example.com:8443" },
  },
  {
    when: "on localhost",
    says: "passes",
    calls: [get({ rpId: "localhost" })],
    page: { origin: "http://localhost:3000" },
  },
  { when: "the page left it to the browser", says: "not-applicable", calls: [get({ rpId: undefined })] },
  {
    when: "the page has an IP address, which is another rule's affair",
    says: "not-applicable",
    calls: [get()],
    page: { origin: "https://10.0.0.7" },
  },
  {
    when: "Chrome is asked, where the file may allow it",
    says: "cannot-tell",
    calls: [get(other)],
    judgedAs: { os: "other" },
  },
  {
    when: "an old Safari of a Mac is asked, which is no iPhone",
    says: "cannot-tell",
    calls: [get(other)],
    judgedAs: { os: "macos", safari: "17.6" },
  },
  {
    when: "judged as iOS 18, where the file may allow it",
    says: "cannot-tell",
    calls: [get(other)],
    judgedAs: ios("18.0"),
  },
] satisfies RuleCase[];
