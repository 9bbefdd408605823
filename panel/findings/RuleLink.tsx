import type { OpenDialog, Store } from "../store/createStore.js";
import { say } from "../words/say.js";

/** The id of a rule; opens its entry in the catalogue. */
export function RuleLink({
  store,
  ruleId,
  back,
  isFirst = false,
}: {
  store: Store;
  ruleId: string;
  /** where whoever closes the entry is back */
  back?: OpenDialog;
  /** has the focus when its dialog opens */
  isFirst?: boolean;
}) {
  return (
    <button
      type="button"
      class="link rule-link"
      title={say("rule_about")}
      {...(isFirst && { "data-first": "" })}
      onClick={() => store.showDialog({ kind: "rule", ruleId, ...(back && { back }) })}
    >
      {ruleId}
    </button>
  );
}
