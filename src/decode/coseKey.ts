import { ByteCursor } from "../bytes/byteCursor.js";
import { type CborEntry, decodeCborMap } from "../cbor/decodeCborMap.js";
import { COSE_ALGORITHMS, COSE_CURVES, COSE_KEY_TYPES } from "../spec/cose.js";
import type { CoseKey, Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/**
 * A COSE public key. Unknown key types and labels are shown by their number. Bad input: what could
 * be read, and problems; bytes after the key are one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9052#section-7
 */
export function decodeCoseKey(bytes: Uint8Array): Decoded<CoseKey> {
  const decoding = new Decoding();
  const cursor = new ByteCursor(bytes);
  const key = readCoseKey(cursor, decoding, "");
  if (cursor.remaining > 0)
    decoding.problem(
      "trailing-bytes",
      `${cursor.remaining} bytes follow the key.`,
      cursor.position,
      cursor.remaining,
    );
  return decoding.result(key, cursor.position);
}

/** Reads a key and leaves the cursor where it ends: found from its layout, as other data may follow. */
export function readCoseKey(cursor: ByteCursor, decoding: Decoding, path: string): Partial<CoseKey> {
  const start = cursor.position;
  const { entries, map, problems, end } = decodeCborMap(cursor.bytes, start, cursor.end, "COSE key");
  cursor.position = end;
  decoding.adopt(problems, path || "coseKey");
  const key: Partial<CoseKey> = { labels: map as Map<number | string, unknown> };
  const read = new KeyReader(entries, decoding, path, start, end);

  const keyType = read.integer(LABEL_KEY_TYPE, "keyType");
  if (keyType !== undefined) key.keyType = COSE_KEY_TYPES.get(keyType) ?? String(keyType);
  const algorithm = read.integer(LABEL_ALGORITHM, "algorithm");
  if (algorithm !== undefined) {
    key.algorithm = algorithm;
    const algorithmName = COSE_ALGORITHMS.get(algorithm);
    if (algorithmName !== undefined) key.algorithmName = algorithmName;
  }
  readKeyMaterial(key, read);
  read.others();
  return key;
}

const LABEL_KEY_TYPE = 1;
const LABEL_ALGORITHM = 3;

/** Members by key type. @see https://www.rfc-editor.org/rfc/rfc9053#section-7 */
function readKeyMaterial(key: Partial<CoseKey>, read: KeyReader): void {
  if (key.keyType === "EC2" || key.keyType === "OKP") {
    const curveNumber = read.integer(-1, "curve");
    const curve = curveNumber === undefined ? undefined : COSE_CURVES.get(curveNumber);
    if (curveNumber !== undefined) key.curve = curve?.name ?? String(curveNumber);
    assign(key, "x", read.bytes(-2, "x", curve?.length));
    if (key.keyType === "EC2") assign(key, "y", read.bytes(-3, "y", curve?.length));
  } else if (key.keyType === "RSA") {
    assign(key, "n", read.bytes(-1, "n"));
    assign(key, "e", read.bytes(-2, "e"));
  } else if (key.keyType === "AKP") {
    assign(key, "pub", read.bytes(-1, "pub"));
  }
}

class KeyReader {
  private readonly known = new Set<number>();

  constructor(
    private readonly entries: readonly CborEntry[],
    private readonly decoding: Decoding,
    private readonly path: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  integer(label: number, member: string): number | undefined {
    const entry = this.entry(label, member);
    if (!entry) return undefined;
    if (typeof entry.value === "number" && Number.isInteger(entry.value)) return entry.value;
    this.mistyped(entry, member, "an integer");
    return undefined;
  }

  bytes(label: number, member: string, length?: number): Uint8Array | undefined {
    const entry = this.entry(label, member);
    if (!entry) return undefined;
    if (!(entry.value instanceof Uint8Array)) {
      this.mistyped(entry, member, "a byte string");
      return undefined;
    }
    if (length !== undefined && entry.value.length !== length) {
      const message = `${member} has ${entry.value.length} bytes; the curve's have ${length}.`;
      this.problem("cose-key-length", message, entry.item.offset, entry.item.length, member);
    }
    return entry.value;
  }

  /** Places of the labels that nobody asked for. */
  others(): void {
    for (const { label, key, item } of this.entries) {
      if (typeof label === "number" && this.known.has(label)) continue;
      const name = key.diagnostic.slice(0, 80);
      this.decoding.field(this.at(`labels[${name}]`), key.offset, item.end - key.offset);
    }
  }

  private entry(label: number, member: string): CborEntry | undefined {
    this.known.add(label);
    const entry = this.entries.filter((candidate) => candidate.label === label).at(-1);
    if (entry) this.decoding.item(this.at(member), entry.item);
    else {
      const message = `The key has no ${member} (label ${label}).`;
      this.problem("cose-key-member-missing", message, this.start, this.end - this.start, member);
    }
    return entry;
  }

  private mistyped({ item }: CborEntry, member: string, wanted: string): void {
    const message = `${member} is ${item.diagnostic.slice(0, 40)}, not ${wanted}.`;
    this.problem("cose-key-member-type", message, item.offset, item.length, member);
  }

  private problem(code: string, message: string, offset: number, length: number, member: string): void {
    this.decoding.problem(code, message, offset, length, this.at(member));
  }

  private at(member: string): string {
    return this.path ? `${this.path}.${member}` : member;
  }
}

function assign<K extends "x" | "y" | "n" | "e" | "pub">(
  key: Partial<CoseKey>,
  member: K,
  value: Uint8Array | undefined,
): void {
  if (value) key[member] = value;
}
