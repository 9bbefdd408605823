import type { Severity } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { count } from "../words/count.js";

/** Number of findings by severity: icon and number, in words for a screen reader. Nothing where there are none. */
export function FindingCounts({
  errors,
  warnings,
  infos,
}: {
  errors: number;
  warnings: number;
  infos: number;
}) {
  return (
    <>
      <Count severity="error" amount={errors} noun="error" />
      <Count severity="warning" amount={warnings} noun="warning" />
      <Count severity="info" amount={infos} noun="note" />
    </>
  );
}

function Count({ severity, amount, noun }: { severity: Severity; amount: number; noun: string }) {
  if (amount === 0) return null;
  return (
    <span class={`count ${severity}`} title={count(amount, noun)}>
      <Icon name={severity} />
      <span aria-hidden="true">{amount}</span>
      <span class="visually-hidden">{count(amount, noun)} </span>
    </span>
  );
}
