import { create, get, raw } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const withAppid = (appid: unknown) => [get({ extensions: { appid } })];
const at = "/arguments/0/publicKey/extensions/appid";

export default [
  {
    when: "the appid is another site's",
    says: "fails",
    calls: withAppid("https://example.org/u2f.json"),
    finding: { severity: "error", at, evidence: 'string "https://example.org/u2f.json"' },
  },
  { when: "the appid is not https", says: "fails", calls: withAppid("http://example.com") },
  { when: "the appid is no address", says: "fails", calls: withAppid("example.com") },
  {
    when: "the public suffix is all that is shared",
    says: "fails",
    calls: withAppid("https://other.co.uk"),
    page: { origin: "https://example.co.uk" },
  },
  {
    when: "the appid is empty, on iOS 26",
    says: "fails",
    calls: withAppid(""),
    finding: { at, experience: /Empty appid/ },
  },
  {
    when: "the appid is empty, on iOS 18",
    says: "cannot-tell",
    calls: withAppid(""),
    judgedAs: ios("18.4"),
  },
  {
    when: "the appid is empty, which elsewhere stands for the origin",
    says: "passes",
    calls: withAppid(""),
    judgedAs: { os: "other" },
  },
  {
    when: "the appid is the site's own",
    says: "passes",
    calls: withAppid("https://u2f.example.com/app-id.json"),
    page: { origin: "https://login.example.com" },
  },
  {
    when: "the page is Google's, for which there is an exception",
    says: "passes",
    calls: withAppid("https://www.gstatic.com/securitykey/origins.json"),
    page: { origin: "https://accounts.google.com" },
  },
  {
    when: "the appid could not be kept",
    says: "cannot-tell",
    calls: withAppid(raw({ $: "unreadable", error: "Error" })),
  },
  {
    when: "it stands in a registration, judged as Chrome",
    says: "fails",
    calls: [create({ extensions: { appid: "https://example.com" } })],
    judgedAs: { os: "other" },
    finding: { severity: "error", title: /stands in a registration/ },
  },
  {
    when: "it stands in a registration, which Safari passes over",
    says: "passes",
    calls: [create({ extensions: { appid: "https://example.com" } })],
  },
  { when: "there is none", says: "not-applicable", calls: [get()] },
  {
    when: "it is the other list of Google's own, on a page of Google's",
    says: "passes",
    calls: [
      get({
        rpId: "google.com",
        extensions: { appid: "https://www.gstatic.com/securitykey/a/google.com/origins.json" },
      }),
    ],
    page: { origin: "https://accounts.google.com" },
  },
  {
    when: "it is Google's own list, on another's page",
    says: "fails",
    calls: [get({ extensions: { appid: "https://www.gstatic.com/securitykey/origins.json" } })],
  },
  {
    when: "it is another's list, on a page of Google's",
    says: "fails",
    calls: [get({ rpId: "google.com", extensions: { appid: "https://www.gstatic.com/other.json" } })],
    page: { origin: "https://accounts.google.com" },
  },
  {
    when: "it is no address",
    says: "fails",
    calls: [get({ extensions: { appid: "example.com" } })],
    finding: { effect: "fails" },
  },
] satisfies RuleCase[];
