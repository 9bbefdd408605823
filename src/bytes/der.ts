/** One DER item of a buffer. @see https://www.itu.int/rec/T-REC-X.690 */
export interface DerItem {
  /** class in bits 8 and 7, constructed in bit 6, as in the first byte; the number is apart where it is 31 or more */
  tag: number;
  /** number of the tag, whatever its class */
  number: number;
  /** where the item begins */
  offset: number;
  /** where its content begins */
  start: number;
  /** where its content, and so the item, ends */
  end: number;
}

/** Tags as they stand in the first byte. */
export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * The DER item that begins at `start`, if one does and ends by `end`. What is not DER (indefinite
 * lengths, lengths written longer than need be) is none.
 */
export function readDerItem(bytes: Uint8Array, start = 0, end: number = bytes.length): DerItem | undefined {
  let at = start;
  const byte = () => (at < end ? bytes[at++] : undefined);
  const tag = byte();
  if (tag === undefined) return undefined;
  let number = tag & 31;
  if (number === 31) {
    number = 0;
    for (let digit = 128; digit & 128; ) {
      const next = byte();
      if (next === undefined || number > 0xffffff) return undefined;
      digit = next;
      number = number * 128 + (digit & 127);
    }
    if (number < 31) return undefined;
  }
  let length = byte();
  if (length === undefined) return undefined;
  if (length >= 128) {
    const size = length & 127;
    if (size === 0 || size > 4 || bytes[at] === 0) return undefined;
    length = 0;
    for (let index = 0; index < size; index++) {
      const digit = byte();
      if (digit === undefined) return undefined;
      length = length * 256 + digit;
    }
    if (length < 128) return undefined;
  }
  return at + length > end ? undefined : { tag, number, offset: start, start: at, end: at + length };
}

/** The items inside a constructed one; undefined unless they fill it exactly. */
export function readDerItems(
  bytes: Uint8Array,
  { start, end }: Pick<DerItem, "start" | "end">,
): DerItem[] | undefined {
  const items: DerItem[] = [];
  for (let at = start; at < end; ) {
    const item = readDerItem(bytes, at, end);
    if (!item) return undefined;
    items.push(item);
    at = item.end;
  }
  return items;
}

/** The items of a SEQUENCE that is all of `bytes`; undefined if it isn't one. */
export function readDerSequence(bytes: Uint8Array): DerItem[] | undefined {
  const item = readDerItem(bytes);
  return item?.tag === DER.sequence && item.end === bytes.length ? readDerItems(bytes, item) : undefined;
}

/** The content of an item, as a view. */
export function derContent(bytes: Uint8Array, { start, end }: DerItem): Uint8Array {
  return bytes.subarray(start, end);
}

/** The magnitude of an INTEGER without its sign byte; undefined if it is negative, empty or not as short as can be. */
export function derUnsigned(bytes: Uint8Array, item: DerItem): Uint8Array | undefined {
  const content = derContent(bytes, item);
  const [first, second] = content;
  if (item.tag !== DER.integer || first === undefined || first >= 128) return undefined;
  if (first !== 0 || second === undefined) return content;
  return second < 128 ? undefined : content.subarray(1);
}

/** An OBJECT IDENTIFIER in dotted form; undefined if it isn't one, or longer than any that is in use. */
export function derOid(bytes: Uint8Array, item: DerItem): string | undefined {
  if (item.end - item.start > MAX_OID_BYTES) return undefined;
  if (item.tag !== DER.oid || item.end === item.start || bytes[item.end - 1]! >= 128) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of derContent(bytes, item)) {
    if (arc > 0xffffffffff) return undefined;
    arc = arc * 128 + (byte & 127);
    if (byte >= 128) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [head = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(head / 40));
  return [root, head - root * 40, ...rest].join(".");
}

/** A dotted form ends up in sentences. */
const MAX_OID_BYTES = 64;
