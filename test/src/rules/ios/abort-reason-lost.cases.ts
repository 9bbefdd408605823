import type { Snapshot } from "../../../../src/recording/snapshot.js";
import { create, get, passkey, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const iphone = { browser: safari("18.5") };
const aborted = (reason: Snapshot) =>
  get()
    .rejects("AbortError")
    .with({ aborted: { at: 0, reason } });

export default [
  {
    when: "the page gave a reason of its own",
    says: "fails",
    calls: [aborted("changed my mind")],
    page: iphone,
    finding: { severity: "info", at: "/aborted/reason", evidence: 'string "changed my mind"' },
  },
  {
    when: "the page gave none",
    says: "passes",
    calls: [aborted({ $: "object", class: "DOMException", value: { name: "AbortError", message: "" } })],
    page: iphone,
  },
  {
    when: "the reason arrives",
    says: "passes",
    calls: [
      get()
        .rejects("Error", { message: "changed my mind" })
        .with({ aborted: { at: 0, reason: "changed my mind" } }),
    ],
    page: iphone,
  },
  {
    when: "nothing was aborted",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError")],
    page: iphone,
  },
  { when: "in Chrome", says: "not-applicable", calls: [aborted("changed my mind")] },
  {
    when: "a registration was aborted with a reason",
    says: "fails",
    calls: [
      create()
        .rejects("AbortError")
        .with({ aborted: { at: 1, reason: "later" } }),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "the abort came too late",
    says: "not-applicable",
    calls: [
      get()
        .returns(passkey("A"))
        .with({ aborted: { at: 1, reason: "later" } }),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "the AbortError is the page's own",
    says: "passes",
    calls: [
      get()
        .rejects("AbortError", { message: "mine" })
        .with({ aborted: { at: 1, reason: "mine" } }),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "the reason has Safari's words and a name of its own",
    says: "passes",
    calls: [
      get()
        .rejects("Error", { message: "Aborted by AbortSignal." })
        .with({ aborted: { at: 1, reason: "mine" } }),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "there is no reason",
    says: "passes",
    calls: [
      get()
        .rejects("AbortError")
        .with({ aborted: { at: 1, reason: { $: "undefined" } } }),
    ],
    page: { browser: safari("18.5") },
  },
  {
    when: "the reason could not be kept",
    says: "passes",
    calls: [
      get()
        .rejects("AbortError")
        .with({ aborted: { at: 1, reason: { $: "unreadable", error: "Error" } } }),
    ],
    page: { browser: safari("18.5") },
  },
] satisfies RuleCase[];
