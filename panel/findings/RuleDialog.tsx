import { Fragment } from "preact";
import { RULES, type Words } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { Prose, plainProse } from "../ui/Prose.js";
import { CONFIDENCE_WORDS, isSafeReference } from "../words/describeFinding.js";
import { sayCase, sayRule } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";
import { tabulateRule } from "../words/tabulateRule.js";

/** A rule's entry in the catalogue: what, when, how grave, what to change, how we know; and its switch. */
export function RuleDialog({
  store,
  ruleId,
  onClose,
}: {
  store: Store;
  ruleId: string;
  onClose: () => void;
}) {
  const rule = RULES.find(({ id }) => id === ruleId);
  if (!rule) {
    return (
      <Dialog title={ruleId} onClose={onClose}>
        <p>{say("rule_none")}</p>
      </Dialog>
    );
  }
  const cases = Object.keys(rule.cases ?? {});
  const isOn = !store.preferences.current.value.switchedOffRules.includes(ruleId);
  const all = [...(store.analysis.value?.findings ?? []), ...store.hiddenFindings.value];
  const found = all.filter((finding) => finding.ruleId === ruleId).length;
  return (
    <Dialog title={plainProse(sayRule(rule, "title"))} onClose={onClose}>
      <p class="rule-id">
        <code>{rule.id}</code> <span>{say(rule.holdsOn === "ios" ? "rule_onIos" : "rule_everywhere")}</span>
      </p>
      <dl class="rule-entry">
        <dt>{say("rule_experience")}</dt>
        <dd>
          <Prose text={sayRule(rule, "experience")} />
        </dd>
        <dt>{say("finding_fix")}</dt>
        <dd>
          <Prose text={sayRule(rule, "fix")} />
        </dd>
        {cases.length > 0 && (
          <>
            <dt>{say("rule_cases")}</dt>
            <dd>
              <ul class="rule-cases">
                {cases.map((name) => (
                  <CaseOfRule key={name} words={sayCase(rule, name)} />
                ))}
              </ul>
            </dd>
          </>
        )}
        {tabulateRule(rule).map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              <Prose text={value} />
            </dd>
          </Fragment>
        ))}
        <dt>{say("rule_source")}</dt>
        <dd>
          {CONFIDENCE_WORDS[rule.confidence]}
          <ul>
            {rule.references.filter(isSafeReference).map(({ label, url }) => (
              <li key={url}>
                <a href={url} target="_blank" rel="noopener noreferrer">
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <label class="rule-switch">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => store.switchRule(ruleId, event.currentTarget.checked)}
        />
        <span>
          {say("rule_judge")}{" "}
          <span class="quiet">
            · {sayCount(isOn || found === 0 ? "rule_found" : "rule_foundHidden", found)}
          </span>
        </span>
      </label>
    </Dialog>
  );
}

/** A case that needs other words than the rule as a whole. */
function CaseOfRule({ words: { title, experience, fix } }: { words: Partial<Words> }) {
  return (
    <li>
      {title !== undefined && (
        <b>
          <Prose text={title} />
        </b>
      )}{" "}
      {experience !== undefined && <Prose text={experience} />}{" "}
      {fix !== undefined && (
        <span>
          {say("finding_fix")}: <Prose text={fix} />
        </span>
      )}
    </li>
  );
}
