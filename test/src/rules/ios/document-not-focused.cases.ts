import { call, create, get, passkey, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const iphone = { browser: safari("26.6") };
const unfocused = () => get().with({ environment: { hasFocus: false } });

export default [
  {
    when: "Safari says so",
    says: "fails",
    calls: [get().rejects("NotAllowedError", { message: "The document is not focused." })],
    page: iphone,
    finding: { severity: "error", at: "/environment/hasFocus" },
  },
  {
    when: "it calls without focus on an iPhone",
    says: "fails",
    calls: [unfocused().rejects("NotAllowedError", { after: 5 })],
    page: iphone,
  },
  {
    when: "the sheet of the call before is just closing",
    says: "fails",
    calls: [
      create().returns(passkey("A"), { after: 59_500 }),
      unfocused().rejects("NotAllowedError", { after: 5 }),
    ],
    page: iphone,
    finding: { related: [0] },
  },
  {
    when: "the call before is long over",
    says: "fails",
    calls: [create().returns(passkey("A")), unfocused().rejects("NotAllowedError", { after: 5 })],
    page: iphone,
    finding: { related: [] },
  },
  {
    when: "it is not known where the focus was",
    says: "cannot-tell",
    calls: [get().with({ environment: { hasFocus: undefined as unknown as boolean } })],
    page: iphone,
  },
  { when: "DevTools may have had the focus", says: "cannot-tell", calls: [unfocused()] },
  {
    when: "it worked on the iPhone all the same",
    says: "passes",
    calls: [unfocused().returns(passkey("A"))],
    page: iphone,
  },
  { when: "the document had focus", says: "passes", calls: [get()], page: iphone },
  {
    when: "AutoFill needs no focus",
    says: "not-applicable",
    calls: [get({}, { mediation: "conditional" }).with({ environment: { hasFocus: false } })],
    page: iphone,
  },
  {
    when: "an automatic upgrade is asked for without focus",
    says: "fails",
    calls: [
      create({}, { mediation: "conditional" })
        .with({ environment: { hasFocus: false } })
        .rejects("NotAllowedError", { after: 5 }),
    ],
    page: iphone,
  },
  {
    when: "it worked in Chrome, where focus may be elsewhere",
    says: "cannot-tell",
    calls: [unfocused().returns(passkey("A"))],
  },
  {
    when: "passwords are asked for",
    says: "not-applicable",
    calls: [call("credentials.get", { password: true }).with({ environment: { hasFocus: false } })],
    page: iphone,
  },
  {
    when: "another browser says so",
    says: "fails",
    calls: [get().rejects("NotAllowedError", { message: "The document is not focused." })],
  },
  {
    when: "the call before ended exactly a second ago",
    says: "fails",
    calls: [
      create().returns(passkey("A"), { after: 59_000 }),
      unfocused().rejects("NotAllowedError", { after: 5 }),
    ],
    page: iphone,
    finding: { related: [] },
  },
  {
    when: "the call is still open on the iPhone, which rejects at once",
    says: "cannot-tell",
    calls: [unfocused()],
    page: iphone,
  },
  {
    when: "the iPhone took its time, so that a sheet came up",
    says: "passes",
    calls: [unfocused().rejects("NotAllowedError", { after: 9_000 })],
    page: iphone,
  },
] satisfies RuleCase[];
