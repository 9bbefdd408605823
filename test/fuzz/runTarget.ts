import fc from "fast-check";
import { type Kept, keepInput } from "./keepInput.js";
import { tryInput } from "./promises/tryInput.js";
import type { AnyTarget } from "./target.js";

/** A promise that was broken, by the smallest input that breaks it. Kept as a file, it is a regression sample. */
export interface Finding {
  target: string;
  /** what was broken */
  what: string;
  seed: number;
  input: Kept;
}

export interface Outcome {
  executions: number;
  finding?: Finding;
}

/** Tries a target so often; the same seed means the same inputs. */
export async function runTarget(
  target: AnyTarget,
  {
    seed,
    runs,
    beforeEach = () => {},
  }: { seed: number; runs: number; beforeEach?: (input: unknown) => void },
): Promise<Outcome> {
  const property = fc.asyncProperty(target.inputs, async (input) => {
    beforeEach(input);
    await tryInput(target, input);
  });
  const { failed, numRuns, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: runs,
  });
  if (!failed || !counterexample) return { executions: numRuns };
  // Without the stack: it names places of this machine, and a replay shows it again.
  const what = String(errorInstance).slice(0, 3_000);
  return {
    executions: numRuns,
    finding: { target: target.name, what, seed, input: keepInput(counterexample[0]) },
  };
}
