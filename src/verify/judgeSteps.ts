import type { Verdict } from "../recording/verdict.js";
import { cannotTell, type Said } from "./said.js";

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
      try {
        return { check, spec, ...(await judge(facts)) };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { check, spec, ...cannotTell(`${BROKEN} ${message}`) };
      }
    }),
  );
}

export const BROKEN = "Keyhole failed at this step:";
