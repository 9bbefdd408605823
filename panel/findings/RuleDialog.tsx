import { Fragment } from "preact";
import { RULES, tabulateRule } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { Prose, plainProse } from "../ui/Prose.js";
import { count } from "../words/count.js";
import { CONFIDENCE_WORDS, isSafeReference } from "../words/describeFinding.js";

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
        <p>This version of Keyhole has no such rule.</p>
      </Dialog>
    );
  }
  const isOn = !store.preferences.current.value.switchedOffRules.includes(ruleId);
  const all = [...(store.analysis.value?.findings ?? []), ...store.hiddenFindings.value];
  const found = all.filter((finding) => finding.ruleId === ruleId).length;
  return (
    <Dialog title={plainProse(rule.title)} onClose={onClose}>
      <p class="rule-id">
        <code>{rule.id}</code>{" "}
        <span>{rule.holdsOn === "ios" ? "on iPhone and iPad" : "on every platform"}</span>
      </p>
      <dl class="rule-entry">
        <dt>What happens</dt>
        <dd>
          <Prose text={rule.experience} />
        </dd>
        <dt>Fix</dt>
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
        <dt>How we know</dt>
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
          Judge by this rule{" "}
          <span class="quiet">
            · {count(found, "finding")} in this log{isOn || found === 0 ? "" : ", hidden"}
          </span>
        </span>
      </label>
    </Dialog>
  );
}
