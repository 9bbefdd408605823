import { describeOutcome } from "../words/describeOutcome.js";
import { shadeOf } from "./shadeOf.js";
import type { Break } from "./stretchesOf.js";
import type { Bar } from "./timelineOf.js";

/** A call on its axis: from when to when, open at its end if nobody knows that, and where it was aborted. */
export function Track({ bar, breaks = [] }: { bar: Bar; breaks?: readonly Break[] }) {
  return (
    <span class="timeline-track" aria-hidden="true" style={{ backgroundImage: shadeOf(breaks) }}>
      <span
        class={`timeline-bar ${describeOutcome(bar.call).tone}${bar.isOpen ? " open" : ""}`}
        style={{ left: `${bar.from * 100}%`, right: `${(1 - bar.to) * 100}%` }}
      />
      {bar.aborted !== undefined && <span class="timeline-abort" style={{ left: `${bar.aborted * 100}%` }} />}
    </span>
  );
}
