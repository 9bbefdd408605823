import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { encodeBase64url, encodeHex, encodePem, type Finding } from "../../../src/index.js";
import { FindingMark } from "../../findings/FindingMark.js";
import type { BytesFormat } from "../../settings/preferences.js";
import { Flags } from "../../ui/Flags.js";
import { Icon } from "../../ui/Icon.js";
import { LongText } from "../../ui/LongText.js";
import { Menu } from "../../ui/Menu.js";
import { say, sayCount } from "../../words/say.js";
import { shorten, showControls } from "../../words/shorten.js";
import type { Shown, TreeNode } from "./treeNode.js";

interface Line {
  node: TreeNode;
  level: number;
  isOpen: boolean;
  position: number;
  siblings: number;
  parent?: string;
}

/**
 * A tree of members. Arrow keys move, open and close; Enter opens and closes; Ctrl/Cmd+C copies.
 * `place`: the member to bring into view and mark, again whenever `turn` changes.
 */
export function Tree({
  label,
  roots,
  findings,
  bytesFormat,
  place,
  onCopy,
  onFinding,
}: {
  label: string;
  roots: readonly TreeNode[];
  findings: readonly Finding[];
  bytesFormat: BytesFormat;
  place?: { pointer: string; turn: number } | undefined;
  onCopy: (text: string, what: string) => void;
  onFinding: (finding: Finding) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  /** what a person opened or closed against the way it is at first */
  const toggled = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const focused = useSignal<string | undefined>(undefined);
  const lines = linesOf(roots, toggled.value);
  const marks = marksOf(lines, findings);
  const marked = place && nearestLine(lines, place.pointer);
  const focusedPointer = useComputed(() => focused.value).value ?? marked ?? lines[0]?.node.pointer;

  const setOpen = (pointer: string, isOpen: boolean) => {
    toggled.value = new Map(toggled.peek()).set(pointer, isOpen);
  };

  // A place below a closed line: open the way to it, a line a turn.
  useEffect(() => {
    if (!place || marked === place.pointer) return;
    const line = lines.find(({ node }) => node.pointer === marked);
    if (line?.node.children && !line.isOpen) setOpen(line.node.pointer, true);
  }, [place?.turn, marked]);

  useEffect(() => {
    if (!marked) return;
    focused.value = marked;
    const element = lineElement(list.current, marked);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  }, [place?.turn, marked]);

  const moveTo = (pointer: string | undefined) => {
    if (pointer === undefined) return;
    focused.value = pointer;
    lineElement(list.current, pointer)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.role !== "treeitem") return;
    const index = lines.findIndex(({ node }) => node.pointer === focusedPointer);
    const line = lines[index];
    if (!line) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      if (document.getSelection()?.toString()) return;
      onCopy(...defaultCopy(line.node, bytesFormat));
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "ArrowDown") moveTo(lines[index + 1]?.node.pointer);
    else if (event.key === "ArrowUp") moveTo(lines[index - 1]?.node.pointer);
    else if (event.key === "Home") moveTo(lines[0]?.node.pointer);
    else if (event.key === "End") moveTo(lines.at(-1)?.node.pointer);
    else if (event.key === "ArrowRight") {
      if (line.node.children && !line.isOpen) setOpen(line.node.pointer, true);
      else if (line.node.children) moveTo(lines[index + 1]?.node.pointer);
    } else if (event.key === "ArrowLeft") {
      if (line.node.children && line.isOpen) setOpen(line.node.pointer, false);
      else moveTo(line.parent);
    } else if (event.key === "Enter" || event.key === " ") {
      if (line.node.children) setOpen(line.node.pointer, !line.isOpen);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="tree" role="tree" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {lines.map((line) => {
        const { node, level, isOpen } = line;
        const about = marks.get(node.pointer) ?? [];
        const tone = about[0]?.severity;
        const isFocused = node.pointer === focusedPointer;
        return (
          <div
            key={node.pointer}
            class={`tree-line${tone ? ` flagged ${tone}` : ""}${node.pointer === marked ? " marked" : ""}`}
            role="treeitem"
            data-pointer={node.pointer}
            aria-level={level}
            aria-posinset={line.position}
            aria-setsize={line.siblings}
            aria-selected={isFocused}
            {...(node.children && { "aria-expanded": isOpen })}
            tabIndex={isFocused ? 0 : -1}
            style={{ "--level": level - 1 }}
            onFocus={() => {
              focused.value = node.pointer;
            }}
          >
            {node.children ? (
              // The keys of the line do the same: this is for the pointer.
              <span class="twisty" aria-hidden="true" onClick={() => setOpen(node.pointer, !isOpen)}>
                <Icon name="chevron" />
              </span>
            ) : (
              <span class="twisty" aria-hidden="true" />
            )}
            <span class="tree-text">
              <span class="tree-name" onClick={node.children && (() => setOpen(node.pointer, !isOpen))}>
                {showControls(shorten(node.name, 80))}
              </span>
              <Value shown={node.shown} isOpen={isOpen} bytesFormat={bytesFormat} />
              {node.note && <span class="tree-note">{node.note}</span>}
              {node.alarm && <span class="tree-alarm">{node.alarm}</span>}
              {about.map((finding) => (
                <FindingMark
                  key={finding.ruleId + finding.at}
                  finding={finding}
                  onOpen={() => onFinding(finding)}
                />
              ))}
            </span>
            <Menu
              label={say("tree_copy", { name: node.name })}
              class="tree-copy icon-button"
              tabIndex={isFocused ? 0 : -1}
              items={copiesOf(node).map(({ label, text }) => ({
                label,
                run: () => onCopy(text(), node.name),
              }))}
            >
              <Icon name="copy" />
            </Menu>
          </div>
        );
      })}
    </div>
  );
}

function Value({ shown, isOpen, bytesFormat }: { shown: Shown; isOpen: boolean; bytesFormat: BytesFormat }) {
  switch (shown.as) {
    case "bytes":
      return (
        <>
          <span class="value-size">
            {shown.type ? `${shown.type}, ` : ""}
            {sayCount("byteCount", shown.bytes.length)}
          </span>
          <span class="value-bytes">
            <LongText text={writeBytes(shown.bytes, bytesFormat)} limit={96} />
          </span>
        </>
      );
    case "text":
      return (
        <span class={`value-${shown.of}`}>
          {shown.of === "string" ? (
            <>
              "<LongText text={shown.text} />"
            </>
          ) : (
            shown.text
          )}
        </span>
      );
    case "gap":
      return (
        <span class="value-gap">
          <LongText text={shown.text} />
        </span>
      );
    case "holder":
      return <span class="value-holder">{isOpen ? shown.text : (shown.preview ?? shown.text)}</span>;
    case "flags":
      return <Flags flags={shown.flags} />;
  }
}

function linesOf(roots: readonly TreeNode[], toggled: ReadonlyMap<string, boolean>): Line[] {
  const lines: Line[] = [];
  const add = (nodes: readonly TreeNode[], level: number, parent?: string) => {
    nodes.forEach((node, index) => {
      const isOpen = node.children !== undefined && (toggled.get(node.pointer) ?? !node.isClosedAtFirst);
      lines.push({
        node,
        level,
        isOpen,
        position: index + 1,
        siblings: nodes.length,
        ...(parent !== undefined && { parent }),
      });
      // What is deep at first stays closed: a page may nest as it likes.
      if (isOpen && (level < OPEN_LEVELS || toggled.has(node.pointer)))
        add(node.children!(), level + 1, node.pointer);
      else if (isOpen) lines.at(-1)!.isOpen = false;
    });
  };
  add(roots, 1);
  return lines;
}

const OPEN_LEVELS = 7;

/** Each finding stands on the line that it is about, or on the nearest one above. */
function marksOf(lines: readonly Line[], findings: readonly Finding[]): Map<string, Finding[]> {
  const marks = new Map<string, Finding[]>();
  for (const finding of findings) {
    const field = finding.field === undefined ? "" : `#${finding.field}`;
    const pointer = nearestLine(lines, finding.at + field);
    if (pointer !== undefined) marks.set(pointer, [...(marks.get(pointer) ?? []), finding]);
  }
  return marks;
}

function nearestLine(lines: readonly Line[], pointer: string): string | undefined {
  let best: string | undefined;
  for (const { node } of lines) {
    const isAbove =
      pointer === node.pointer ||
      pointer.startsWith(`${node.pointer}/`) ||
      pointer.startsWith(`${node.pointer}.`) ||
      pointer.startsWith(`${node.pointer}#`);
    if (isAbove && node.pointer.length >= (best?.length ?? -1)) best = node.pointer;
  }
  return best;
}

function lineElement(list: HTMLElement | null, pointer: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>(".tree-line") ?? [])].find(
    ({ dataset }) => dataset.pointer === pointer,
  );
}

function writeBytes(bytes: Uint8Array, format: BytesFormat): string {
  return format === "hex" ? encodeHex(bytes) : encodeBase64url(bytes);
}

function copiesOf({ shown, pemLabel, json }: TreeNode): { label: string; text: () => string }[] {
  const asJson = { label: say("tree_copyJson"), text: () => JSON.stringify(json(), null, 2) ?? "undefined" };
  if (shown.as === "bytes") {
    return [
      { label: say("tree_copyBase64url"), text: () => encodeBase64url(shown.bytes) },
      { label: say("tree_copyHex"), text: () => encodeHex(shown.bytes) },
      ...(pemLabel === undefined
        ? []
        : [{ label: say("tree_copyPem"), text: () => encodePem(pemLabel, shown.bytes) }]),
      asJson,
    ];
  }
  if (shown.as === "text" || shown.as === "gap")
    return [{ label: say("tree_copyText"), text: () => shown.text }, asJson];
  return [asJson];
}

function defaultCopy(node: TreeNode, format: BytesFormat): [text: string, what: string] {
  if (node.shown.as === "bytes") return [writeBytes(node.shown.bytes, format), node.name];
  return [copiesOf(node)[0]!.text(), node.name];
}
