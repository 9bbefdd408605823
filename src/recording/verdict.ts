/** What a relying party's server would check (WebAuthn L3 §7.1, §7.2), step by step. */
export interface Verdict {
  /** stable kebab-case id of the step, e.g. "challenge", "origin", "rp-id-hash", "signature" */
  check: string;
  outcome: "pass" | "fail" | "cannot-tell" | "not-applicable";
  /** one sentence, with the two values that were compared */
  because: string;
  /** section anchor in the specification */
  spec: string;
}
