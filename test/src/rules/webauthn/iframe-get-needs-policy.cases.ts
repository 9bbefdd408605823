import { create, get, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const framed = (...ancestorOrigins: string[]) => ({ ancestorOrigins });
const shop = framed("https://shop.example");
const allowed = (isAllowed: boolean) =>
  get().with({ environment: { hasFocus: true, visibility: "visible", policy: { get: isAllowed } } });
const refused = () =>
  get().rejects("NotAllowedError", {
    message: "The origin of the document is not the same as its ancestors.",
  });

export default [
  {
    when: "the policy denies it",
    says: "fails",
    calls: [allowed(false)],
    page: shop,
    finding: { severity: "error", at: "/environment/policy/get", fix: /allow="publickey-credentials-get"/ },
  },
  {
    when: "Safari refused it with these words",
    says: "fails",
    calls: [refused()],
    page: { ...shop, browser: safari("18.4") },
    finding: { severity: "error", at: "/environment" },
  },
  {
    when: "the policy allows it",
    says: "fails",
    calls: [allowed(true)],
    page: shop,
    finding: { severity: "info", experience: /crossOrigin: true/ },
  },
  {
    when: "it works, so the policy allows it",
    says: "fails",
    calls: [get().returns(passkey("A"))],
    page: { ...shop, browser: safari("18.4") },
    finding: { severity: "info" },
  },
  {
    when: "the policy allows it, and iOS 16.3 is too old for another site",
    says: "fails",
    calls: [allowed(true)],
    page: shop,
    judgedAs: ios("16.3"),
    finding: { severity: "error", title: /may refuse/ },
  },
  {
    when: "iOS 16.3 is new enough for the same site",
    says: "fails",
    calls: [allowed(true)],
    page: framed("https://www.example.com"),
    judgedAs: ios("16.3"),
    finding: { severity: "info" },
  },
  {
    when: "Safari does not tell the policy and nothing has come back",
    says: "cannot-tell",
    calls: [get().rejects("NotAllowedError")],
    page: { ...shop, browser: safari("18.4") },
  },
  {
    when: "the recording does not know the pages around",
    says: "cannot-tell",
    calls: [get()],
    page: { frameId: 7 },
  },
  {
    when: "all pages around are of the same origin",
    says: "passes",
    calls: [get()],
    page: framed("https://example.com"),
  },
  { when: "the page is at the top", says: "not-applicable", calls: [get()] },
  { when: "it is a registration", says: "not-applicable", calls: [create()], page: shop },
  {
    when: "the frame stands in pages of its own site and of another, on iOS 16.3",
    says: "fails",
    calls: [get().with({ environment: { policy: { get: true } } })],
    page: {
      origin: "https://login.example.com",
      ancestorOrigins: ["https://www.example.com", "https://shop.example"],
    },
    judgedAs: ios("16.3"),
    finding: { severity: "error", title: /old/ },
  },
  {
    when: "the frame stands in a page of its own site, on iOS 16.3",
    says: "fails",
    calls: [get().with({ environment: { policy: { get: true } } })],
    page: { origin: "https://login.example.com", ancestorOrigins: ["https://www.example.com"] },
    judgedAs: ios("16.3"),
    finding: { severity: "info", effect: "works" },
  },
] satisfies RuleCase[];
