import { call, chromeOnIphone, create, get, passkey, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const withoutTap = (others = {}) =>
  get({}, others).with({ environment: { userActivation: { isActive: false, hasBeenActive: true } } });

export default [
  {
    when: "a second call has no tap, judged as iOS 17.3",
    says: "fails",
    calls: [create().returns(passkey("A")), withoutTap()],
    judgedAs: ios("17.3"),
    finding: { severity: "error", at: "/environment/userActivation/isActive" },
  },
  {
    when: "a call has no tap, on iOS 26",
    says: "fails",
    calls: [withoutTap()],
    finding: { severity: "info" },
  },
  {
    when: "it is the first call of the page, judged as iOS 17.3",
    says: "cannot-tell",
    calls: [withoutTap()],
    judgedAs: ios("17.3"),
  },
  { when: "judged as iOS 14.0", says: "not-applicable", calls: [withoutTap()], judgedAs: ios("14.0") },
  {
    when: "another browser has rules of its own",
    says: "not-applicable",
    calls: [withoutTap()],
    page: { browser: chromeOnIphone("17.3") },
  },
  { when: "there was a tap", says: "passes", calls: [get()], judgedAs: ios("17.3") },
  {
    when: "AutoFill needs none",
    says: "not-applicable",
    calls: [withoutTap({ mediation: "conditional" })],
    judgedAs: ios("17.3"),
  },
  {
    when: "the browser does not say whether there was a tap",
    says: "not-applicable",
    calls: [get().with({ environment: { userActivation: undefined } as object })],
    judgedAs: ios("17.3"),
  },
  {
    when: "passwords are asked for",
    says: "not-applicable",
    calls: [
      get(),
      call("credentials.get", { password: true }).with({
        environment: { userActivation: { isActive: false, hasBeenActive: true } },
      }),
    ],
    judgedAs: ios("17.3"),
  },
  {
    when: "a registration follows another call without a tap",
    says: "fails",
    calls: [
      get().returns(passkey("A")),
      create().with({ environment: { userActivation: { isActive: false, hasBeenActive: true } } }),
    ],
    judgedAs: ios("17.3"),
    finding: { severity: "error", effect: "fails" },
  },
  {
    when: "a call follows another without a tap, judged as iOS 17.4",
    says: "fails",
    calls: [
      get().returns(passkey("A")),
      get().with({ environment: { userActivation: { isActive: false, hasBeenActive: true } } }),
    ],
    judgedAs: ios("17.4"),
    finding: { severity: "info", effect: "works" },
  },
  {
    when: "it worked on an iPhone that asks for a tap",
    says: "passes",
    calls: [create().returns(passkey("A")), withoutTap().returns(passkey("A"))],
    page: { browser: safari("17.2") },
  },
] satisfies RuleCase[];
