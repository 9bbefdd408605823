import type { Analysis, Finding } from "../../src/index.js";

/** An analysis without what the switched-off rules say, and what they would have said. */
export interface Shown {
  analysis: Analysis | undefined;
  hidden: readonly Finding[];
}

/** Everything but findings and undecided rules stays: what happened does not depend on what one wants to hear of. */
export function hideRules(analysis: Analysis | undefined, switchedOff: readonly string[]): Shown {
  if (!analysis || switchedOff.length === 0) return { analysis, hidden: [] };
  const isOff = new Set(switchedOff);
  return {
    analysis: {
      ...analysis,
      findings: analysis.findings.filter(({ ruleId }) => !isOff.has(ruleId)),
      undecided: analysis.undecided.filter(({ ruleId }) => !isOff.has(ruleId)),
    },
    hidden: analysis.findings.filter(({ ruleId }) => isOff.has(ruleId)),
  };
}
