import type { Verdict } from "../recording/verdict.js";
import { cannotTell, type Said, type StepSentence } from "./said.js";

/** One step of a ceremony's verification. */
export interface Step<Facts> {
  /** kebab-case, stable: people and files refer to it */
  check: string;
  /** anchor in the specification */
  spec: string;
  /**
   * what it looks at in the answer's bytes, by the decoders' paths below the member of the response
   * ("authenticatorData" stands for that of an attestation object, too); the first that is there counts
   */
  fields?: readonly string[];
  judge(facts: Facts): (Said & { spec?: string }) | Promise<Said & { spec?: string }>;
}

/** A verdict for each step, in their order. A broken step spoils only its own. */
export async function judgeSteps<Facts>(steps: readonly Step<Facts>[], facts: Facts): Promise<Verdict[]> {
  return Promise.all(
    steps.map(async ({ check, spec, judge }) => {
      const { sentences, ...said } = await judgeOrBreak(() => judge(facts));
      const verdict = { check, spec, ...said };
      SENTENCES.set(verdict, sentences);
      return verdict;
    }),
  );
}

async function judgeOrBreak(judge: () => ReturnType<Step<unknown>["judge"]>) {
  try {
    return await judge();
  } catch (error) {
    return cannotTell("broken", { error: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * What a verdict of Keyhole's own says, by names and values; undefined for one that came with a file.
 * No member of the verdict: nothing that is written carries it along, with values that were to be masked,
 * and no file can bring it.
 */
export const sentencesOf = (verdict: Verdict): readonly StepSentence[] | undefined => SENTENCES.get(verdict);

const SENTENCES = new WeakMap<Verdict, readonly StepSentence[]>();
