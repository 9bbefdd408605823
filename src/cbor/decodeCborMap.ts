import type { Problem } from "../bytes/problem.js";
import type { CborItem } from "./cborLayout.js";
import { cborLayout } from "./cborLayout.js";
import { valueOfCborItem } from "./decodeCbor.js";

/** One pair of a map, with the places of its key and its value. */
export class CborEntry {
  #value: unknown = NOT_MADE;

  constructor(
    /** the outermost buffer */
    readonly bytes: Uint8Array,
    /** integer or text keys as they are; undefined for keys of other types */
    readonly label: number | bigint | string | undefined,
    readonly key: CborItem,
    readonly item: CborItem,
  ) {}

  /** Made when it is first asked for: who takes a value apart does not need it whole. */
  get value(): unknown {
    if (this.#value === NOT_MADE) this.#value = valueOfCborItem(this.bytes, this.item);
    return this.#value;
  }
}

/** CBOR has an undefined of its own. */
const NOT_MADE = Symbol("not made");

export interface DecodedCborMap {
  /** the outermost item, whether it is a map or not */
  item?: CborItem;
  /** every pair that is complete, in the order of the bytes */
  entries: CborEntry[];
  problems: Problem[];
  end: number;
}

/**
 * Decodes the CBOR map that begins at `start`; when it is cut off, the pairs before the cut.
 * Something else than a map is a problem and has no entries. `name` says in messages what the map is.
 */
export function decodeCborMap(bytes: Uint8Array, start: number, end: number, name: string): DecodedCborMap {
  const { item, problems, end: itemEnd } = cborLayout(bytes, start, end);
  if (!item) return { entries: [], problems, end: itemEnd };
  if (item.type === "map") return { item, entries: cborEntries(bytes, item), problems, end: itemEnd };
  const message = `The ${name} is not a CBOR map but ${item.type}.`;
  problems.push({ code: "cbor-not-a-map", message, offset: item.offset, length: item.length });
  return { item, entries: [], problems, end: itemEnd };
}

/** The complete pairs of a map in a layout of `bytes`; a key that comes twice has an entry each time. */
export function cborEntries(bytes: Uint8Array, map: CborItem): CborEntry[] {
  const entries: CborEntry[] = [];
  const { children } = map;
  for (let at = 0; at + 1 < children.length; at += 2) {
    const key = children[at]!;
    const item = children[at + 1]!;
    if (!item.complete) break;
    entries.push(new CborEntry(bytes, key.label, key, item));
  }
  return entries;
}

/** The pairs as a Map; of a key that comes twice, the later value. */
export function mapOfEntries(bytes: Uint8Array, entries: readonly CborEntry[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (const { label, key, value } of entries) map.set(label ?? valueOfCborItem(bytes, key), value);
  return map;
}
