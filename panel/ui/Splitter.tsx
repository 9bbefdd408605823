import { useRef } from "preact/hooks";

/** The line between two areas: dragged by pointer, or moved by arrow keys. `share` belongs to the first area. */
export function Splitter({
  orientation,
  share,
  min,
  max,
  label,
  onChange,
}: {
  /** vertical: the areas stand side by side */
  orientation: "vertical" | "horizontal";
  /** 0 to 1 */
  share: number;
  min: number;
  max: number;
  label: string;
  onChange: (share: number) => void;
}) {
  const line = useRef<HTMLDivElement>(null);
  const isVertical = orientation === "vertical";
  const move = (wanted: number) => onChange(Math.min(max, Math.max(min, wanted)));

  const onPointerMove = (event: PointerEvent) => {
    const area = line.current?.parentElement?.getBoundingClientRect();
    if (!area || !line.current?.hasPointerCapture(event.pointerId)) return;
    move(isVertical ? (event.clientX - area.left) / area.width : (event.clientY - area.top) / area.height);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = isVertical ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const wanted = { [less!]: share - STEP, [more!]: share + STEP, Home: min, End: max }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    move(wanted);
  };

  return (
    <div
      ref={line}
      class={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuemin={Math.round(min * 100)}
      aria-valuemax={Math.round(max * 100)}
      aria-valuenow={Math.round(share * 100)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        line.current?.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={onPointerMove}
    />
  );
}

const STEP = 0.02;
