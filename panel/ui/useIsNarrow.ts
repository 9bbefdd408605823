import { useLayoutEffect, useState } from "preact/hooks";

/** Whether an element is less than so many CSS pixels wide. */
export function useIsNarrow(element: { current: HTMLElement | null }, below: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setNarrow(entry.contentRect.width < below);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return isNarrow;
}
