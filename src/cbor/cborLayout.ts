import { encodeHex } from "../bytes/hex.js";
import type { Problem } from "../bytes/problem.js";
import { decodeUtf8, firstNotUtf8 } from "../bytes/utf8.js";

/** How a buffer of CBOR is laid out: every item with its place, whatever its values mean. */
export interface CborLayout {
  /** absent when there was no byte to read, or the first was no head of an item */
  item?: CborItem;
  problems: Problem[];
  /** where the item ends; where reading stopped if it is not complete */
  end: number;
}

export type CborType =
  | "unsigned"
  | "negative"
  | "bytes"
  | "text"
  | "array"
  | "map"
  | "tag"
  | "simple"
  | "float";

/**
 * Lays out the first CBOR item of `bytes[start…end]`, which need not reach the end. Offsets are
 * in `bytes`, so that an item inside another buffer's bytes points into the outermost one.
 *
 * What CTAP2's canonical form does not allow (longer heads than needed, indefinite lengths, tags,
 * unsorted or duplicate keys, text that is not UTF-8) is a problem and is read on. What is no CBOR,
 * ends too early, or goes beyond {@link MAX_DEPTH} or {@link MAX_ITEMS} stops the reading: the
 * items so far are there, with `complete` false. Time and memory grow with the bytes, never with
 * a length that the bytes claim.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8949#section-3
 * @see https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#ctap2-canonical-cbor-encoding-form
 */
export function cborLayout(bytes: Uint8Array, start = 0, end: number = bytes.length): CborLayout {
  return new LayoutReader(bytes, start, end).read();
}

/** An item may stand inside this many others. WebAuthn needs four; certificates in statements a few more. */
export const MAX_DEPTH = 64;
/** Items in one layout: a bound on memory. A large attestation has some fifty. */
export const MAX_ITEMS = 65_536;

const MAX_PROBLEMS = 100;
const TYPES: readonly CborType[] = [
  "unsigned",
  "negative",
  "bytes",
  "text",
  "array",
  "map",
  "tag",
  "simple",
  "float",
];

/** One item: its head, its place, and the items inside it. */
export class CborItem {
  /** bytes, head and content; up to where reading stopped if the item is not complete */
  length: number;
  complete = false;
  /** of a map: key, value, key, value …; of a string of indefinite length: its chunks */
  readonly children: CborItem[];

  constructor(
    private readonly bytes: Uint8Array,
    readonly type: CborType,
    /** where the head stands */
    readonly offset: number,
    /** bytes of the head, before any content */
    readonly headLength: number,
    /** what the head says: the integer, the length in bytes, the number of items or pairs, the tag or simple value */
    readonly argument: number | bigint,
    readonly indefinite: boolean,
  ) {
    this.length = headLength;
    this.children = isLeaf(type, indefinite) ? NO_CHILDREN : [];
  }

  get end(): number {
    return this.offset + this.length;
  }

  /** The content of a string of definite length. */
  get content(): Uint8Array {
    return this.bytes.subarray(this.offset + this.headLength, this.end);
  }

  /** Integers as they are (bigint beyond 2^53), text as text, anything else undefined. */
  get label(): number | bigint | string | undefined {
    if (this.type === "unsigned") return this.argument;
    if (this.type === "negative")
      return typeof this.argument === "number" ? -1 - this.argument : -1n - this.argument;
    if (this.type === "text" && !this.indefinite)
      return decodeUtf8(this.bytes, this.offset + this.headLength, this.end).text;
    return undefined;
  }

  /** Key and value of each pair of a map; the value of the last is absent if reading stopped there. */
  *pairs(): Generator<{ key: CborItem; value: CborItem | undefined }> {
    for (let at = 0; at < this.children.length; at += 2)
      yield { key: this.children[at]!, value: this.children[at + 1] };
  }

  /** Diagnostic notation; `…` where reading stopped. @see https://www.rfc-editor.org/rfc/rfc8949#section-8 */
  get diagnostic(): string {
    return this.describe();
  }

  private describe(): string {
    const rest = this.complete ? "" : "…";
    const inside = () => this.children.map((child) => child.diagnostic);
    const list = (parts: string[]) =>
      (this.indefinite ? "_ " : "") + (rest === "" ? parts : [...parts, rest]).join(", ");
    switch (this.type) {
      case "unsigned":
      case "negative":
        return String(this.label);
      case "bytes":
        return this.indefinite ? `(${list(inside())})` : `h'${encodeHex(this.content)}${rest}'`;
      case "text":
        return this.indefinite ? `(${list(inside())})` : JSON.stringify(String(this.label) + rest);
      case "array":
        return `[${list(inside())}]`;
      case "map": {
        const pairs = [...this.pairs()];
        return `{${list(pairs.map(({ key, value }) => `${key.diagnostic}: ${value?.diagnostic ?? "…"}`))}}`;
      }
      case "tag":
        return `${this.argument}(${this.children[0]?.diagnostic ?? "…"})`;
      case "simple":
        return SIMPLE_VALUES.get(Number(this.argument)) ?? `simple(${this.argument})`;
      case "float":
        return describeFloat(readFloat(this.bytes, this.offset, this.headLength));
    }
  }
}

/** One for all leaves, which are many. */
const NO_CHILDREN: CborItem[] = [];
Object.freeze(NO_CHILDREN);

function isLeaf(type: CborType, indefinite: boolean): boolean {
  return type !== "array" && type !== "map" && type !== "tag" && !indefinite;
}

interface Open {
  item: CborItem;
  /** items still to come; Infinity until the break of an indefinite length */
  left: number;
}

class LayoutReader {
  private readonly problems: Problem[] = [];
  private readonly open: Open[] = [];
  private items = 0;
  private position: number;
  private root: CborItem | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    private readonly end: number,
  ) {
    this.position = start;
  }

  read(): CborLayout {
    while (this.step());
    for (const { item } of this.open) item.length = this.position - item.offset;
    const { root: item, problems, position: end } = this;
    return item === undefined ? { problems, end } : { item, problems, end };
  }

  /** Reads one head; false when the outermost item is complete or reading has to stop. */
  private step(): boolean {
    const offset = this.position;
    const inside = this.open.at(-1);
    if (offset >= this.end) return this.stop("cbor-truncated", endsInside(inside?.item), offset, 0);
    const initial = this.bytes[offset]!;
    if (initial === BREAK) return this.closeIndefinite(inside, offset);

    const major = initial >> 5;
    const info = initial & 31;
    const indefinite = info === 31;
    if (info > 27 && !(indefinite && major >= 2 && major <= 5))
      return this.stop("cbor-malformed", `0x${hex(initial)} is no beginning of a CBOR item.`, offset, 1);
    const headLength = info < 24 || indefinite ? 1 : 1 + (1 << (info - 24));
    if (offset + headLength > this.end)
      return this.stop("cbor-truncated", "The head of an item is cut off.", offset, this.end - offset);
    const argument = info < 24 ? info : indefinite ? 0 : readUnsigned(this.bytes, offset + 1, headLength - 1);
    const type = major === 7 && info > 24 ? "float" : TYPES[major]!;
    if (type === "simple" && info === 24 && argument < 32)
      return this.stop("cbor-malformed", `Simple value ${argument} has to be one byte.`, offset, 2);
    if (inside?.item.indefinite && isString(inside.item) && (inside.item.type !== type || indefinite))
      return this.stop("cbor-malformed", "A string's chunk is not a string of its kind.", offset, headLength);
    if (++this.items > MAX_ITEMS)
      return this.stop("cbor-too-large", `There are more than ${MAX_ITEMS} items.`, offset, 0);

    const item = new CborItem(this.bytes, type, offset, headLength, argument, indefinite);
    this.root ??= item;
    inside?.item.children.push(item);
    this.position = offset + headLength;
    this.judgeHead(item, major);
    return this.enter(item);
  }

  private enter(item: CborItem): boolean {
    if (isString(item) && !item.indefinite) return this.skipContent(item);
    const left = item.indefinite ? Number.POSITIVE_INFINITY : childCount(item);
    if (left === 0) return this.close(item);
    if (this.open.length >= MAX_DEPTH)
      return this.stop("cbor-too-deep", `Items are nested more than ${MAX_DEPTH} deep.`, item.offset, 1);
    this.open.push({ item, left });
    return true;
  }

  private skipContent(item: CborItem): boolean {
    const there = this.end - this.position;
    if (item.argument > there) {
      const kind = item.type === "text" ? "text" : "byte string";
      this.position = this.end;
      item.length = this.end - item.offset;
      const message = `The ${kind} at offset ${item.offset} says it has ${item.argument} bytes; ${there} are left.`;
      return this.stop("cbor-truncated", message, item.offset, item.length);
    }
    this.position += Number(item.argument);
    if (item.type === "text") {
      const firstBad = firstNotUtf8(this.bytes, item.offset + item.headLength, this.position);
      if (firstBad !== undefined)
        this.report("cbor-invalid-utf8", "The text is not UTF-8 here.", firstBad, 1);
    }
    return this.close(item);
  }

  /** Completes an item and whatever it was the last part of. */
  private close(item: CborItem): boolean {
    let closed = item;
    for (;;) {
      closed.length = this.position - closed.offset;
      closed.complete = true;
      if (closed.type === "map") this.judgeKeys(closed);
      const around = this.open.at(-1);
      if (!around) return false;
      if (--around.left > 0) return true;
      this.open.pop();
      closed = around.item;
    }
  }

  private closeIndefinite(inside: Open | undefined, offset: number): boolean {
    if (!inside?.item.indefinite)
      return this.stop("cbor-malformed", "A break stands outside any item of indefinite length.", offset, 1);
    if (inside.item.type === "map" && inside.item.children.length % 2 === 1)
      return this.stop("cbor-malformed", "A map ends after a key without its value.", offset, 1);
    this.position++;
    this.open.pop();
    return this.close(inside.item);
  }

  private judgeHead(item: CborItem, major: number): void {
    const { offset, headLength, argument } = item;
    if (item.indefinite)
      this.report("cbor-indefinite-length", `The ${item.type} has no definite length.`, offset, 1);
    else if (major < 7 && headLength > 1 && argument < SMALLEST_WITH[headLength]!)
      this.report(
        "cbor-non-minimal",
        `${argument} is written in ${headLength} bytes; fewer would do.`,
        offset,
        headLength,
      );
    if (item.type === "tag")
      this.report("cbor-tag", `Tag ${argument} is not allowed here.`, offset, headLength);
  }

  private judgeKeys(map: CborItem): void {
    const { children } = map;
    let sorted = true;
    for (let at = 2; at < children.length; at += 2)
      if (compareKeys(this.bytes, children[at - 2]!, children[at]!) >= 0) sorted = false;
    if (sorted) return;
    const seen = new Set<string>();
    let duplicate = false;
    for (const { key } of map.pairs()) {
      const name = key.diagnostic;
      if (seen.has(name)) {
        duplicate = true;
        const message = `The key ${shorten(name)} comes twice; the later value stands here, other decoders take the earlier.`;
        this.report("cbor-duplicate-key", message, key.offset, key.length);
      }
      seen.add(name);
    }
    if (!duplicate)
      this.report("cbor-map-order", "The map's keys are not in canonical order.", map.offset, map.length);
  }

  private report(code: string, message: string, offset: number, length: number): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ code, message, offset, length });
  }

  private stop(code: string, message: string, offset: number, length: number): false {
    this.problems.push({ code, message, offset, length });
    return false;
  }
}

const BREAK = 0xff;
const SIMPLE_VALUES = new Map([
  [20, "false"],
  [21, "true"],
  [22, "null"],
  [23, "undefined"],
]);
/** by length of the head: the smallest argument that needs it */
const SMALLEST_WITH: Record<number, number> = { 2: 24, 3: 0x100, 5: 0x10000, 9: 0x100000000 };

function isString(item: CborItem): boolean {
  return item.type === "bytes" || item.type === "text";
}

function childCount(item: CborItem): number {
  if (item.type === "array") return Number(item.argument);
  if (item.type === "map") return Number(item.argument) * 2;
  return item.type === "tag" ? 1 : 0;
}

function readUnsigned(bytes: Uint8Array, at: number, length: number): number | bigint {
  let value = 0;
  for (let next = at; next < at + Math.min(length, 4); next++) value = value * 256 + bytes[next]!;
  if (length < 8) return value;
  const low = readUnsigned(bytes, at + 4, 4) as number;
  return value < 0x200000 ? value * 0x100000000 + low : (BigInt(value) << 32n) | BigInt(low);
}

/** Canonical order: by type, then shorter first, then byte by byte; integers by what they say. */
function compareKeys(bytes: Uint8Array, a: CborItem, b: CborItem): number {
  if (a.type !== b.type) return TYPES.indexOf(a.type) - TYPES.indexOf(b.type);
  if (a.type === "unsigned" || a.type === "negative")
    return a.argument < b.argument ? -1 : a.argument > b.argument ? 1 : 0;
  const skip = isString(a) && !a.indefinite && !b.indefinite;
  const aStart = skip ? a.offset + a.headLength : a.offset;
  const bStart = skip ? b.offset + b.headLength : b.offset;
  if (a.end - aStart !== b.end - bStart) return a.end - aStart - (b.end - bStart);
  for (let at = 0; at < a.end - aStart; at++) {
    const difference = bytes[aStart + at]! - bytes[bStart + at]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function readFloat(bytes: Uint8Array, offset: number, headLength: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset + 1, headLength - 1);
  if (headLength === 9) return view.getFloat64(0);
  if (headLength === 5) return view.getFloat32(0);
  const half = view.getUint16(0);
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

function describeFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

function endsInside(item: CborItem | undefined): string {
  if (!item) return "There is no byte left where a CBOR item should begin.";
  return `The bytes end inside the ${item.type} that begins at offset ${item.offset}.`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
