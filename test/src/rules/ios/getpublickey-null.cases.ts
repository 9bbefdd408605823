import type { Snapshot } from "../../../../src/recording/snapshot.js";
import { create, raw, safari, securityKey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

/** The answer of a key, with what getPublicKey() gave. */
function answering(publicKey: Snapshot) {
  return [create().returns(securityKey("K", { publicKey: raw(publicKey) }))];
}

export default [
  {
    when: "it gives null on iOS 26",
    says: "fails",
    calls: answering(null),
    page: { browser: safari("26.6") },
    finding: {
      severity: "warning",
      at: "/outcome/value/value/response/publicKey",
      evidence: /^null, for ES256/,
    },
  },
  {
    when: "it gives the key",
    says: "passes",
    calls: answering({ $: "bytes", type: "ArrayBuffer", base64url: "AAAA" }),
    page: { browser: safari("26.6") },
  },
  {
    when: "there is no getPublicKey() on iOS 15",
    says: "not-applicable",
    calls: [create().returns(securityKey("K"))],
    page: { browser: safari("15.6") },
  },
  {
    when: "it threw",
    says: "not-applicable",
    calls: answering({ $: "unreadable", error: "Error" }),
    page: { browser: safari("26.6") },
  },
  { when: "it gives null in Chrome", says: "not-applicable", calls: answering(null) },
] satisfies RuleCase[];
