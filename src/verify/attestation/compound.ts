import type { CompoundStatement } from "../../decode/attestation/compound.js";
import { type Said, say, sentence } from "../said.js";
import type { AttestationSaid, VerifyStatement } from "./attestation.js";

/** Every statement is judged; of each part the worst that is said of any counts. */
export function verifyCompound(
  verifyOne: VerifyStatement<CompoundStatement["statements"][number]>,
): VerifyStatement<CompoundStatement> {
  return async ({ statements }, attested) => {
    const parts = new Map<keyof AttestationSaid, Said[]>();
    for (const statement of statements) {
      const said = await verifyOne(statement, attested);
      for (const [part, { outcome, sentences }] of Object.entries(said) as [keyof AttestationSaid, Said][]) {
        const named = say(outcome, sentence("in-compound", { format: statement.format }), ...sentences);
        const others = parts.get(part);
        if (others) others.push(named);
        else parts.set(part, [named]);
      }
    }
    return Object.fromEntries([...parts].map(([part, all]) => [part, worstOf(all)]));
  };
}

const WORST_FIRST: readonly Said["outcome"][] = ["fail", "cannot-tell", "pass", "not-applicable"];

function worstOf(all: readonly Said[]): Said {
  const worst = WORST_FIRST.find((outcome) => all.some((said) => said.outcome === outcome))!;
  return say(worst, ...all.filter(({ outcome }) => outcome === worst).flatMap(({ sentences }) => sentences));
}
