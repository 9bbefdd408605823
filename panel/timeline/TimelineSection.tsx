import type { Call } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { describeDuration } from "../words/describeDuration.js";
import { describeMethod, describeVariant } from "../words/describeMethod.js";
import { describeOutcome } from "../words/describeOutcome.js";
import { say, sayCount } from "../words/say.js";
import { describeEnd } from "./describeEnd.js";
import { Track } from "./Track.js";
import { timelineOf } from "./timelineOf.js";

/** A call beside those that were open at the same time: what waited, what came in between, what was aborted. */
export function TimelineSection({ store, call }: { store: Store; call: Call }) {
  const { calls } = store.log.value.state.value;
  const isLive = store.importedName.value === undefined && store.log.value.capabilities.live;
  const last = calls.at(-1);
  const seenUntil = Math.max(last ? last.startedAt + (last.duration ?? 0) : 0, call.startedAt + 1_000);
  const timeline = timelineOf(call, calls, isLive ? Math.max(store.now.value, seenUntil) : seenUntil);
  if (!timeline) return null;
  const { bars, more, span } = timeline;
  return (
    <section aria-labelledby="timeline">
      <h3 id="timeline">
        {say(bars.length > 1 ? "timeline_overlapping" : "timeline")}{" "}
        <span class="h2-note">{describeDuration(span)}</span>
      </h3>
      <ol class="timeline">
        {bars.map((bar) => (
          <li key={bar.call.id} class={bar.call.id === call.id ? "timeline-row own" : "timeline-row"}>
            {bar.call.id === call.id ? (
              <span class="timeline-name">{nameOf(bar.call)}</span>
            ) : (
              <button type="button" class="link timeline-name" onClick={() => store.open(bar.call.id)}>
                {nameOf(bar.call)}
              </button>
            )}
            <Track bar={bar} />
            <span class="timeline-end">
              {describeEnd(
                bar.call,
                describeOutcome(bar.call, store.known.value.providerOf(bar.call.id)).word,
              )}
            </span>
          </li>
        ))}
      </ol>
      {more > 0 && <p class="quiet-note">{sayCount("timeline_more", more)}</p>}
    </section>
  );
}

function nameOf(call: Call): string {
  return `${describeMethod(call.api)} ${describeVariant(call)}`.trim();
}
