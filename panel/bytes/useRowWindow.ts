import { useLayoutEffect, useState } from "preact/hooks";

/** Rows of the same height, of which only those in view (and some around them) are drawn. */
export function useRowWindow(
  scroller: { current: HTMLElement | null },
  amount: number,
  rowHeight: number,
): {
  first: number;
  end: number;
  /** Scrolls as little as needed to have a row in view. */
  reveal: (row: number) => void;
} {
  const [view, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = scroller.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - AROUND);
  return {
    first: Math.min(first, Math.max(0, amount - 1)),
    end: Math.min(amount, Math.ceil((view.top + view.height) / rowHeight) + AROUND),
    reveal(row) {
      const element = scroller.current;
      if (!element) return;
      const top = row * rowHeight;
      if (top < element.scrollTop) element.scrollTop = Math.max(0, top - rowHeight);
      else if (top + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = top + 2 * rowHeight - element.clientHeight;
    },
  };
}

const AROUND = 10;
