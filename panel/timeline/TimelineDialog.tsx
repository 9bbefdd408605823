import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CallId } from "../../src/index.js";
import { isTopLevel } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { hostOf } from "../store/rows.js";
import { Dialog } from "../ui/Dialog.js";
import { Icon } from "../ui/Icon.js";
import { useVirtualRows } from "../ui/useVirtualRows.js";
import { describeDuration, describeDurationShort } from "../words/describeDuration.js";
import { describeMethod, describeVariant } from "../words/describeMethod.js";
import { describeOutcome } from "../words/describeOutcome.js";
import { describeTime } from "../words/describeTime.js";
import { say, sayCount } from "../words/say.js";
import { shorten, showControls } from "../words/shorten.js";
import { describeEnd } from "./describeEnd.js";
import { type Break, type Stretch, type StretchBar, stretchesOf } from "./stretchesOf.js";
import { Track } from "./Track.js";

/** The whole log in time: what waited, what overlapped, what was aborted. Arrow keys move, Enter opens a call. */
export function TimelineDialog({ store }: { store: Store }) {
  const { calls } = store.log.value.state.value;
  return (
    <Dialog title={say("timeline")} isWide onClose={() => store.showDialog(undefined)}>
      {calls.length === 0 ? (
        <p>{say("empty_none")}</p>
      ) : (
        <>
          <p class="quiet">{say("timeline_how")}</p>
          <Grid store={store} />
        </>
      )}
    </Dialog>
  );
}

type Row = StretchRow | BarRow;

interface StretchRow {
  kind: "stretch";
  id: string;
  stretch: Stretch;
}

interface BarRow {
  kind: "bar";
  id: CallId;
  bar: StretchBar;
  stretch: Stretch;
}

function rowsOf(stretches: readonly Stretch[]): Row[] {
  return stretches.flatMap((stretch): Row[] => [
    { kind: "stretch", id: `before ${stretch.bars[0]!.call.id}`, stretch },
    ...stretch.bars.map((bar): Row => ({ kind: "bar", id: bar.call.id, bar, stretch })),
  ]);
}

function Grid({ store }: { store: Store }) {
  const { calls, realms } = store.log.value.state.value;
  const isLive = store.importedName.value === undefined && store.log.value.capabilities.live;
  const hasPending = calls.some(({ duration }) => duration === undefined);
  // A recording was seen as long as something happened in it.
  const now = isLive && hasPending ? store.now.value : 0;
  const rows = useMemo(() => rowsOf(stretchesOf(calls, realms.values(), now)), [calls, realms, now]);
  const grid = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState(store.selectedId.peek());
  const bars = useMemo(() => rows.flatMap(({ kind }, index) => (kind === "bar" ? [index] : [])), [rows]);
  const found = bars.find((index) => rows[index]!.id === focusedId);
  const reachableAt = found ?? bars[0]!;
  const virtual = useVirtualRows({
    scroller: grid,
    rows,
    heightOf: (index) => heightOf(rows[index]),
    headHeight: 0,
    always: reachableAt,
    onShrink: () => virtual.reveal(reachableAt),
  });

  const open = (id: CallId) => {
    store.showDialog(undefined);
    store.open(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = bars.indexOf(reachableAt);
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / BAR_HEIGHT) - 2);
    const last = bars.length - 1;
    const next = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.min(last, at + page),
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined) {
      const index = bars[next]!;
      isToFocus.current = true;
      setFocusedId(rows[index]!.id);
    } else if (event.key === "Enter" || event.key === " ") open(rows[reachableAt]!.id);
    else return;
    event.preventDefault();
  };
  // As soon as it is drawn: at first there is no room yet, and later it may be far away.
  const isToFocus = useRef(true);
  useLayoutEffect(() => {
    if (!isToFocus.current) return;
    const line = grid.current?.querySelector<HTMLElement>("[tabindex='0']");
    line?.focus({ preventScroll: true });
    if (!line || document.activeElement !== line) return;
    isToFocus.current = false;
    // With the first call, what stands above it.
    virtual.reveal(reachableAt === bars[0] ? 0 : reachableAt);
  });

  return (
    <div
      class="timeline-grid"
      role="grid"
      aria-label={say("timeline_label")}
      aria-rowcount={rows.length}
      ref={grid}
      onKeyDown={onKeyDown}
    >
      <div class="timeline-body" role="rowgroup" style={{ height: `${virtual.height}px` }}>
        {virtual.items.map(({ index, start, slot }) => {
          const row = rows[index]!;
          const style = { top: `${start}px` };
          if (row.kind === "stretch")
            return <StretchHead key={slot} stretch={row.stretch} index={index} style={style} />;
          return (
            <BarLine
              key={slot}
              store={store}
              row={row}
              index={index}
              style={style}
              isReachable={index === reachableAt}
              onOpen={() => open(row.id)}
              onFocus={() => setFocusedId(row.id)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Pixels, also in timeline.css. */
const BAR_HEIGHT = 24;
const HEAD_HEIGHT = 26;
const HEAD_WITH_BREAKS_HEIGHT = 40;

function heightOf(row: Row | undefined): number {
  if (row?.kind === "bar") return BAR_HEIGHT;
  return row?.stretch.breaks.some(hasRoom) ? HEAD_WITH_BREAKS_HEIGHT : HEAD_HEIGHT;
}

/** To say how long it was. */
const hasRoom = ({ from, to }: Break) => to - from >= 0.12;

/** Where and when, and an axis: where it is shortened, and by what. */
function StretchHead({ stretch, index, style }: { stretch: Stretch; index: number; style: { top: string } }) {
  const { page, from, to, breaks, openBefore } = stretch;
  const place = page ? `${hostOf(page.origin)}${pathOf(page.url)}` : "";
  return (
    <div
      class={stretch.breaks.some(hasRoom) ? "timeline-head with-breaks" : "timeline-head"}
      role="row"
      aria-rowindex={index + 1}
      style={style}
    >
      <span role="gridcell" class="timeline-page" title={page?.url}>
        <b>{describeTime(from)}</b> {showControls(shorten(place, 200))}
        {openBefore > 0 && <span class="quiet"> · {sayCount("timeline_openBefore", openBefore)}</span>}
      </span>
      <span role="gridcell" class="timeline-span" title={describeDuration(to - from)}>
        {describeDurationShort(to - from)}
      </span>
      <span role="gridcell" class="timeline-axis">
        {breaks.map((each) => (
          <span
            key={each.from}
            title={say("timeline_break", { duration: describeDuration(each.duration) })}
            style={{ left: `${each.from * 100}%`, right: `${(1 - each.to) * 100}%` }}
          >
            {hasRoom(each) && describeDuration(each.duration)}
          </span>
        ))}
      </span>
    </div>
  );
}

function BarLine({
  store,
  row: { id, bar, stretch },
  index,
  style,
  isReachable,
  onOpen,
  onFocus,
}: {
  store: Store;
  row: BarRow;
  index: number;
  style: { top: string };
  isReachable: boolean;
  onOpen: () => void;
  onFocus: () => void;
}) {
  const { call, overlaps } = bar;
  const { tone, word } = describeOutcome(call, store.known.value.providerOf(id));
  const realm = store.log.value.state.value.realms.get(call.realmId);
  const frame = realm && !isTopLevel(realm) ? hostOf(realm.origin) || say("list_frame") : "";
  const end = describeEnd(call, word);
  return (
    <div
      class="timeline-line"
      role="row"
      aria-rowindex={index + 1}
      style={style}
      data-bar={id}
      tabIndex={isReachable ? 0 : -1}
      onClick={onOpen}
      onFocus={onFocus}
    >
      <span role="gridcell" class="timeline-name">
        {describeMethod(call.api)} {describeVariant(call)}
        {frame && <i> {say("list_inFrame", { frame })}</i>}
      </span>
      <span role="gridcell" class="timeline-cell" title={end}>
        <Track bar={bar} breaks={stretch.breaks} />
        <span class="visually-hidden">
          {say("timeline_after", { delay: describeDuration(call.startedAt - stretch.from) })}
          {overlaps > 0 && `, ${sayCount("timeline_overlaps", overlaps)}`}
        </span>
      </span>
      <span role="gridcell" class={`timeline-outcome ${tone}`} title={end}>
        <Icon name={tone} /> {word}
        {call.aborted && <span class="visually-hidden">{end}</span>}
      </span>
      <span role="gridcell" class="timeline-took" title={end}>
        {call.duration === undefined ? "" : describeDurationShort(call.duration)}
      </span>
    </div>
  );
}

const pathOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname : "");
