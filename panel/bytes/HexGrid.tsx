import { useLayoutEffect, useRef } from "preact/hooks";
import type { ByteMap, ByteNode } from "./byteMap.js";
import { useRowWindow } from "./useRowWindow.js";

/**
 * Bytes by rows of offset, hexadecimal and ASCII. A run of bytes of one field is one element. Arrow keys
 * move a cursor from byte to byte.
 */
export function HexGrid({
  label,
  bytes,
  map,
  perRow,
  lit,
  selected,
  cursor,
  onHover,
  onByte,
  onClickByte,
}: {
  label: string;
  bytes: Uint8Array;
  map: ByteMap;
  perRow: number;
  lit: number | undefined;
  selected: number | undefined;
  /** offset of the byte that the arrow keys are at */
  cursor: number | undefined;
  onHover: (index: number | undefined) => void;
  /** the cursor went to a byte */
  onByte: (offset: number) => void;
  onClickByte: (offset: number) => void;
}) {
  const grid = useRef<HTMLDivElement>(null);
  const rows = Math.ceil(bytes.length / perRow);
  const shown = useRowWindow(grid, rows, ROW_HEIGHT);
  const digits = bytes.length > 0xffff ? 6 : 4;
  const marks: Marks = {
    lit: lit === undefined ? undefined : map.nodes[lit],
    selected: selected === undefined ? undefined : map.nodes[selected],
    cursor,
  };
  const isFound = cursor !== undefined && cursor < bytes.length;

  useLayoutEffect(() => {
    if (isFound) shown.reveal(Math.floor(cursor / perRow));
  }, [cursor, perRow]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = isFound ? cursor : 0;
    const page = perRow * Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const step = {
      ArrowRight: isFound ? 1 : 0,
      ArrowLeft: -1,
      ArrowDown: perRow,
      ArrowUp: -perRow,
      PageDown: page,
      PageUp: -page,
      Home: -at,
      End: bytes.length,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onByte(Math.max(0, Math.min(bytes.length - 1, at + step)));
  };

  return (
    <div
      class="hex"
      role="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={3}
      tabIndex={0}
      aria-activedescendant={isFound ? `hex-row-${Math.floor(cursor / perRow)}` : undefined}
      ref={grid}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onHover(undefined)}
      onPointerMove={(event) => {
        const run = runAt(event);
        onHover(run && map.owners[run.offset]);
      }}
      onClick={(event) => {
        const run = runAt(event);
        if (run) onClickByte(run.offset);
      }}
    >
      <div
        role="none"
        style={{ height: `${rows * ROW_HEIGHT}px`, paddingTop: `${shown.first * ROW_HEIGHT}px` }}
      >
        {Array.from({ length: Math.max(0, shown.end - shown.first) }, (_, index) => {
          const row = shown.first + index;
          const start = row * perRow;
          const end = Math.min(bytes.length, start + perRow);
          const runs = runsOf(start, end, map, marks);
          const gap = "   ".repeat(start + perRow - end);
          return (
            <div key={row} id={`hex-row-${row}`} class="hex-row" role="row" aria-rowindex={row + 1}>
              <span class="hex-offset" role="rowheader">
                {start.toString(16).padStart(digits, "0")}
              </span>
              <span class="hex-bytes" role="gridcell">
                {runs.map((run) => [
                  run.start > start && " ",
                  <span key={run.start} class={run.class} data-offset={run.start} data-length={run.length}>
                    {hexOf(bytes.subarray(run.start, run.start + run.length))}
                  </span>,
                ])}
                {gap}
              </span>
              <span class="hex-ascii" role="gridcell">
                {runs.map((run) => (
                  <span key={run.start} class={run.class} data-offset={run.start} data-length={run.length}>
                    {asciiOf(bytes.subarray(run.start, run.start + run.length))}
                  </span>
                ))}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** pixels, as in bytes.css */
const ROW_HEIGHT = 18;

interface Marks {
  lit: ByteNode | undefined;
  selected: ByteNode | undefined;
  cursor: number | undefined;
}

interface Run {
  start: number;
  length: number;
  class: string;
}

/** The bytes of a row in runs that look the same and belong to one field. */
function runsOf(start: number, end: number, map: ByteMap, marks: Marks): Run[] {
  const runs: Run[] = [];
  let owner: number | undefined;
  for (let offset = start; offset < end; offset++) {
    const look = lookOf(offset, map, marks);
    const last = runs.at(-1);
    if (last && last.class === look && owner === map.owners[offset]) last.length++;
    else runs.push({ start: offset, length: 1, class: look });
    owner = map.owners[offset];
  }
  return runs;
}

function lookOf(offset: number, { nodes, owners, wrong }: ByteMap, { lit, selected, cursor }: Marks): string {
  const owner = owners[offset]!;
  let look = "run";
  // Members one after another in two shades; what only frames members in a third.
  if (nodes[owner + 1]?.parent === owner && !nodes[owner + 1]?.problem) look += " frame";
  else if (owner % 2) look += " odd";
  if (wrong[offset]) look += " wrong";
  if (isIn(offset, selected)) look += " selected";
  if (isIn(offset, lit)) look += " lit";
  if (offset === cursor) look += " cursor";
  return look;
}

function isIn(offset: number, node: ByteNode | undefined): boolean {
  return node !== undefined && offset >= node.offset && offset < node.offset + node.length;
}

/** The byte under the pointer: all bytes of a run are equally wide. */
function runAt({ target, clientX }: MouseEvent): { offset: number } | undefined {
  const run = target instanceof Element ? target.closest<HTMLElement>(".run") : null;
  if (!run) return undefined;
  const { left, width } = run.getBoundingClientRect();
  const length = Number(run.dataset.length);
  const within = Math.floor(((clientX - left) / width) * length);
  return { offset: Number(run.dataset.offset) + Math.max(0, Math.min(length - 1, within)) };
}

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

const asciiOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
