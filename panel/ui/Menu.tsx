import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon.js";

export interface MenuItem {
  label: string;
  run: () => void;
  /** a switch, and whether it is on; absent: a command */
  isOn?: boolean;
}

/** A button that opens a short list of commands. Arrow keys move, Enter runs, Escape goes back to the button. */
export function Menu({
  label,
  items,
  children,
  class: className = "",
  tabIndex,
}: {
  /** what a screen reader calls the button */
  label: string;
  items: readonly MenuItem[];
  /** what the button shows */
  children: ComponentChildren;
  class?: string;
  tabIndex?: number;
}) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!isOpen || !list.current || !button.current) return;
    placeBelow(list.current, button.current);
    itemsOf(list.current)[0]?.focus();
    const close = (event: Event) => {
      const isInside =
        event.target instanceof Node &&
        (list.current?.contains(event.target) || button.current?.contains(event.target));
      if (!isInside) setOpen(false);
    };
    document.addEventListener("pointerdown", close, true);
    window.addEventListener("resize", close);
    document.addEventListener("scroll", close, true);
    return () => {
      document.removeEventListener("pointerdown", close, true);
      window.removeEventListener("resize", close);
      document.removeEventListener("scroll", close, true);
    };
  }, [isOpen]);

  const leave = () => {
    setOpen(false);
    button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const entries = list.current ? itemsOf(list.current) : [];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at - 1 + entries.length) % entries.length,
      Home: 0,
      End: entries.length - 1,
    };
    if (event.key === "Escape" || event.key === "Tab") leave();
    else if (event.key in steps) entries[steps[event.key]!]?.focus();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <button
        type="button"
        ref={button}
        class={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(isOpen && { "aria-controls": id })}
        {...(tabIndex !== undefined && { tabIndex })}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(!isOpen);
        }}
      >
        {children}
      </button>
      {isOpen && (
        <div ref={list} id={id} class="menu" role="menu" aria-label={label} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              {...(item.isOn === undefined
                ? { role: "menuitem" }
                : { role: "menuitemcheckbox", "aria-checked": item.isOn })}
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation();
                leave();
                item.run();
              }}
            >
              {item.isOn !== undefined && <span class="menu-check">{item.isOn && <Icon name="good" />}</span>}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

const itemsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>("[role^=menuitem]")];

/** Below the button, and inside the window whatever its width. */
function placeBelow(list: HTMLElement, button: HTMLElement): void {
  const around = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const below = around.bottom + 2;
  list.style.left = `${Math.max(4, Math.min(around.right - width, window.innerWidth - width - 4))}px`;
  list.style.top = `${below + height > window.innerHeight ? Math.max(4, around.top - height - 2) : below}px`;
}
