import type { Store } from "../store/createStore.js";
import { Icon } from "../ui/Icon.js";
import { say, sayParts } from "../words/say.js";
import { describeSide } from "./comparison.js";

/** The call that waits to be compared, for as long as it does, with the ways to go on. */
export function MarkedBar({ store }: { store: Store }) {
  const markedId = store.comparing.markedId.value;
  if (markedId === undefined) return null;
  const { calls } = store.log.value.state.value;
  const number = calls.findIndex(({ id }) => id === markedId) + 1;
  const call = calls[number - 1];
  if (!call) return null;
  const { method, outcome } = describeSide({ call, number, analysis: undefined, realm: undefined });
  const selectedId = store.selectedId.value;
  const other = calls.findIndex(({ id }) => id === selectedId) + 1;
  return (
    <section class="marked-bar" aria-label={say("compare_bar")}>
      <span>
        <Icon name="compare" />{" "}
        {sayParts("compare_marked", {
          call: (
            <b>
              {number}. {method}: {outcome}
            </b>
          ),
        })}{" "}
        {(other === 0 || selectedId === markedId) && say("compare_goOn")}
      </span>
      {other > 0 && selectedId !== undefined && selectedId !== markedId && (
        <button type="button" class="button primary" onClick={() => store.compareFrom(selectedId)}>
          {say("compare_with", { number: other })}
        </button>
      )}
      <button type="button" class="button" onClick={() => store.comparing.mark(undefined)}>
        {say("compare_letGo")}
      </button>
    </section>
  );
}
