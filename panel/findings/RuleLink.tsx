import type { Store } from "../store/createStore.js";

/** The id of a rule; opens its entry in the catalogue. */
export function RuleLink({
  store,
  ruleId,
  isFromSettings = false,
}: {
  store: Store;
  ruleId: string;
  /** whoever closes the entry is back in the settings */
  isFromSettings?: boolean;
}) {
  return (
    <button
      type="button"
      class="link rule-link"
      title="About this rule"
      onClick={() => store.showDialog({ kind: "rule", ruleId, isFromSettings })}
    >
      {ruleId}
    </button>
  );
}
