import { call, create, get } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "the page has an IP address",
    says: "fails",
    calls: [get({ rpId: undefined })],
    page: { origin: "https://192.168.1.20:8443" },
    finding: { severity: "error", at: "/arguments/0/publicKey", evidence: "https://192.168.1.20:8443" },
  },
  {
    when: "the page has an IPv6 address",
    says: "fails",
    calls: [create()],
    page: { origin: "https://[2001:db8::1]" },
  },
  {
    when: "the page is not secure",
    says: "fails",
    calls: [get()],
    page: { origin: "http://example.com", isSecureContext: false },
    finding: { title: /not secure/ },
  },
  { when: "the page has a host name", says: "passes", calls: [get()] },
  {
    when: "the page is on localhost, which needs no https",
    says: "passes",
    calls: [get({ rpId: "localhost" })],
    page: { origin: "http://localhost:3000" },
  },
  { when: "the page has no origin", says: "not-applicable", calls: [get()], page: { origin: "null" } },
  {
    when: "passwords are asked for on an IP address",
    says: "not-applicable",
    calls: [call("credentials.get", { password: true })],
    page: { origin: "https://192.168.1.20" },
  },
] satisfies RuleCase[];
