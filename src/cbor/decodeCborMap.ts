import type { Problem } from "../bytes/problem.js";
import type { CborItem } from "./cborLayout.js";
import { cborLayout } from "./cborLayout.js";
import { valueOfCborItem } from "./decodeCbor.js";

/** One pair of a map, with the places of its key and its value. */
export interface CborEntry {
  /** integer or text keys as they are; undefined for keys of other types */
  label: number | bigint | string | undefined;
  key: CborItem;
  value: unknown;
  item: CborItem;
}

export interface DecodedCborMap {
  /** the outermost item, whether it is a map or not */
  item?: CborItem;
  /** every pair that is complete, in the order of the bytes */
  entries: CborEntry[];
  map: Map<unknown, unknown>;
  problems: Problem[];
  end: number;
}

/**
 * Decodes the CBOR map that begins at `start`; when it is cut off, the pairs before the cut.
 * Something else than a map is a problem and has no entries. `name` says in messages what the map is.
 */
export function decodeCborMap(bytes: Uint8Array, start: number, end: number, name: string): DecodedCborMap {
  const { item, problems, end: itemEnd } = cborLayout(bytes, start, end);
  const decoded: DecodedCborMap = { entries: [], map: new Map(), problems, end: itemEnd };
  if (!item) return decoded;
  decoded.item = item;
  if (item.type !== "map") {
    const message = `The ${name} is not a CBOR map but ${item.type}.`;
    problems.push({ code: "cbor-not-a-map", message, offset: item.offset, length: item.length });
    return decoded;
  }
  decoded.entries = cborEntries(bytes, item);
  for (const { label, key, value } of decoded.entries)
    decoded.map.set(label ?? valueOfCborItem(bytes, key), value);
  return decoded;
}

/** The complete pairs of a map in a layout of `bytes`; a key that comes twice has an entry each time. */
export function cborEntries(bytes: Uint8Array, map: CborItem): CborEntry[] {
  const entries: CborEntry[] = [];
  const { children } = map;
  for (let at = 0; at + 1 < children.length; at += 2) {
    const key = children[at]!;
    const item = children[at + 1]!;
    if (!item.complete) break;
    entries.push({ label: key.label, key, value: valueOfCborItem(bytes, item), item });
  }
  return entries;
}
