import { Fragment } from "preact";
import { RULES, tabulateRule } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { Prose, plainProse } from "../ui/Prose.js";
import { CONFIDENCE_WORDS, isSafeReference } from "../words/describeFinding.js";
import { sayRuleTitle } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";

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
  const isOn = !store.preferences.current.value.switchedOffRules.includes(ruleId);
  const all = [...(store.analysis.value?.findings ?? []), ...store.hiddenFindings.value];
  const found = all.filter((finding) => finding.ruleId === ruleId).length;
  return (
    <Dialog title={plainProse(sayRuleTitle(rule.id, rule.title))} onClose={onClose}>
      <p class="rule-id">
        <code>{rule.id}</code> <span>{say(rule.holdsOn === "ios" ? "rule_onIos" : "rule_everywhere")}</span>
      </p>
      <dl class="rule-entry">
        <dt>{say("rule_experience")}</dt>
        <dd>
          <Prose text={rule.experience} />
        </dd>
        <dt>{say("finding_fix")}</dt>
        <dd>
          <Prose text={rule.fix} />
        </dd>
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
