import type { Verdict } from "../../src/index.js";
import { count } from "./count.js";

export const OUTCOME_WORDS: Record<Verdict["outcome"], string> = {
  pass: "passes",
  fail: "fails",
  "cannot-tell": "can’t tell",
  "not-applicable": "not applicable",
};

/** What a server would say to an answer, in one sentence. */
export function describeVerdicts(verdicts: readonly Verdict[]): string {
  const of = (outcome: Verdict["outcome"]) =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const untold = of("cannot-tell");
  const rest = untold > 0 ? ` ${count(untold, "step")} can’t be told from here.` : "";
  const failed = of("fail");
  if (failed > 0)
    return `It would refuse this: ${count(failed, "step")} of ${of("pass") + failed} ${failed === 1 ? "fails" : "fail"}.${rest}`;
  return `Nothing that it would refuse: ${count(of("pass"), "step")} passed, none failed.${rest}`;
}
