import type { Snapshot } from "../../../../src/recording/snapshot.js";
import { get, safari } from "../../../support/recordings.js";
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
] satisfies RuleCase[];
