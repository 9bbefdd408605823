import type { Severity } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { sayCount } from "../words/say.js";

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
      <Count severity="error" amount={errors} words={sayCount("errorCount", errors)} />
      <Count severity="warning" amount={warnings} words={sayCount("warningCount", warnings)} />
      <Count severity="info" amount={infos} words={sayCount("infoCount", infos)} />
      <Count severity="hidden" amount={hidden} words={sayCount("findings_hiddenCount", hidden)} />
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
