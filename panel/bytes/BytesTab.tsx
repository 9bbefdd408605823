import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Call, encodeBase64url, encodeHex } from "../../src/index.js";
import { FindingMark } from "../findings/FindingMark.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Icon } from "../ui/Icon.js";
import { Menu } from "../ui/Menu.js";
import { count } from "../words/count.js";
import { type ByteNode, describeByteNode, mapBytes } from "./byteMap.js";
import { FieldList, FieldValue } from "./FieldList.js";
import { HexGrid } from "./HexGrid.js";
import { type ResponseBuffer, responseBuffers } from "./responseBuffers.js";

/** The bytes of a response, one buffer at a time, beside the fields that they hold. */
export function BytesTab({ store, call }: { store: Store; call: Call }) {
  const buffers = useMemo(() => responseBuffers(call), [call]);
  const [chosen, choose] = useState<string | undefined>(undefined);
  const buffer = buffers.find(({ name }) => name === chosen) ?? buffers[0];
  if (!buffer) return <p class="quiet-note">No response with bytes came back.</p>;
  const findings = store.known.value.findingsOf(call.id).filter(({ at }) => at.startsWith(buffer.reading.at));
  return (
    <>
      <div class="byte-head">
        <div class="byte-buffers" role="group" aria-label="Bytes of">
          {buffers.map(({ name, reading }) => (
            <button
              key={name}
              type="button"
              data-buffer={name}
              aria-pressed={name === buffer.name}
              onClick={() => choose(name)}
            >
              {name} <span class="byte-size">{sizeOf(reading)}</span>
            </button>
          ))}
        </div>
        {findings.map((finding) => (
          <FindingMark
            key={finding.ruleId + finding.at}
            finding={finding}
            onOpen={() => store.showFinding(finding)}
          />
        ))}
      </div>
      <Buffer key={`${call.id} ${buffer.name}`} store={store} buffer={buffer} />
    </>
  );
}

function sizeOf(reading: ResponseBuffer["reading"]): string {
  const size = reading.byteLength();
  return size === undefined ? "—" : String(size);
}

function Buffer({ store, buffer: { name, reading, decode } }: { store: Store; buffer: ResponseBuffer }) {
  const bytes = useMemo(() => reading.bytes(), [reading]);
  if (bytes && bytes.length > 0) return <Pair store={store} name={name} bytes={bytes} decode={decode} />;
  return (
    <p class="quiet-note byte-gap">
      <b>{name}</b>: {whyNot(reading, bytes)}
    </p>
  );
}

function whyNot(reading: ResponseBuffer["reading"], bytes: Uint8Array | undefined): string {
  if (bytes) return "it came back with no bytes.";
  if (reading.isAbsent) return "not in this response.";
  if (reading.kind === "bytes")
    return "the recording’s text is not base64url, so there are no bytes to show.";
  if (reading.kind === "masked") return `${reading.describe()}: its bytes are not in the recording.`;
  return `no bytes were kept (${reading.describe()}).`;
}

function Pair({
  store,
  name,
  bytes,
  decode,
}: {
  store: Store;
  name: string;
  bytes: Uint8Array;
  decode: ResponseBuffer["decode"];
}) {
  const { copy } = useActions();
  const map = useMemo(() => mapBytes(bytes, decode(bytes), name), [bytes]);
  const pair = useRef<HTMLDivElement>(null);
  const { isBeside, perRow } = useRoom(pair, bytes.length > 0xffff ? 6 : 4);
  const [lit, setLit] = useState<number | undefined>(undefined);
  const [selected, setSelected] = useState<number | undefined>(undefined);
  const [cursor, setCursor] = useState<number | undefined>(undefined);

  const letGo = () => {
    setSelected(undefined);
    setCursor(undefined);
  };
  const select = (index: number) => {
    setSelected(index);
    setCursor(Math.min(map.nodes[index]!.offset, bytes.length - 1));
  };
  const goTo = (offset: number) => {
    const index = map.owners[offset]!;
    setSelected(index);
    setCursor(offset);
    store.announce(`byte ${offset}, ${hex(bytes[offset]!)}: ${map.nodes[index]!.path || name}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && selected !== undefined) letGo();
    else if (
      (event.ctrlKey || event.metaKey) &&
      event.key.toLowerCase() === "c" &&
      selected !== undefined &&
      !document.getSelection()?.toString()
    )
      copy(encodeHex(bytesOf(map.nodes[selected]!, bytes)), map.nodes[selected]!.name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const told = lit ?? selected;
  const marks = { lit, selected, onHover: setLit };
  return (
    <div class={isBeside ? "byte-pair beside" : "byte-pair"} ref={pair} onKeyDown={onKeyDown}>
      <FieldList
        label={`Fields of ${name}`}
        nodes={map.nodes}
        bytes={bytes}
        {...marks}
        onSelect={select}
        onToggle={(index) => (index === selected ? letGo() : select(index))}
      />
      <HexGrid
        label={`Bytes of ${name}`}
        bytes={bytes}
        map={map}
        perRow={perRow}
        {...marks}
        cursor={cursor}
        onByte={goTo}
        onClickByte={(offset) => (offset === cursor ? letGo() : goTo(offset))}
      />
      <div class="byte-told">
        {told === undefined ? (
          <span class="quiet">{hintOf(name, map.nodes)}</span>
        ) : (
          <Told node={map.nodes[told]!} name={name} bytes={bytes} />
        )}
        {selected !== undefined && (
          <Menu
            label={`Copy ${map.nodes[selected]!.name}`}
            class="icon-button"
            items={[
              { label: "Copy as hex", write: encodeHex },
              { label: "Copy as base64url", write: encodeBase64url },
            ].map(({ label, write }) => ({
              label,
              run: () => copy(write(bytesOf(map.nodes[selected]!, bytes)), map.nodes[selected]!.name),
            }))}
          >
            <Icon name="copy" />
          </Menu>
        )}
      </div>
    </div>
  );
}

/** The field that is lit, in full: where it stands and what it says. */
function Told({ node, name, bytes }: { node: ByteNode; name: string; bytes: Uint8Array }) {
  const { offset, length, problem, path } = node;
  const last = offset + length - 1;
  return (
    <div class="byte-told-text">
      <div>
        <b>{problem ? "Problem" : path || name}</b>{" "}
        <span class="quiet">
          {length === 0
            ? `at byte ${offset}`
            : length === 1
              ? `byte ${offset} (${hex(offset)})`
              : `bytes ${offset}–${last} (${hex(offset)}–${hex(last)}), ${count(length, "byte")}`}
        </span>
      </div>
      {(problem || describeByteNode(node, bytes) || path) && (
        <div class={problem ? "byte-told-value wrong" : "byte-told-value"}>
          <FieldValue node={node} bytes={bytes} />
        </div>
      )}
    </div>
  );
}

function hintOf(name: string, nodes: readonly ByteNode[]): string {
  if (name === "signature" && nodes.length === 1)
    return "Not the DER of an ECDSA signature. Ed25519 and RSA signatures look so: no fields inside.";
  return "Point at a field or a byte to see both; click to pin it.";
}

const bytesOf = ({ offset, length }: ByteNode, bytes: Uint8Array) => bytes.subarray(offset, offset + length);
const hex = (number: number) => `0x${number.toString(16).padStart(2, "0")}`;

/** How the two views fit: side by side or one above the other, and how many bytes go in a row. */
function useRoom(element: { current: HTMLElement | null }, digits: number) {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(element.current!.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element.current!);
    measure();
    return () => observer.disconnect();
  }, []);
  const needed = (perRow: number) => (digits + 4 + perRow * 4) * CHARACTER_WIDTH + EDGES;
  const isBeside = width >= needed(8) + FIELDS_WIDTH;
  const room = isBeside ? width - FIELDS_WIDTH : width;
  return { isBeside, perRow: [16, 8].find((perRow) => needed(perRow) <= room) ?? 4 };
}

/** pixels: a character of the monospaced fonts at 11.5 px, rounded up; padding and scroll bar; a readable tree */
const CHARACTER_WIDTH = 7;
const EDGES = 36;
const FIELDS_WIDTH = 260;
