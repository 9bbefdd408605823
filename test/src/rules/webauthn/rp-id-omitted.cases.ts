import { call, create, get } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "a registration on a subdomain names none",
    says: "fails",
    calls: [create({ rp: { id: undefined } })],
    page: { origin: "https://login.example.co.uk" },
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/rp/id",
      evidence: 'absent, so "login.example.co.uk" and not "example.co.uk"',
    },
  },
  {
    when: "a sign-in on a subdomain names none",
    says: "fails",
    calls: [get({ rpId: undefined })],
    page: { origin: "https://login.example.com" },
    finding: { at: "/arguments/0/publicKey/rpId" },
  },
  {
    when: "the host is the registrable domain",
    says: "passes",
    calls: [get({ rpId: undefined })],
    page: { origin: "https://example.co.uk" },
  },
  {
    when: "the page is on localhost",
    says: "passes",
    calls: [get({ rpId: undefined })],
    page: { origin: "http://localhost:8080" },
  },
  {
    when: "the page names it",
    says: "not-applicable",
    calls: [get()],
    page: { origin: "https://login.example.com" },
  },
  {
    when: "no public key credential is asked for",
    says: "not-applicable",
    calls: [call("credentials.get", { password: true })],
    page: { origin: "https://login.example.com" },
  },
  {
    when: "rp is missing altogether",
    says: "fails",
    calls: [create({ rp: undefined })],
    page: { origin: "https://login.example.com" },
    finding: { at: "/arguments/0/publicKey", effect: "works" },
  },
] satisfies RuleCase[];
