import type { Verdict } from "../../src/index.js";
import { say, sayCount } from "./say.js";

export const OUTCOME_WORDS: Record<Verdict["outcome"], string> = {
  get pass() {
    return say("verdict_pass");
  },
  get fail() {
    return say("verdict_fail");
  },
  get "cannot-tell"() {
    return say("verdict_cannotTell");
  },
  get "not-applicable"() {
    return say("verdict_notApplicable");
  },
};

/** What a server would say to an answer, in one sentence. */
export function describeVerdicts(verdicts: readonly Verdict[]): string {
  const of = (outcome: Verdict["outcome"]) =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const untold = of("cannot-tell");
  const failed = of("fail");
  const decision =
    failed > 0
      ? sayCount("verdicts_failed", failed, { decided: of("pass") + failed })
      : sayCount("verdicts_passed", of("pass"));
  return untold > 0 ? `${decision} ${sayCount("verdicts_untold", untold)}` : decision;
}
