import { analyze, IOS_GENERATIONS } from "../../src/index.js";
import { recordingOfStored, type StoredLog } from "./storedLog.js";

/** What a person chose in the panel, as it was kept: anything at all. */
export interface JudgingSettings {
  judgeAs: unknown;
  switchedOffRules: unknown;
}

/** The number of errors that the panel would show for these calls. */
export async function countErrors(
  log: StoredLog,
  { judgeAs, switchedOffRules }: JudgingSettings,
): Promise<number> {
  const platform = IOS_GENERATIONS.find(({ label }) => label === judgeAs)?.platform;
  const { findings } = await analyze(recordingOfStored(log), platform ? { platform } : {});
  const isOff = (ruleId: string) => Array.isArray(switchedOffRules) && switchedOffRules.includes(ruleId);
  return findings.filter(({ severity, ruleId }) => severity === "error" && !isOff(ruleId)).length;
}
