import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import { useCallback, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";

/** A row that is drawn. The slot names the element for it: that of a row which went out of view draws another. */
export interface DrawnRow {
  index: number;
  /** pixels from the top of the list */
  start: number;
  slot: string;
}

/** Of very many rows, those that are drawn: where they stand, and how to bring one into view. */
export interface VirtualRows {
  items: readonly DrawnRow[];
  /** pixels that all rows take */
  height: number;
  /** Scrolls as little as needed to have a row in view. */
  reveal(index: number): void;
  /** Scrolls to the last row. */
  toEnd(): void;
  /** Whether it was scrolled to its end when it was that high; known without a look at the page's layout. */
  isAtEndOf(height: number): boolean;
}

/**
 * Draws of a list what is in view and some around it. Rows have a height that is known beforehand.
 * `always`: index of a row that is drawn wherever the list is scrolled to, as it may have the focus.
 */
export function useVirtualRows({
  scroller,
  rows,
  heightOf,
  headHeight,
  always,
  onShrink,
}: {
  scroller: { current: HTMLElement | null };
  /** a new array when something about them changed */
  rows: readonly { id: string; kind: string }[];
  heightOf: (index: number) => number;
  /** pixels above the first row that stay in view */
  headHeight: number;
  always: number | undefined;
  /** The list has become lower; it is told which rows were in view before. */
  onShrink: (wasInView: (index: number) => boolean) => void;
}): VirtualRows {
  const [, redraw] = useReducer((turn: number, _: undefined) => turn + 1, 0);
  // Another function makes the library lay the rows out anew.
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const shrunk = useRef(onShrink);
  shrunk.current = onShrink;
  const observeRect: typeof observeElementRect = (instance, tell) =>
    observeElementRect(instance, (rect) => {
      const height = instance.scrollRect?.height ?? 0;
      const top = instance.scrollOffset ?? 0;
      const items = instance.measurementsCache;
      tell(rect);
      if (rect.height < height)
        shrunk.current((index) => {
          const item = items[index];
          return item !== undefined && item.end > top + headHeight && item.start < top + height;
        });
    });
  const options = {
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 6,
    rangeExtractor: (range: Range) => withAlways(range, always),
    scrollToFn: elementScroll,
    observeElementRect: observeRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  const [slots] = useState(() => new Slots());
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    items: slots.give(virtualizer.getVirtualItems(), rows),
    height: virtualizer.getTotalSize(),
    reveal: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
    isAtEndOf: (height) =>
      (virtualizer.scrollOffset ?? 0) + (virtualizer.scrollRect?.height ?? 0) > height - NEAR_END,
    toEnd: () => virtualizer.scrollToIndex(rows.length - 1, { align: "end" }),
  };
}

/** pixels */
const NEAR_END = 24;

/**
 * Which element draws which row. A row keeps its own as long as it is drawn, so that focus and selection stay
 * with it; those of rows that are gone go to new ones of the same kind, so that scrolling makes no elements.
 */
class Slots {
  #slotOf = new Map<string, string>();

  give(items: readonly VirtualItem[], rows: readonly { id: string; kind: string }[]): DrawnRow[] {
    const drawn = items.flatMap(({ index, start }) => {
      const row = rows[index];
      return row ? [{ index, start, row }] : [];
    });
    const next = new Map<string, string>();
    for (const { row } of drawn) {
      const slot = this.#slotOf.get(row.id);
      if (slot?.startsWith(row.kind)) next.set(row.id, slot);
    }
    const taken = new Set(next.values());
    // In their order in the page, so that few have to be moved.
    const free = new Map<string, string[]>();
    for (const slot of this.#slotOf.values()) {
      if (taken.has(slot)) continue;
      const kind = slot.slice(0, slot.indexOf(" "));
      free.set(kind, [...(free.get(kind) ?? []), slot]);
    }
    let fresh = 0;
    const slotFor = (kind: string) => {
      const freed = free.get(kind)?.shift();
      if (freed !== undefined) return freed;
      while (taken.has(`${kind} ${fresh}`)) fresh++;
      return `${kind} ${fresh++}`;
    };
    const given = drawn.map(({ index, start, row }) => {
      const slot = next.get(row.id) ?? slotFor(row.kind);
      taken.add(slot);
      return { index, start, slot, id: row.id };
    });
    this.#slotOf = new Map(given.map(({ id, slot }) => [id, slot]));
    return given;
  }
}

function withAlways({ startIndex, endIndex, overscan, count }: Range, always: number | undefined): number[] {
  const first = Math.max(0, startIndex - overscan);
  const last = Math.min(count - 1, endIndex + overscan);
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (always === undefined || always < 0 || always >= count || (always >= first && always <= last))
    return indexes;
  return always < first ? [always, ...indexes] : [...indexes, always];
}
