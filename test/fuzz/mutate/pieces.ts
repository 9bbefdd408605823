import { readDerItem } from "../../../src/bytes/der.js";
import { type CborItem, cborLayout } from "../../../src/cbor/cborLayout.js";
import { cborHead, joinBytes } from "../../support/encodeCbor.js";
import type { Edit } from "./edit.js";
import { HOSTILE_TEXTS, pick } from "./edit.js";

/**
 * Bytes taken apart into what they are made of: CBOR, DER, authenticator data, whatever is in each other. Put
 * together again, the lengths around a changed piece are right, so that a change deep inside is reached.
 */
export interface Piece {
  /** absent: it has no parts that are known */
  parts?: Piece[];
  /** of a piece without parts */
  bytes: Uint8Array;
  /** puts what the piece is around its content; `count`: of parts */
  wrap(content: Uint8Array, count: number): Uint8Array;
}

export function takeApart(bytes: Uint8Array, depth = 0): Piece {
  if (depth > 12 || bytes.length < 2) return leaf(bytes);
  return (
    apartAsDer(bytes, depth) ?? apartAsCbor(bytes, depth) ?? apartAsAuthData(bytes, depth) ?? leaf(bytes)
  );
}

export function putTogether({ parts, bytes, wrap }: Piece): Uint8Array {
  return wrap(parts ? joinBytes(...parts.map(putTogether)) : bytes, parts?.length ?? 0);
}

/** Changes one piece of the tree, in place. */
export function editPiece(root: Piece, { what, at, by, bytes }: Edit): void {
  const all = piecesIn(root);
  const piece = pick(all, at);
  const parent = all.find(({ parts }) => parts?.includes(piece));
  const place = parent?.parts?.indexOf(piece) ?? -1;
  const put = (...others: Piece[]) => (parent ? void parent.parts!.splice(place, 1, ...others) : undefined);
  const changes: (() => void)[] = [
    () => put(pick(all.filter((each) => each !== root && !piecesIn(each).includes(piece)).concat(piece), by)),
    () => put(leaf(pick(SNIPPETS, by))),
    () => put(leaf(bytes)),
    () => put(),
    () => put(...Array<Piece>(2 + (by % 3)).fill(piece)),
    () =>
      put(...Array<Piece>(Math.min(1 + (by % 400), 1 + 50_000 / putTogether(piece).length) >> 0).fill(piece)),
    () => {
      const { wrap } = piece;
      piece.wrap = (content, count) => lie(wrap(content, count), by, bytes);
    },
    () => {
      const nested = [putTogether(piece)];
      for (let level = by % 300; level > 0; level--) nested.unshift(Uint8Array.of(0x81));
      put(leaf(joinBytes(...nested)));
    },
    () => {
      if (!piece.parts) piece.bytes = joinBytes(piece.bytes.slice(0, by % (piece.bytes.length + 1)), bytes);
    },
    () => {
      if (parent && parent.parts!.length > 1) parent.parts!.push(...parent.parts!.splice(place, 1));
    },
    () => {
      if (piece.parts || piece.bytes.length === 0) return;
      piece.bytes = piece.bytes.slice();
      piece.bytes[by % piece.bytes.length]! ^= 1 << (what % 8);
    },
  ];
  pick(changes, what)();
}

/** A head that says something else than what follows. */
function lie(bytes: Uint8Array, by: number, head: Uint8Array): Uint8Array {
  const lies: (() => Uint8Array)[] = [
    () => joinBytes(Uint8Array.of((bytes[0] ?? 0) ^ (1 << (by % 8))), bytes.subarray(1)),
    () => joinBytes(bytes.subarray(0, 1), Uint8Array.of(by & 255), bytes.subarray(2)),
    () =>
      joinBytes(
        Uint8Array.of(((bytes[0] ?? 0) & 0xe0) | 0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff),
        bytes.subarray(1),
      ),
    () => joinBytes(Uint8Array.of((bytes[0] ?? 0) | 0x1f), bytes.subarray(1), Uint8Array.of(0xff)),
    () => joinBytes(bytes.subarray(0, 1), Uint8Array.of(0x84, 0x7f, 0xff, 0xff, 0xff), bytes.subarray(2)),
    () => joinBytes(head, bytes.subarray(head.length)),
  ];
  return pick(lies, by)();
}

/** Each in front of those inside it. */
function piecesIn(piece: Piece): Piece[] {
  return [piece, ...(piece.parts ?? []).flatMap(piecesIn)].slice(0, 2_000);
}

const leaf = (bytes: Uint8Array): Piece => ({ bytes, wrap: (content) => content });
const EMPTY = new Uint8Array();

function apartAsCbor(bytes: Uint8Array, depth: number): Piece | undefined {
  const { item, end, problems } = cborLayout(bytes);
  if (!item?.complete || end !== bytes.length || problems.length > 0) return undefined;
  // A few bytes are nearly always CBOR of some kind.
  return depth > 0 && bytes.length < 8 ? undefined : pieceOfCbor(bytes, item, depth);
}

function pieceOfCbor(bytes: Uint8Array, item: CborItem, depth: number): Piece {
  const { type, children } = item;
  if (type === "array" || type === "map" || type === "tag")
    return {
      bytes: EMPTY,
      parts: children.map((child) => pieceOfCbor(bytes, child, depth + 1)),
      wrap: (content, count) =>
        joinBytes(
          type === "tag"
            ? bytes.slice(item.offset, item.offset + item.headLength)
            : cborHead(type === "array" ? 4 : 5, type === "array" ? count : count >> 1),
          content,
        ),
    };
  if (type !== "bytes" && type !== "text") return leaf(bytes.slice(item.offset, item.end));
  const inner = item.content.slice();
  return {
    bytes: EMPTY,
    parts: [type === "bytes" ? takeApart(inner, depth + 1) : leaf(inner)],
    wrap: (content) => joinBytes(cborHead(type === "bytes" ? 2 : 3, content.length), content),
  };
}

function apartAsDer(bytes: Uint8Array, depth: number): Piece | undefined {
  const item = readDerItem(bytes);
  return item?.tag === 0x30 && item.end === bytes.length && bytes.length > 6
    ? pieceOfDer(bytes, 0, bytes.length, depth)
    : undefined;
}

function pieceOfDer(bytes: Uint8Array, from: number, to: number, depth: number): Piece {
  const item = readDerItem(bytes, from, to);
  if (!item || depth > 20) return leaf(bytes.slice(from, to));
  const tag = bytes[item.offset]!;
  const around = (parts: Piece[]): Piece => ({
    bytes: EMPTY,
    parts,
    wrap: (content) => joinBytes(Uint8Array.of(tag), derLength(content.length), content),
  });
  if ((tag & 0x20) === 0) {
    const content = bytes.slice(item.start, item.end);
    // Extensions stand in octet strings, keys in bit strings, behind a byte that counts unused bits.
    if (tag === 0x04) return around([takeApart(content, depth + 1)]);
    if (tag === 0x03) return around([leaf(content.slice(0, 1)), takeApart(content.slice(1), depth + 1)]);
    return around([leaf(content)]);
  }
  const parts: Piece[] = [];
  for (let at = item.start; at < item.end; ) {
    const end = readDerItem(bytes, at, item.end)?.end ?? item.end;
    parts.push(pieceOfDer(bytes, at, end, depth + 1));
    at = end;
  }
  return around(parts);
}

function derLength(length: number): Uint8Array {
  if (length < 128) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let left = length; left > 0; left >>>= 8) digits.unshift(left & 255);
  return Uint8Array.of(0x80 | digits.length, ...digits);
}

/** Hash, flags and counter; AAGUID; credential ID behind its length; key and extensions. */
function apartAsAuthData(bytes: Uint8Array, depth: number): Piece | undefined {
  const flags = bytes[32] ?? 0;
  if (bytes.length < 37 || (flags & 0x3a) !== 0 + (flags & 0x18)) return undefined;
  const parts = [leaf(bytes.slice(0, 32)), leaf(bytes.slice(32, 33)), leaf(bytes.slice(33, 37))];
  let at = 37;
  if (flags & 0x40) {
    const length = ((bytes[53] ?? 0) << 8) | (bytes[54] ?? 0);
    const key = cborLayout(bytes, 55 + length).end;
    if (55 + length > bytes.length) return undefined;
    parts.push(leaf(bytes.slice(37, 53)), {
      bytes: bytes.slice(55, 55 + length),
      wrap: (content) => joinBytes(Uint8Array.of((content.length >> 8) & 255, content.length & 255), content),
    });
    parts.push(takeApart(bytes.slice(55 + length, key), depth + 1));
    at = key;
  }
  if (at < bytes.length) parts.push(takeApart(bytes.slice(at), depth + 1));
  return { bytes: EMPTY, parts, wrap: (content) => content };
}

const text = (value: string) => {
  const encoded = new TextEncoder().encode(value);
  return joinBytes(cborHead(3, encoded.length), encoded);
};

const SNIPPETS: readonly Uint8Array[] = [
  ...[
    "packed",
    "tpm",
    "apple",
    "fido-u2f",
    "android-key",
    "android-safetynet",
    "compound",
    "none",
    "fmt",
  ].map(text),
  ...["x5c", "sig", "alg", "ver", "certInfo", "pubArea", "response", "attStmt", "authData"].map(text),
  ...HOSTILE_TEXTS.slice(0, 24).map(text),
  ...[
    [0xf6],
    [0xf7],
    [0xff],
    [0x80],
    [0xa0],
    [0x40],
    [0x60],
    [0xf9, 0x7e, 0x00],
    [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x9a, 0xff, 0xff, 0xff, 0xff],
    [0xba, 0xff, 0xff, 0xff, 0xff],
    [0x9f, 0xff],
    [0xbf, 0xff],
    [0x5f, 0x41, 0x00, 0xff],
    [0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    [0xc4, 0x82, 0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
    [0xd8, 0x1d, 0x00],
    [0xd9, 0x01, 0x02, 0x80],
    [0xd8, 0x25, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0xc0, 0x61, 0x78],
    [0xc1, 0xfb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0],
    [0xf8, 0x20],
    [0x30, 0x00],
    [0x30, 0x80, 0x00, 0x00],
    [0x02, 0x01, 0x00],
    [0x02, 0x09, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
    [0x06, 0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    [0x17, 0x0d, ...new TextEncoder().encode("999999999999Z")],
    [0x18, 0x0f, ...new TextEncoder().encode("99991231235959Z")],
    [0x03, 0x02, 0x09, 0xff],
    [0x1f, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x00],
    [0xbf, 0x85, 0x3d, 0x02, 0x05, 0x00],
  ].map((bytes) => Uint8Array.from(bytes)),
];
