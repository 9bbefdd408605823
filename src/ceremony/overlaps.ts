import type { Call, CallId } from "../recording/recording.js";
import { Journal } from "./journal.js";

/** Other calls of the same page that were open at the same time as this one. */
export interface Overlap {
  /** was open when this one started */
  earlier?: Call;
  /** started while this one was open */
  later?: Call;
}

/**
 * For each call of create or get that was not alone, the nearest one before and after that overlaps
 * with it. Calls are added in the order in which they started; each costs the same, as few are open
 * at once that count.
 */
export class Overlaps {
  #overlaps = new Map<CallId, Overlap>();
  #openByRealm = new Map<string, readonly Call[]>();
  #journal: Journal;

  constructor(journal = new Journal()) {
    this.#journal = journal;
  }

  of(callId: CallId): Overlap | undefined {
    return this.#overlaps.get(callId);
  }

  /** Takes on the next call; returns those before it of which more is known now. */
  add(call: Call): readonly CallId[] {
    if (call.api !== "credentials.create" && call.api !== "credentials.get") return [];
    // Without a duration, an imported call says nothing of when it ended.
    if (call.imported && call.duration === undefined) return [];
    const open = (this.#openByRealm.get(call.realmId) ?? []).filter((other) => endOf(other) > call.startedAt);
    const earlier = open.at(-1);
    if (earlier) this.#note(call.id, { earlier });
    const overlapped = open.filter((other) => !this.#overlaps.get(other.id)?.later);
    for (const other of overlapped) this.#note(other.id, { later: call });
    this.#journal.set(this.#openByRealm, call.realmId, [...open, call].slice(-OPEN_THAT_COUNT));
    return overlapped.map(({ id }) => id);
  }

  #note(callId: CallId, more: Overlap): void {
    this.#journal.set(this.#overlaps, callId, { ...this.#overlaps.get(callId), ...more });
  }
}

const OPEN_THAT_COUNT = 4;

/** Epoch milliseconds; an aborted call counts as open until it settles. */
function endOf({ startedAt, duration }: Call): number {
  return duration === undefined ? Number.POSITIVE_INFINITY : startedAt + duration;
}
