import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import {
  type BytePlace,
  type Call,
  type CallId,
  encodeBase64url,
  encodeHex,
  type Finding,
  locateBytes,
  type Verdict,
} from "../../src/index.js";
import { FindingMark } from "../findings/FindingMark.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Icon } from "../ui/Icon.js";
import { Menu } from "../ui/Menu.js";
import { OUTCOME_WORDS } from "../words/describeVerdicts.js";
import { sayCheck } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";
import { type ByteMap, type ByteNode, describeByteNode, mapBytes } from "./byteMap.js";
import { FieldList, FieldValue } from "./FieldList.js";
import { HexGrid } from "./HexGrid.js";
import { readCertificates } from "./readCertificates.js";
import { type ResponseBuffer, responseBuffers } from "./responseBuffers.js";

/** The bytes of a response, one buffer at a time, beside the fields that they hold. */
export function BytesTab({ store, call }: { store: Store; call: Call }) {
  const buffers = useMemo(() => responseBuffers(call), [call]);
  const [chosen, choose] = useState<string | undefined>(undefined);
  const pointed = store.bytePlace.value?.callId === call.id ? store.bytePlace.value : undefined;
  useLayoutEffect(() => {
    if (pointed) choose(pointed.place.buffer);
  }, [pointed?.turn]);
  const subjects = useMemo(() => subjectsOf(store, call), [call, store.known.value]);
  const buffer = buffers.find(({ name }) => name === chosen) ?? buffers[0];
  if (!buffer) return <p class="quiet-note">{say("bytes_none")}</p>;
  return (
    <>
      <div class="byte-head">
        <div class="byte-buffers" role="group" aria-label={say("bytes_of")}>
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
        {subjects
          .filter(({ place }) => place.buffer === buffer.name)
          .map(
            ({ finding }) =>
              finding && (
                <FindingMark
                  key={finding.ruleId + finding.at + finding.field}
                  finding={finding}
                  onOpen={() => store.showFinding(finding)}
                />
              ),
          )}
      </div>
      <Buffer
        key={`${call.id} ${buffer.name}`}
        store={store}
        buffer={buffer}
        subjects={subjects.filter(({ place }) => place.buffer === buffer.name)}
        pointed={pointed?.place.buffer === buffer.name ? pointed : undefined}
      />
    </>
  );
}

function sizeOf(reading: ResponseBuffer["reading"]): string {
  const size = reading.byteLength();
  return size === undefined ? "—" : String(size);
}

/** A finding or a step, and the bytes that it is about. */
interface Subject {
  place: BytePlace;
  finding?: Finding;
  verdict?: Verdict;
  callId: CallId;
}

function subjectsOf(store: Store, call: Call): Subject[] {
  const known = store.known.value;
  const subjects: (Omit<Subject, "place"> & { place: BytePlace | undefined })[] = [
    ...known
      .findingsOf(call.id)
      .map((finding) => ({ finding, callId: call.id, place: locateBytes(call, finding) })),
    ...(known.ceremonyOf(call.id)?.verdicts ?? []).map((verdict) => ({
      verdict,
      callId: call.id,
      place: locateBytes(call, verdict),
    })),
  ];
  return subjects.filter((subject): subject is Subject => subject.place !== undefined);
}

function Buffer({
  store,
  buffer: { name, reading, decode },
  ...others
}: {
  store: Store;
  buffer: ResponseBuffer;
  subjects: readonly Subject[];
  pointed: { place: BytePlace; turn: number } | undefined;
}) {
  const bytes = useMemo(() => reading.bytes(), [reading]);
  if (bytes && bytes.length > 0)
    return <Pair store={store} name={name} bytes={bytes} decode={decode} {...others} />;
  return (
    <p class="quiet-note byte-gap">
      <b>{name}</b>: {whyNot(reading, bytes)}
    </p>
  );
}

function whyNot(reading: ResponseBuffer["reading"], bytes: Uint8Array | undefined): string {
  if (bytes) return say("bytes_empty");
  if (reading.isAbsent) return say("bytes_absent");
  if (reading.kind === "bytes") return say("bytes_notBase64url");
  if (reading.kind === "masked") return say("bytes_masked", { what: reading.describe() });
  return say("bytes_notKept", { what: reading.describe() });
}

function Pair({
  store,
  name,
  bytes,
  decode,
  subjects,
  pointed,
}: {
  store: Store;
  name: string;
  bytes: Uint8Array;
  decode: ResponseBuffer["decode"];
  /** findings and steps about these bytes */
  subjects: readonly Subject[];
  /** the place to show, again whenever `turn` changes */
  pointed: { place: BytePlace; turn: number } | undefined;
}) {
  const { copy } = useActions();
  const pair = useRef<HTMLDivElement>(null);
  const { isBeside, perRow } = useRoom(pair, bytes.length > 0xffff ? 6 : 4);
  const [lit, setLit] = useState<number | undefined>(undefined);
  const [selected, setSelected] = useState<number | undefined>(undefined);
  const [cursor, setCursor] = useState<number | undefined>(undefined);
  const map = useByteMap(name, bytes, decode, (from, to) => {
    setLit(undefined);
    setSelected((index) => (index === undefined ? undefined : nodeAt(to, from.nodes[index]!)));
  });

  useLayoutEffect(() => {
    if (!pointed) return;
    select(nodeAt(map, pointed.place));
    pair.current?.querySelector<HTMLElement>(".byte-fields")?.focus({ preventScroll: true });
  }, [pointed?.turn]);

  const letGo = () => {
    setSelected(undefined);
    setCursor(undefined);
  };
  const select = (index: number) => {
    setSelected(index);
    setCursor(Math.min(map.nodes[index]!.offset, bytes.length - 1));
  };
  const flagged = useMemo(
    () =>
      new Map(
        subjects.flatMap(({ finding, place }) =>
          finding ? [[nodeAt(map, place), finding.severity] as const] : [],
        ),
      ),
    [map, subjects],
  );
  const goTo = (offset: number) => {
    const index = map.owners[offset]!;
    setSelected(index);
    setCursor(offset);
    store.announce(
      say("bytes_announced", {
        offset: `${offset}`,
        value: hex(bytes[offset]!),
        field: map.nodes[index]!.path || name,
      }),
    );
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
        label={say("bytes_fields", { name })}
        nodes={map.nodes}
        bytes={bytes}
        {...marks}
        flagged={flagged}
        onSelect={select}
        onToggle={(index) => (index === selected ? letGo() : select(index))}
      />
      <HexGrid
        label={say("bytes_grid", { name })}
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
          <div class="byte-told-text">
            <Told node={map.nodes[told]!} name={name} bytes={bytes} />
            <About
              store={store}
              subjects={subjects.filter(({ place }) => isAbout(place, map.nodes[told]!))}
            />
          </div>
        )}
        {selected !== undefined && (
          <Menu
            label={say("tree_copy", { name: map.nodes[selected]!.name })}
            class="icon-button"
            items={copiesOf(map.nodes[selected]!, bytes).map(({ label, text }) => ({
              label,
              run: () => copy(text(), map.nodes[selected]!.name),
            }))}
          >
            <Icon name="copy" />
          </Menu>
        )}
      </div>
    </div>
  );
}

/**
 * The fields of the bytes: those that are decoded at once, then those with the certificates read, for
 * which a library has to be loaded. `onDetail` hears of the change, as indexes of fields do not outlive it.
 */
function useByteMap(
  name: string,
  bytes: Uint8Array,
  decode: ResponseBuffer["decode"],
  onDetail: (from: ByteMap, to: ByteMap) => void,
): ByteMap {
  const first = useMemo(() => {
    const decoded = decode(bytes);
    return { decoded, map: mapBytes(bytes, decoded, name) };
  }, [bytes]);
  const [detailed, setDetailed] = useState<{ of: typeof first; map: ByteMap } | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    void readCertificates(bytes, first.decoded, name).then((read) => {
      if (!read || !isWanted) return;
      const map = mapBytes(bytes, read.decoded, name, read.notes);
      setDetailed({ of: first, map });
      onDetail(first.map, map);
    });
    return () => {
      isWanted = false;
    };
  }, [first]);
  return detailed?.of === first ? detailed.map : first.map;
}

function copiesOf(node: ByteNode, bytes: Uint8Array): { label: string; text: () => string }[] {
  const { pem } = node;
  return [
    { label: say("tree_copyHex"), text: () => encodeHex(bytesOf(node, bytes)) },
    { label: say("tree_copyBase64url"), text: () => encodeBase64url(bytesOf(node, bytes)) },
    ...(pem === undefined ? [] : [{ label: say("tree_copyPem"), text: () => pem }]),
  ];
}

/** The field that is lit, in full: where it stands and what it says. */
function Told({ node, name, bytes }: { node: ByteNode; name: string; bytes: Uint8Array }) {
  const { offset, length, problem, path } = node;
  const last = offset + length - 1;
  return (
    <>
      <div>
        <b>{problem ? say("bytes_problem") : path || name}</b>{" "}
        <span class="quiet">
          {length === 0
            ? say("bytes_at", { offset: `${offset}` })
            : length === 1
              ? say("bytes_single", { offset: `${offset}`, hex: hex(offset) })
              : sayCount("bytes_range", length, {
                  first: `${offset}`,
                  last: `${last}`,
                  hexfirst: hex(offset),
                  hexlast: hex(last),
                })}
        </span>
      </div>
      {(problem || describeByteNode(node, bytes) || path) && (
        <div class={problem ? "byte-told-value wrong" : "byte-told-value"}>
          <FieldValue node={node} bytes={bytes} />
        </div>
      )}
    </>
  );
}

/** The way back: findings and steps about the bytes that are lit. */
function About({ store, subjects }: { store: Store; subjects: readonly Subject[] }) {
  if (subjects.length === 0) return null;
  return (
    <div class="byte-about">
      {subjects.map(({ finding, verdict, callId }) =>
        finding ? (
          <FindingMark
            key={finding.ruleId + finding.at + finding.field}
            finding={finding}
            onOpen={() => store.showFinding(finding)}
          />
        ) : (
          verdict && (
            <button
              key={verdict.check}
              type="button"
              class={`link step-mark ${verdict.outcome}`}
              onClick={() => store.showStep(callId, verdict.check)}
            >
              {say("bytes_verdict", {
                check: sayCheck(verdict.check),
                outcome: OUTCOME_WORDS[verdict.outcome],
              })}
            </button>
          )
        ),
      )}
    </div>
  );
}

/** The line of a place; the innermost field of its first byte, if the decoder here knows the place by another name. */
function nodeAt(
  { nodes, owners }: ByteMap,
  { path, offset, length }: Pick<BytePlace, "path" | "offset" | "length">,
): number {
  const isThere = (node: ByteNode) => node.offset === offset && node.length === length;
  const exact = nodes.findIndex((node) => isThere(node) && node.path === path);
  if (exact >= 0) return exact;
  const same = nodes.findIndex(isThere);
  return same >= 0 ? same : (owners[Math.min(offset, owners.length - 1)] ?? 0);
}

function isAbout({ offset, length }: BytePlace, node: ByteNode): boolean {
  return node.offset === offset && node.length === length;
}

function hintOf(name: string, nodes: readonly ByteNode[]): string {
  if (name === "signature" && nodes.length === 1) return say("bytes_opaqueSignature");
  return say("bytes_hint");
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
