import { useMemo } from "preact/hooks";
import { compareRecordings } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { LongText } from "../ui/LongText.js";
import { say, sayCount, sayCountParts } from "../words/say.js";
import type { Second } from "./comparing.js";
import { describeSide } from "./comparison.js";

/** Every call of the open log beside its counterpart, with the number of differences that can decide. */
export function AllPairs({ store, second }: { store: Store; second: Second }) {
  const recording = store.recording.value;
  const analysis = store.analysis.value;
  const pairs = useMemo(
    () => compareRecordings(analysis ?? { recording }, second.analysis),
    [analysis ?? recording, second],
  );
  const differing = pairs.filter(({ differences }) => differences.some(isDecisive)).length;
  const alone = pairs.filter(({ a, b }) => !a || !b).length;
  const calls = second.analysis.recording.calls.length;
  return (
    <>
      <p>
        {sayCountParts("compare_pairs", pairs.length - alone, {
          second: (
            <b>
              <LongText text={second.name} limit={80} />
            </b>
          ),
          form: second.takenFor,
          calls: sayCount("callCount", calls),
          differing: describeDiffering(differing, alone),
        })}
      </p>
      <ol class="pairs">
        <li class="pairs-head" aria-hidden="true">
          <span>{say("compare_thisLog")}</span>
          <span>{second.name.slice(0, 80)}</span>
        </li>
        {pairs.slice(0, SHOWN).map(({ a, b, differences }) => {
          const decisive = differences.filter(isDecisive).length;
          return (
            <li
              key={`${a?.id} ${b?.id}`}
              class={a && a.id === store.selectedId.value ? "current" : undefined}
            >
              {a ? (
                <button type="button" class="link" onClick={() => store.open(a.id)}>
                  {shortName(a)}
                </button>
              ) : (
                <span class="quiet">{say("compare_onlySecond")}</span>
              )}
              <span>{b ? shortName(b) : <span class="quiet">{say("compare_onlyThis")}</span>}</span>
              <span class={decisive > 0 ? "pair-count has-failed" : "pair-count"}>
                {a && b
                  ? decisive > 0
                    ? sayCount("compare_decisiveCount", decisive)
                    : say("compare_alike")
                  : ""}
              </span>
            </li>
          );
        })}
      </ol>
      {pairs.length > SHOWN && <p class="quiet-note">{sayCount("compare_more", pairs.length - SHOWN)}</p>}
    </>
  );
}

/** "none with differences that can decide; 2 calls without a counterpart". */
function describeDiffering(amount: number, alone: number): string {
  const differing = amount === 0 ? say("compare_noneDiffers") : sayCount("compare_differing", amount);
  return alone === 0
    ? differing
    : say("compare_differingAlone", { differing, alone: sayCount("compare_alone", alone) });
}

const SHOWN = 200;

const isDecisive = ({ weight }: { weight: string }) => weight === "decisive";

function shortName(call: Parameters<typeof describeSide>[0]["call"]): string {
  const { method, outcome } = describeSide({ call, number: 0, analysis: undefined, realm: undefined });
  return `${method}: ${outcome}`;
}
