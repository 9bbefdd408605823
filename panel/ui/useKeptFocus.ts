import { useLayoutEffect } from "preact/hooks";

/**
 * An element that goes while it has the focus leaves it to nobody, and the Tab key would start at the
 * top again. The focus goes to what stands nearest to the place: the open dialog, the details, the
 * list's row, or else the first control that there is.
 */
export function useKeptFocus(root: HTMLElement): void {
  useLayoutEffect(() => {
    const document = root.ownerDocument;
    let last: Element | undefined;
    let wasInDetail = false;
    const onFocusIn = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : undefined;
      wasInDetail = last?.closest(".tab-panel") != null;
    };
    // Whoever presses beside everything has let go of the focus: it is not lost.
    const onPointerDown = () => {
      last = undefined;
    };
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected) return;
      last = undefined;
      const { activeElement } = document;
      if (activeElement !== null && activeElement !== document.body) return;
      const modal = root.querySelector("dialog[open]");
      const places = modal ? ["button"] : [...(wasInDetail ? [".tab-panel"] : []), ...PLACES];
      for (const place of places) {
        const found = (modal ?? root).querySelector<HTMLElement>(place);
        if (found) return found.focus({ preventScroll: true });
      }
    });
    observer.observe(root, { childList: true, subtree: true });
    root.addEventListener("focusin", onFocusIn);
    root.addEventListener("pointerdown", onPointerDown, true);
    return () => {
      observer.disconnect();
      root.removeEventListener("focusin", onFocusIn);
      root.removeEventListener("pointerdown", onPointerDown, true);
    };
  }, [root]);
}

const PLACES = [".list-row[tabindex='0']", ".empty .link", ".filter-input", "button"];
