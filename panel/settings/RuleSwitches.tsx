import { useMemo, useState } from "preact/hooks";
import { RULES, type Rule } from "../../src/index.js";
import { RuleLink } from "../findings/RuleLink.js";
import type { Store } from "../store/createStore.js";
import { Prose, plainProse } from "../ui/Prose.js";
import { sayRule } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";

/** Every rule with its switch; those that are off stand first, so that nobody has to look for them. */
export function RuleSwitches({
  store,
  soughtBefore = "",
  visited,
}: {
  store: Store;
  soughtBefore?: string | undefined;
  /** the rule whose entry someone comes back from: the focus goes to it */
  visited?: string | undefined;
}) {
  const [sought, setSought] = useState(soughtBefore);
  const off = store.preferences.current.value.switchedOffRules;
  // The order of the moment at which the dialog was opened: a row does not run away from the pointer.
  const rules = useMemo(() => {
    const isOff = ({ id }: Rule) => off.includes(id);
    return [...RULES.filter(isOff), ...RULES.filter((rule) => !isOff(rule))].map((rule) => ({
      id: rule.id,
      title: sayRule(rule, "title"),
    }));
  }, []);
  const needle = sought.trim().toLowerCase();
  const shown = rules.filter(({ id, title }) => `${id} ${plainProse(title)}`.toLowerCase().includes(needle));
  const hidden = store.hiddenFindings.value;
  const hiddenBy = (ruleId: string) => hidden.filter((finding) => finding.ruleId === ruleId).length;

  const amounts = { on: RULES.filter(({ id }) => !off.includes(id)).length, all: RULES.length };
  return (
    <fieldset class="rule-switches">
      <legend>
        {say("settings_rules")}{" "}
        <span class="quiet">
          ·{" "}
          {hidden.length > 0
            ? sayCount("settings_rulesOnHiding", hidden.length, amounts)
            : say("settings_rulesOn", amounts)}
        </span>
      </legend>
      <input
        type="search"
        aria-label={say("settings_findRule")}
        placeholder={say("settings_findRule")}
        spellcheck={false}
        autocomplete="off"
        value={sought}
        onInput={(event) => setSought(event.currentTarget.value)}
      />
      <ul tabIndex={-1}>
        {shown.map(({ id, title }) => (
          <li key={id} data-rule-switch={id}>
            <input
              type="checkbox"
              aria-label={`${id}: ${plainProse(title)}`}
              checked={!off.includes(id)}
              onChange={(event) => store.switchRule(id, event.currentTarget.checked)}
            />
            <span>
              <Prose text={title} />{" "}
              <RuleLink
                store={store}
                ruleId={id}
                back={{ kind: "settings", sought, visited: id }}
                isFirst={id === visited}
              />
              {hiddenBy(id) > 0 && (
                <span class="quiet"> · {sayCount("settings_ruleHides", hiddenBy(id))}</span>
              )}
            </span>
          </li>
        ))}
        {shown.length === 0 && <li class="quiet">{say("settings_noRule")}</li>}
      </ul>
    </fieldset>
  );
}
