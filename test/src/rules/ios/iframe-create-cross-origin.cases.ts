import { create, get, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const framed = (...ancestorOrigins: string[]) => ({ ancestorOrigins });

export default [
  {
    when: "the page around is of another site",
    says: "fails",
    calls: [create()],
    page: framed("https://shop.example"),
    finding: {
      severity: "error",
      at: "/environment",
      evidence: "https://example.com in a page of https://shop.example",
    },
  },
  {
    when: "the page around is of the same site",
    says: "fails",
    calls: [create()],
    page: framed("https://www.example.com"),
  },
  {
    when: "a page further out is of another site",
    says: "fails",
    calls: [create()],
    page: framed("https://example.com", "https://shop.example"),
  },
  {
    when: "the policy allows it, which Safari does not know",
    says: "fails",
    calls: [
      create().with({
        environment: { hasFocus: true, visibility: "visible", policy: { create: true, get: true } },
      }),
    ],
    page: framed("https://shop.example"),
  },
  {
    when: "nobody has tried on iOS 27",
    says: "fails",
    calls: [create()],
    page: framed("https://shop.example"),
    judgedAs: ios("27.0"),
    finding: { severity: "warning", effect: "differs", title: /up to 26/, experience: /may still refuse/ },
  },
  {
    when: "the recording does not know the pages around",
    says: "cannot-tell",
    calls: [create()],
    page: { frameId: 7 },
  },
  {
    when: "all pages around are of the same origin",
    says: "passes",
    calls: [create()],
    page: framed("https://example.com"),
  },
  {
    when: "this iPhone was seen to allow it",
    says: "passes",
    calls: [create().returns(passkey("A"))],
    page: { ...framed("https://shop.example"), browser: safari("27.1") },
  },
  { when: "the page is at the top", says: "not-applicable", calls: [create()] },
  { when: "it is a sign-in", says: "not-applicable", calls: [get()], page: framed("https://shop.example") },
  {
    when: "it is not settled on the iPhone",
    says: "fails",
    calls: [create()],
    page: { browser: safari("18.5"), ancestorOrigins: ["https://shop.example"] },
  },
  {
    when: "it worked in Chrome",
    says: "fails",
    calls: [create().returns(passkey("A"))],
    page: { ancestorOrigins: ["https://shop.example"] },
  },
] satisfies RuleCase[];
