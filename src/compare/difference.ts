import type { Snapshot } from "../recording/snapshot.js";

/** One thing in which two calls differ. */
export interface Difference {
  /**
   * JSON pointer into the call; what stands in bytes has the decoder's path after "#", what belongs to the
   * page begins with "/page", a finding with "/findings", a verdict with "/verdicts"
   */
  at: string;
  area: Area;
  /** added: b alone has it; removed: a alone; retyped: another JavaScript type, whatever the value */
  kind: "added" | "removed" | "changed" | "retyped";
  /** absent: there is no such member */
  a?: Snapshot;
  b?: Snapshot;
  /**
   * decisive: can make the one succeed and the other fail. notable: worth knowing. expected: differs from
   * call to call (challenges, IDs, signatures), means the same to WebAuthn, or isn't known on one side
   */
  weight: Weight;
}

export type Area =
  | "outcome"
  | "findings"
  | "verdicts"
  | "request"
  | "answer"
  | "environment"
  | "page"
  | "timing";
export type Weight = "decisive" | "notable" | "expected";

/** Decisive first; within a weight what came of it, then what was asked, then where. */
export const WEIGHTS: readonly Weight[] = ["decisive", "notable", "expected"];
export const AREAS: readonly Area[] = [
  "outcome",
  "findings",
  "verdicts",
  "request",
  "answer",
  "environment",
  "page",
  "timing",
];
