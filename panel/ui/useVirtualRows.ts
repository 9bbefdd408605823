import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import { useCallback, useLayoutEffect, useReducer, useState } from "preact/hooks";

/** Of very many rows, those that are drawn: where they stand, and how to bring one into view. */
export interface VirtualRows {
  items: readonly VirtualItem[];
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
}: {
  scroller: { current: HTMLElement | null };
  /** a new array when something about them changed */
  rows: readonly { id: string }[];
  heightOf: (index: number) => number;
  /** pixels above the first row that stay in view */
  headHeight: number;
  always: number | undefined;
}): VirtualRows {
  const [, redraw] = useReducer((turn: number, _: undefined) => turn + 1, 0);
  // Another function makes the library lay the rows out anew.
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
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
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    reveal: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
    isAtEndOf: (height) =>
      (virtualizer.scrollOffset ?? 0) + (virtualizer.scrollRect?.height ?? 0) > height - NEAR_END,
    toEnd: () => virtualizer.scrollToIndex(rows.length - 1, { align: "end" }),
  };
}

/** pixels */
const NEAR_END = 24;

function withAlways({ startIndex, endIndex, overscan, count }: Range, always: number | undefined): number[] {
  const first = Math.max(0, startIndex - overscan);
  const last = Math.min(count - 1, endIndex + overscan);
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (always === undefined || always < 0 || always >= count || (always >= first && always <= last))
    return indexes;
  return always < first ? [always, ...indexes] : [...indexes, always];
}
