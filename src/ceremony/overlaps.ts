import type { Call, CallId, Recording } from "../recording/recording.js";

/** Other calls of the same page that were open at the same time as this one. */
export interface Overlap {
  /** was open when this one started */
  earlier?: Call;
  /** started while this one was open */
  later?: Call;
}

/**
 * For each call of create or get that was not alone, the nearest one before and after that overlaps
 * with it. Time grows with the number of calls, as few are open at once that count.
 */
export function readOverlaps({ calls }: Pick<Recording, "calls">): ReadonlyMap<CallId, Overlap> {
  const overlaps = new Map<CallId, Overlap>();
  const openByRealm = new Map<string, Call[]>();
  for (const call of calls) {
    if (call.api !== "credentials.create" && call.api !== "credentials.get") continue;
    // Without a duration, an imported call says nothing of when it ended.
    if (call.imported && call.duration === undefined) continue;
    const open = (openByRealm.get(call.realmId) ?? []).filter((other) => endOf(other) > call.startedAt);
    const earlier = open.at(-1);
    if (earlier) overlaps.set(call.id, { ...overlaps.get(call.id), earlier });
    for (const other of open)
      if (!overlaps.get(other.id)?.later) overlaps.set(other.id, { ...overlaps.get(other.id), later: call });
    openByRealm.set(call.realmId, [...open, call].slice(-OPEN_THAT_COUNT));
  }
  return overlaps;
}

const OPEN_THAT_COUNT = 4;

/** Epoch milliseconds; an aborted call counts as open until it settles. */
function endOf({ startedAt, duration }: Call): number {
  return duration === undefined ? Number.POSITIVE_INFINITY : startedAt + duration;
}
