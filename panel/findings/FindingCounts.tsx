import type { Severity } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { count } from "../words/count.js";

/** Number of findings by severity: icon and number, in words for a screen reader. Nothing where there are none. */
export function FindingCounts({
  errors,
  warnings,
  infos,
  hidden = 0,
}: {
  errors: number;
  warnings: number;
  infos: number;
  /** of switched-off rules */
  hidden?: number;
}) {
  return (
    <>
      <Count severity="error" amount={errors} words={count(errors, "error")} />
      <Count severity="warning" amount={warnings} words={count(warnings, "warning")} />
      <Count severity="info" amount={infos} words={count(infos, "note")} />
      <Count severity="hidden" amount={hidden} words={`${hidden} hidden by switched-off rules`} />
    </>
  );
}

function Count({
  severity,
  amount,
  words,
}: {
  severity: Severity | "hidden";
  amount: number;
  words: string;
}) {
  if (amount === 0) return null;
  return (
    <span class={`count ${severity}`} title={words}>
      <Icon name={severity} />
      <span aria-hidden="true">{amount}</span>
      <span class="visually-hidden">{words} </span>
    </span>
  );
}
