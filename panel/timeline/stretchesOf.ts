import type { Call, Realm } from "../../src/index.js";
import { isTopLevel } from "../../src/index.js";
import type { Bar } from "./timelineOf.js";

/** Calls of one page, one after the other and at the same time, on one axis. */
export interface Stretch {
  page: Realm | undefined;
  bars: StretchBar[];
  /** epoch milliseconds */
  from: number;
  to: number;
  /** where the axis is shortened */
  breaks: Break[];
  /** number of calls that began on this page before, and were open when this began */
  openBefore: number;
}

export interface StretchBar extends Bar {
  /** number of calls on the same axis that were open at the same time */
  overlaps: number;
}

/** A while in which nothing began or ended. */
export interface Break {
  /** shares of the axis, 0 to 1 */
  from: number;
  to: number;
  /** milliseconds that it took in truth */
  duration: number;
}

/**
 * A log in time: an axis for each page, and for each part of a page with very many calls. `now`: up to when the
 * log was seen; epoch milliseconds. `calls`: in the order in which they started.
 */
export function stretchesOf(calls: readonly Call[], realms: Iterable<Realm>, now: number): Stretch[] {
  const pages = [...realms].filter(isTopLevel).sort((a, b) => a.startedAt - b.startedAt);
  let at = 0;
  let before: Call[] = [];
  let gathered: Call[] = [];
  /** when the last of those gathered, that ended, ended */
  let settled = 0;
  const stretches: Stretch[] = [];
  const close = () => {
    if (gathered.length === 0) return;
    // What waits when its page goes waits no longer.
    const until = pages[at + 1]?.startedAt ?? now;
    stretches.push(stretchOf(gathered, pages[at], until, before));
    const { startedAt } = gathered.at(-1)!;
    before = [...before, ...gathered].filter((call) => endOf(call, Number.POSITIVE_INFINITY) > startedAt);
    gathered = [];
  };
  for (const call of calls) {
    while (at + 1 < pages.length && pages[at + 1]!.startedAt <= call.startedAt) {
      close();
      before = [];
      at++;
    }
    const isQuiet = gathered.length >= ENOUGH && call.startedAt >= settled;
    if (isQuiet || gathered.length >= MOST) close();
    gathered.push(call);
    settled = Math.max(settled, endOf(call, call.startedAt));
  }
  close();
  return stretches;
}

/** calls on an axis: from so many on it ends where all is quiet, and in any case at so many */
const ENOUGH = 30;
const MOST = 60;

/** milliseconds that are drawn of a while in which nothing began or ended: while no call is open, and while one is */
const IDLE_DRAWN = 1_000;
const BUSY_DRAWN = 10_000;

function stretchOf(
  calls: readonly Call[],
  page: Realm | undefined,
  until: number,
  before: readonly Call[],
): Stretch {
  const from = calls[0]!.startedAt;
  const known = Math.max(
    ...calls.map((call) => Math.max(endOf(call, call.startedAt), call.aborted?.at ?? 0)),
  );
  const isOpen = calls.some(({ duration }) => duration === undefined);
  const to = isOpen ? Math.max(until, known + OPEN_DRAWN) : Math.max(known, from + 1);
  const axis = axisOf(calls, from, to);
  const bars = calls.map((call): StretchBar => {
    const end = endOf(call, to);
    return {
      call,
      from: axis.share(call.startedAt),
      to: axis.share(end),
      ...(call.aborted && { aborted: axis.share(call.aborted.at) }),
      isOpen: call.duration === undefined,
      overlaps: calls.filter(
        (other) => other !== call && other.startedAt < end && endOf(other, to) > call.startedAt,
      ).length,
    };
  });
  const openBefore = before.filter((call) => endOf(call, Number.POSITIVE_INFINITY) > from).length;
  return { page, bars, from, to, breaks: axis.breaks, openBefore };
}

/** milliseconds; a call that never settled is seen to be longer than any that did */
const OPEN_DRAWN = 1_000;

function axisOf(calls: readonly Call[], from: number, to: number) {
  const times = [
    from,
    to,
    ...calls.flatMap((call) => [call.startedAt, endOf(call, to), call.aborted?.at ?? from]),
  ];
  const points = [...new Set(times)].filter((time) => time >= from && time <= to).sort((a, b) => a - b);
  const isBusy = (start: number) =>
    calls.some((call) => call.startedAt <= start && endOf(call, from) > start);
  const drawn = [0];
  for (let index = 1; index < points.length; index++) {
    const start = points[index - 1]!;
    const most = isBusy(start) ? BUSY_DRAWN : IDLE_DRAWN;
    drawn.push(drawn[index - 1]! + Math.min(points[index]! - start, most));
  }
  const whole = drawn.at(-1) || 1;
  const shares = new Map(points.map((point, index) => [point, drawn[index]! / whole]));
  return {
    /** of a time at which a call began or ended; others are outside of the axis */
    share: (time: number) => shares.get(time) ?? (time < from ? 0 : 1),
    breaks: points.flatMap((point, index): Break[] => {
      const next = points[index + 1];
      if (next === undefined || next - point === drawn[index + 1]! - drawn[index]!) return [];
      return [{ from: shares.get(point)!, to: shares.get(next)!, duration: next - point }];
    }),
  };
}

/** `otherwise`: for a call whose end nobody knows */
function endOf({ startedAt, duration }: Call, otherwise: number): number {
  return duration === undefined ? otherwise : startedAt + Math.max(0, duration);
}
