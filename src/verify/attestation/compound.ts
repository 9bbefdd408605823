import type { CompoundStatement } from "../../decode/attestation/compound.js";
import type { Verdict } from "../../recording/verdict.js";
import type { Said } from "../said.js";
import type { AttestationSaid, VerifyStatement } from "./attestation.js";

/** Every statement is judged; of each part the worst that is said of any counts. */
export function verifyCompound(
  verifyOne: VerifyStatement<CompoundStatement["statements"][number]>,
): VerifyStatement<CompoundStatement> {
  return async ({ statements }, attested) => {
    const merged: AttestationSaid = {};
    for (const statement of statements) {
      const said = await verifyOne(statement, attested);
      for (const [part, one] of Object.entries(said) as [keyof AttestationSaid, Said][]) {
        const named = { ...one, because: `${statement.format}: ${one.because}` };
        const other = merged[part];
        merged[part] = other ? worse(other, named) : named;
      }
    }
    return merged;
  };
}

const WORST_FIRST: readonly Verdict["outcome"][] = ["fail", "cannot-tell", "pass", "not-applicable"];

function worse(a: Said, b: Said): Said {
  if (a.outcome === b.outcome) return { ...a, because: `${a.because} ${b.because}` };
  return WORST_FIRST.indexOf(a.outcome) < WORST_FIRST.indexOf(b.outcome) ? a : b;
}
