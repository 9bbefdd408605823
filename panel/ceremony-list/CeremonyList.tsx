import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import { useVirtualRows, type VirtualRows } from "../ui/useVirtualRows.js";
import { say } from "../words/say.js";
import { EmptyState } from "./EmptyState.js";
import { ListRow } from "./ListRow.js";

/** The calls in the order in which they started. Arrow keys move, Enter opens, Escape closes. */
export function CeremonyList({ store }: { store: Store }) {
  const { calls: recorded, lost } = store.log.value.state.value;
  return recorded.length === 0 && lost === 0 ? <EmptyState store={store} /> : <Grid store={store} />;
}

function Grid({ store }: { store: Store }) {
  const list = useRef<HTMLDivElement>(null);
  const { rows, shown, hidden, indexOf } = store.rows.value;
  const selectedId = store.selectedId.value;
  const markedId = store.comparing.markedId.value;
  const selectedAt = selectedId === undefined ? undefined : indexOf(selectedId);
  const [focusedId, setFocusedId] = useState<string | undefined>(undefined);
  const focusedAt = focusedId === undefined ? undefined : indexOf(focusedId);
  const reachableAt = selectedAt ?? focusedAt ?? rows.findIndex(({ kind }) => kind === "call");
  const reachable = rows[reachableAt]?.id;
  const virtual = useVirtualRows({
    scroller: list,
    rows,
    heightOf: (index) => (rows[index]?.kind === "note" ? NOTE_HEIGHT : ROW_HEIGHT),
    headHeight: HEAD_HEIGHT,
    always: reachableAt,
    onShrink(wasInView) {
      if (selectedAt === undefined) {
        if (isFollowing && wasInView(rows.length - 1)) virtual.toEnd();
      } else if (wasInView(selectedAt)) virtual.reveal(selectedAt);
    },
  });

  const isFollowing = store.log.value.capabilities.live && selectedId === undefined;
  useFollowEnd(virtual, rows.length, isFollowing);

  const isToFocus = useRef(false);
  useLayoutEffect(() => {
    if (selectedAt === undefined) return;
    virtual.reveal(selectedAt);
    if (!isToFocus.current) return;
    isToFocus.current = false;
    rowElement(list.current, selectedId!)?.focus({ preventScroll: true });
  }, [selectedId, selectedAt === undefined]);

  // An element that is moved, or whose row is gone, loses the focus to nobody: then the keys would move nothing.
  const isDrawing = useRef(true);
  isDrawing.current = true;
  useLayoutEffect(() => {
    isDrawing.current = false;
    if (focusedId === undefined || reachable === undefined) return;
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body)
      rowElement(list.current, reachable)?.focus({ preventScroll: true });
  });

  const onFocus = (id: string) => {
    setFocusedId(id);
    if (selectedId !== undefined || store.isDetailOpen.peek()) store.select(id);
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (isDrawing.current) return;
    if (!(relatedTarget instanceof Node && list.current?.contains(relatedTarget))) setFocusedId(undefined);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const calls = rows.flatMap(({ kind }, index) => (kind === "call" ? index : []));
    const at = selectedAt === undefined ? -1 : calls.indexOf(selectedAt);
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const last = calls.length - 1;
    // The first press selects the row on which the focus stands.
    const entered = Math.max(0, calls.indexOf(reachableAt));
    const next = {
      ArrowDown: at < 0 ? entered : Math.min(last, at + 1),
      ArrowUp: at < 0 ? entered : Math.max(0, at - 1),
      PageDown: Math.min(last, at + page),
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined && calls[next] !== undefined) {
      const { id } = rows[calls[next]]!;
      if (id === selectedId) rowElement(list.current, id)?.focus();
      else {
        isToFocus.current = true;
        store.select(id);
      }
    } else if (event.key === "Enter" && reachable !== undefined) {
      const wasOpen = store.isDetailOpen.peek();
      store.open(reachable);
      if (wasOpen)
        list.current?.closest(".main")?.querySelector<HTMLElement>("[role=tab][tabindex='0']")?.focus();
    } else if (event.key.toLowerCase() === "c" && !event.shiftKey && reachable !== undefined) {
      store.compareFrom(reachable);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      class={`list${hidden > 0 ? " with-hidden" : ""}`}
      role="grid"
      aria-label={say("list_label")}
      aria-rowcount={rows.length + 1}
      ref={list}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      <div class="list-head" role="row" aria-rowindex={1}>
        <span role="columnheader">{say("list_call")}</span>
        <span role="columnheader" class="col-rp">
          {say("list_rpId")}
        </span>
        <span role="columnheader">{say("list_outcome")}</span>
        <span role="columnheader">{say("list_findings")}</span>
        <span role="columnheader" class="col-from">
          {say("list_from")}
        </span>
        <span role="columnheader" class="col-took num">
          {say("list_took")}
        </span>
        <span role="columnheader" class="col-time num">
          {say("list_time")}
        </span>
      </div>
      <div class="list-body" role="rowgroup" style={{ height: `${virtual.height - HEAD_HEIGHT}px` }}>
        {virtual.items.map(({ index, start, slot }) => {
          const row = rows[index]!;
          return (
            <ListRow
              key={slot}
              row={row}
              index={index}
              top={start - HEAD_HEIGHT}
              store={store}
              isSelected={row.id === selectedId}
              isReachable={row.id === reachable}
              isMarked={row.id === markedId}
              onFocus={onFocus}
            />
          );
        })}
      </div>
      {shown === 0 && (
        <div class="list-note no-match" role="row">
          <span role="gridcell">
            {say("list_noMatch")}{" "}
            <button type="button" class="link" onClick={() => store.clearFilter()}>
              {say("list_clearFilter")}
            </button>
          </span>
        </div>
      )}
    </div>
  );
}

/** Pixels, also in ceremony-list.css. */
const ROW_HEIGHT = 24;
const NOTE_HEIGHT = 21;
const HEAD_HEIGHT = 23;

/** A list that stood at its end stays there when calls come in; one that was scrolled back stays where it is. */
function useFollowEnd(virtual: VirtualRows, rowCount: number, isWanted: boolean): void {
  const height = useRef(0);
  useEffect(() => {
    const wasAtEnd = virtual.isAtEndOf(height.current);
    height.current = virtual.height;
    if (rowCount > 0 && isWanted && wasAtEnd) virtual.toEnd();
  }, [rowCount]);
}

function rowElement(list: HTMLElement | null, id: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>("[data-call]") ?? [])].find(
    ({ dataset }) => dataset.call === id,
  );
}
