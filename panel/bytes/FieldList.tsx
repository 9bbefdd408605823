import { useLayoutEffect, useRef } from "preact/hooks";
import { describeAaguid, type Severity } from "../../src/index.js";
import { Flags } from "../ui/Flags.js";
import { Icon } from "../ui/Icon.js";
import { SEVERITY_WORDS } from "../words/describeFinding.js";
import { say } from "../words/say.js";
import { shorten, showControls } from "../words/shorten.js";
import { type ByteNode, describeByteNode } from "./byteMap.js";
import { useRowWindow } from "./useRowWindow.js";

/** The fields of a buffer as a tree of lines. Arrow keys move and select; ArrowLeft goes to the field above. */
export function FieldList({
  label,
  nodes,
  bytes,
  lit,
  selected,
  flagged,
  onHover,
  onSelect,
  onToggle,
}: {
  label: string;
  nodes: readonly ByteNode[];
  bytes: Uint8Array;
  /** index of the node that the pointer is at, here or in the bytes */
  lit: number | undefined;
  selected: number | undefined;
  /** indexes of the nodes that findings are about */
  flagged: ReadonlyMap<number, Severity>;
  onHover: (index: number | undefined) => void;
  onSelect: (index: number) => void;
  /** clicked: pins the field, or lets it go */
  onToggle: (index: number) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const shown = useRowWindow(list, nodes.length, LINE_HEIGHT);

  useLayoutEffect(() => {
    if (selected !== undefined) shown.reveal(selected);
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = selected ?? 0;
    const isHolder = nodes[at + 1]?.parent === at;
    const next = {
      ArrowDown: selected === undefined ? 0 : at + 1,
      ArrowUp: at - 1,
      ArrowRight: isHolder ? at + 1 : at,
      ArrowLeft: Math.max(0, nodes[at]!.parent),
      Home: 0,
      End: nodes.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next >= 0 && next < nodes.length) onSelect(next);
  };

  return (
    <div
      class="byte-fields"
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={selected === undefined ? undefined : `byte-field-${selected}`}
      ref={list}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onHover(undefined)}
    >
      <div
        role="none"
        style={{ height: `${nodes.length * LINE_HEIGHT}px`, paddingTop: `${shown.first * LINE_HEIGHT}px` }}
      >
        {nodes.slice(shown.first, shown.end).map((node, index) => {
          const at = shown.first + index;
          return (
            <div
              key={at}
              id={`byte-field-${at}`}
              class={classOf(node, at === lit)}
              role="treeitem"
              data-path={node.problem ? undefined : node.path}
              aria-level={node.level}
              aria-posinset={node.position}
              aria-setsize={node.siblings}
              aria-selected={at === selected}
              style={{ "--level": node.level - 1 }}
              onPointerMove={() => onHover(at)}
              onClick={() => onToggle(at)}
            >
              <span class="byte-field-text">
                {node.problem ? (
                  <Icon name="error" />
                ) : (
                  <span class="tree-name">{showControls(shorten(node.name, 80))}</span>
                )}
                <FieldValue node={node} bytes={bytes} />
              </span>
              {flagged.has(at) && (
                <span class={`byte-field-flag ${flagged.get(at)}`}>
                  <Icon name={flagged.get(at)!} />
                  <span class="visually-hidden">{SEVERITY_WORDS[flagged.get(at)!]}</span>
                </span>
              )}
              <span class="byte-field-size">{say("bytes_size", { size: `${node.length}` })}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** pixels, as in bytes.css */
const LINE_HEIGHT = 20;

function classOf({ problem }: ByteNode, isLit: boolean): string {
  return `byte-field${problem ? " problem" : ""}${isLit ? " lit" : ""}`;
}

export function FieldValue({ node, bytes }: { node: ByteNode; bytes: Uint8Array }) {
  const { value, name } = node;
  if (isFlags(value)) return <Flags flags={value} />;
  const text = describeByteNode(node, bytes);
  return (
    <>
      <span class={valueClass(node)}>{text}</span>
      {name.endsWith("aaguid") && typeof value === "string" && (
        <span class="tree-note"> {describeAaguid(value)}</span>
      )}
    </>
  );
}

function valueClass({ value, words, problem }: ByteNode): string {
  if (problem || words !== undefined) return "";
  return value === undefined || value instanceof Uint8Array ? "value-bytes" : `value-${typeof value}`;
}

function isFlags(value: unknown): value is Parameters<typeof Flags>[0]["flags"] {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "userPresent");
}
