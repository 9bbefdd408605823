import type { Call } from "../../src/index.js";

/** Calls of one page that were open at the same time, on one axis. */
export interface Timeline {
  bars: Bar[];
  /** number of further calls that overlap, which are not shown */
  more: number;
  /** milliseconds that the axis spans */
  span: number;
}

export interface Bar {
  call: Call;
  /** shares of the axis, 0 to 1 */
  from: number;
  to: number;
  /** where its AbortSignal fired */
  aborted?: number;
  /** it has no end that is known */
  isOpen: boolean;
}

/**
 * The ceremonies of the same page that overlap with a call, in the order in which they started. Undefined
 * for a call that was alone, and neither aborted nor waits. `now`: up to when a call that never
 * settled was seen waiting; epoch milliseconds.
 */
export function timelineOf(call: Call, calls: readonly Call[], now: number): Timeline | undefined {
  if (!isCeremony(call)) return undefined;
  const endOf = ({ startedAt, duration }: Call) => (duration === undefined ? now : startedAt + duration);
  const [start, end] = [call.startedAt, endOf(call)];
  const overlapping = calls.filter(
    (other) =>
      other === call ||
      (other.realmId === call.realmId && isCeremony(other) && other.startedAt < end && endOf(other) > start),
  );
  if (overlapping.length < 2 && !call.aborted && call.outcome.status !== "pending") return undefined;
  // Those that come right before and after tell most.
  const at = overlapping.indexOf(call);
  if (at < 0) return undefined;
  const first = Math.max(0, Math.min(at - Math.floor(SHOWN / 2), overlapping.length - SHOWN));
  const shown = overlapping.slice(first, first + SHOWN);
  const from = Math.min(...shown.map(({ startedAt }) => startedAt));
  const span = Math.max(1, Math.max(...shown.map(endOf)) - from);
  const share = (time: number) => Math.min(1, Math.max(0, (time - from) / span));
  const bars = shown.map(
    (each): Bar => ({
      call: each,
      from: share(each.startedAt),
      to: share(endOf(each)),
      ...(each.aborted && { aborted: share(each.aborted.at) }),
      isOpen: each.duration === undefined,
    }),
  );
  return { bars, more: overlapping.length - shown.length, span };
}

const SHOWN = 7;

function isCeremony({ api }: Call): boolean {
  return api === "credentials.create" || api === "credentials.get";
}
