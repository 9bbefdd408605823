import { specificationUrl, type Verdict } from "../../src/index.js";
import { Icon, type IconName } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";

/** What a relying party's server would check, step by step. */
export function VerifyTab({ verdicts }: { verdicts: readonly Verdict[] }) {
  return (
    <section aria-labelledby="verify-steps">
      <h3 id="verify-steps">What a server would check</h3>
      <VerdictList verdicts={verdicts} />
    </section>
  );
}

export function VerdictList({ verdicts }: { verdicts: readonly Verdict[] }) {
  return (
    <ol class="verdicts">
      {verdicts.map((verdict) => (
        <li key={verdict.check} class={`verdict ${verdict.outcome}`}>
          <span class="verdict-outcome">
            <Icon name={OUTCOMES[verdict.outcome].icon} />
            {OUTCOMES[verdict.outcome].word}
          </span>
          <code>
            <a href={specificationUrl(verdict.spec)} target="_blank" rel="noopener noreferrer">
              {verdict.check}
            </a>
          </code>
          <span>
            <LongText text={verdict.because} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "18/18": passed, out of those that could be decided. */
export function countVerdicts(verdicts: readonly Verdict[]): string {
  const decided = verdicts.filter(({ outcome }) => outcome === "pass" || outcome === "fail");
  return `${decided.filter(({ outcome }) => outcome === "pass").length}/${decided.length}`;
}

const OUTCOMES: Record<Verdict["outcome"], { icon: IconName; word: string }> = {
  pass: { icon: "good", word: "passes" },
  fail: { icon: "bad", word: "fails" },
  "cannot-tell": { icon: "unknown", word: "can’t tell" },
  "not-applicable": { icon: "none", word: "not applicable" },
};
