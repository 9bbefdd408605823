import { readCeremonies } from "../../../src/ceremony/readCeremony.js";
import { isAppleMobile, platformOf } from "../../../src/recording/platformOf.js";
import type { Finding, Judgement, Rule, Undecided } from "../../../src/rules/rule.js";
import { runRules } from "../../../src/rules/runRules.js";
import { CURRENT_IOS } from "../../../src/spec/platforms.js";
import { recordingOf } from "../../support/recordings.js";
import { resolvePointer } from "../../support/resolvePointer.js";
import type { RuleCase } from "./ruleCase.js";

/** What one rule says of the last call of a case. */
export function judge(
  rule: Rule,
  { calls, page, judgedAs }: Pick<RuleCase, "calls" | "page" | "judgedAs">,
): { findings: Finding[]; undecided: Undecided[]; outcome: Judgement["outcome"] } {
  const recording = recordingOf(calls, page);
  const last = recording.calls.at(-1)!;
  let outcome: Judgement["outcome"] = "not-applicable";
  const watched: Rule = {
    ...rule,
    asks: [...rule.asks, "callId"],
    check(facts) {
      const judgements = [rule.check(facts)].flat();
      if (facts.callId === last.id) outcome = gravest(judgements);
      return judgements;
    },
  };
  const judged = runRules([watched], recording, readCeremonies(recording), (each) => {
    const recordedOn = platformOf(each);
    return judgedAs ?? (isAppleMobile(recordedOn) ? recordedOn : CURRENT_IOS);
  });
  const findings = judged.findings.filter(({ callId }) => callId === last.id);
  const undecided = judged.undecided.filter(({ callId }) => callId === last.id);
  for (const { at } of findings) resolvePointer(last, at);
  if (findings.length === 0 && undecided.length > 0) outcome = "cannot-tell";
  return { findings, undecided, outcome };
}

function gravest(judgements: Judgement[]): Judgement["outcome"] {
  const outcomes = judgements.map(({ outcome }) => outcome);
  const order = ["fails", "cannot-tell", "passes"] as const;
  return order.find((outcome) => outcomes.includes(outcome)) ?? "not-applicable";
}
