import { useEffect, useRef } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import type { CallRow } from "../store/rows.js";
import { EmptyState } from "./EmptyState.js";
import { ListRow } from "./ListRow.js";

/** The calls in the order in which they started. Arrow keys move, Enter opens, Escape closes. */
export function CeremonyList({ store }: { store: Store }) {
  const list = useRef<HTMLDivElement>(null);
  const { rows, shown } = store.rows.value;
  const calls = rows.filter((row): row is CallRow => row.kind === "call");
  const selectedId = store.selectedId.value;
  const isSelectedShown = calls.some(({ id }) => id === selectedId);
  const reachable = isSelectedShown ? selectedId : calls[0]?.id;

  useFollowEnd(list, rows.length, store.log.value.capabilities.live && selectedId === undefined);

  useEffect(() => {
    if (selectedId !== undefined) rowElement(list.current, selectedId)?.scrollIntoView({ block: "nearest" });
  }, [selectedId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = calls.findIndex(({ id }) => id === (selectedId ?? ""));
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const last = calls.length - 1;
    const next = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: at < 0 ? last : Math.max(0, at - 1),
      PageDown: Math.min(last, at + page),
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined && calls[next]) {
      store.select(calls[next].id);
      rowElement(list.current, calls[next].id)?.focus();
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

  const { calls: recorded, lost } = store.log.value.state.value;
  if (recorded.length === 0 && lost === 0) return <EmptyState store={store} />;
  return (
    <div
      class={`list${store.hiddenFindings.value.length > 0 ? " with-hidden" : ""}`}
      role="grid"
      aria-label="Calls"
      aria-rowcount={shown + 1}
      ref={list}
      onKeyDown={onKeyDown}
    >
      <div class="list-head" role="row">
        <span role="columnheader">Call</span>
        <span role="columnheader" class="col-rp">
          RP ID
        </span>
        <span role="columnheader">Outcome</span>
        <span role="columnheader">Findings</span>
        <span role="columnheader" class="col-from">
          From
        </span>
        <span role="columnheader" class="col-took num">
          Took
        </span>
        <span role="columnheader" class="col-time num">
          Time
        </span>
      </div>
      {rows.map((row) => (
        <ListRow
          key={row.id}
          row={row}
          store={store}
          isSelected={row.id === selectedId}
          isReachable={row.id === reachable}
        />
      ))}
      {shown === 0 && (
        <div class="list-note no-match" role="row">
          <span role="gridcell">
            No call matches.{" "}
            <button type="button" class="link" onClick={() => store.clearFilter()}>
              Clear the filter
            </button>
          </span>
        </div>
      )}
    </div>
  );
}

/** Also in ceremony-list.css. */
const ROW_HEIGHT = 24;

/** A list that stood at its end stays there when calls come in; one that was scrolled back stays where it is. */
function useFollowEnd(list: { current: HTMLDivElement | null }, rowCount: number, isWanted: boolean): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onScroll = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < ROW_HEIGHT;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [list.current]);
  useEffect(() => {
    const element = list.current;
    if (element && isWanted && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [rowCount]);
}

function rowElement(list: HTMLElement | null, id: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>("[data-call]") ?? [])].find(
    ({ dataset }) => dataset.call === id,
  );
}
