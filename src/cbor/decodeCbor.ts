import { Decoder } from "cbor-x/decode-no-eval";
import type { Problem } from "../bytes/problem.js";
import { type CborItem, cborLayout } from "./cborLayout.js";

/** The first CBOR item of a buffer: its layout, and its value if it is complete. */
export interface DecodedCbor {
  item?: CborItem;
  /** absent unless the item is complete */
  value?: unknown;
  problems: Problem[];
  /** where the item ends, or reading stopped */
  end: number;
}

/**
 * Decodes the first CBOR item of `bytes[start…end]`, which need not reach the end.
 *
 * Maps become `Map`, byte strings views of `bytes`, integers beyond 32 bits `bigint`. Tags are not
 * executed: the tagged item stands for itself, and the tag is a problem. Bad input yields problems
 * (see {@link cborLayout}) and no value.
 */
export function decodeCbor(bytes: Uint8Array, start = 0, end: number = bytes.length): DecodedCbor {
  const layout = cborLayout(bytes, start, end);
  if (!layout.item?.complete) return layout;
  return { ...layout, value: valueOfCborItem(bytes, layout.item) };
}

/** The value of a complete item of a layout of `bytes`; see {@link decodeCbor}. */
export function valueOfCborItem(bytes: Uint8Array, item: CborItem): unknown {
  // The layout has the leaves' values already, and lists of them; asking cbor-x for each costs several times as much.
  if (item.type === "unsigned" || item.type === "negative") return integerOf(item);
  if (item.type === "bytes" && !item.indefinite) return item.content;
  if (item.type === "text" && !item.indefinite) return item.label;
  if (item.type === "array") return item.children.map((child) => valueOfCborItem(bytes, child));
  return decoder.decode(isPlain(item) ? bytes.subarray(item.offset, item.end) : rewrite(item, bytes));
}

/** bigint beyond 32 bits, as cbor-x has it */
function integerOf(item: CborItem): number | bigint {
  return item.argument <= 0xffffffff ? (item.label as number) : BigInt(item.label as number | bigint);
}

const decoder = new Decoder({ useRecords: false, mapsAsObjects: false });

/** cbor-x would execute tags, refuses chunked strings and unassigned simple values, and makes a
 * bigint of any integer written in 64 bits. Items with such parts are rewritten without them. */
function isPlain(item: CborItem): boolean {
  if (item.type === "tag") return false;
  if (item.type === "simple") return item.argument >= 20 && item.argument <= 23;
  if (item.headLength === 9 && item.type !== "float" && item.argument <= 0xffffffff) return false;
  if (item.indefinite && (item.type === "bytes" || item.type === "text")) return false;
  return item.children.every(isPlain);
}

function rewrite(item: CborItem, bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  pushPlain(parts, item, bytes);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function pushPlain(parts: Uint8Array[], item: CborItem, bytes: Uint8Array): void {
  const inside = () => {
    for (const child of item.children) pushPlain(parts, child, bytes);
  };
  switch (item.type) {
    case "tag":
      inside();
      return;
    case "unsigned":
    case "negative":
      parts.push(head(item.type === "unsigned" ? 0 : 1, item.argument));
      return;
    case "bytes":
    case "text": {
      const chunks = item.indefinite ? item.children.map((chunk) => chunk.content) : [item.content];
      const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      parts.push(head(item.type === "bytes" ? 2 : 3, length), ...chunks);
      return;
    }
    case "array":
      parts.push(head(4, item.children.length));
      inside();
      return;
    case "map":
      parts.push(head(5, item.children.length / 2));
      inside();
      return;
    case "simple":
      parts.push(
        Uint8Array.of(item.argument >= 20 && item.argument <= 23 ? 0xe0 + Number(item.argument) : 0xf7),
      );
      return;
    case "float":
      parts.push(bytes.subarray(item.offset, item.end));
  }
}

function head(major: number, argument: number | bigint): Uint8Array {
  const initial = major << 5;
  if (argument < 24) return Uint8Array.of(initial | Number(argument));
  if (argument <= 0xffffffff) {
    const number = Number(argument);
    return Uint8Array.of(
      initial | 26,
      number >>> 24,
      (number >>> 16) & 255,
      (number >>> 8) & 255,
      number & 255,
    );
  }
  const wide = new Uint8Array(9);
  wide[0] = initial | 27;
  new DataView(wide.buffer).setBigUint64(1, BigInt(argument));
  return wide;
}
