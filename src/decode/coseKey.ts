import { ByteCursor } from "../bytes/byteCursor.js";
import { decodeCborMap, mapOfEntries } from "../cbor/decodeCborMap.js";
import { COSE_ALGORITHMS, COSE_CURVES, COSE_KEY_TYPES, type CoseCurve } from "../spec/cose.js";
import type { CoseKey, Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";
import { MapReader } from "./mapReader.js";

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
  const { entries, problems, end } = decodeCborMap(cursor.bytes, start, cursor.end, "COSE key");
  cursor.position = end;
  decoding.adopt(problems, path || "coseKey");
  const key: Partial<CoseKey> = {
    labels: mapOfEntries(cursor.bytes, entries) as Map<number | string, unknown>,
  };
  const place = { offset: start, length: end - start };
  const read = new MapReader(entries, decoding, path, place, "COSE key", "cose-key");

  const keyType = read.integer(LABEL_KEY_TYPE, "keyType");
  if (keyType !== undefined) key.keyType = COSE_KEY_TYPES.get(keyType) ?? String(keyType);
  const algorithm = read.integer(LABEL_ALGORITHM, "algorithm");
  if (algorithm !== undefined) {
    key.algorithm = algorithm;
    const algorithmName = COSE_ALGORITHMS.get(algorithm);
    if (algorithmName !== undefined) key.algorithmName = algorithmName;
  }
  readKeyMaterial(key, read);
  for (const { key: label, item } of read.others()) {
    const name = read.at(`labels[${label.diagnostic.slice(0, 80)}]`);
    decoding.field(name, label.offset, item.end - label.offset);
  }
  return key;
}

const LABEL_KEY_TYPE = 1;
const LABEL_ALGORITHM = 3;

/** Members by key type. @see https://www.rfc-editor.org/rfc/rfc9053#section-7 */
function readKeyMaterial(key: Partial<CoseKey>, read: MapReader): void {
  if (key.keyType === "EC2" || key.keyType === "OKP") {
    const curveNumber = read.integer(-1, "curve");
    const curve = curveNumber === undefined ? undefined : COSE_CURVES.get(curveNumber);
    if (curveNumber !== undefined) key.curve = curve?.name ?? String(curveNumber);
    assign(key, "x", coordinate(read, -2, "x", curve));
    if (key.keyType === "EC2") assign(key, "y", coordinate(read, -3, "y", curve));
  } else if (key.keyType === "RSA") {
    assign(key, "n", read.bytes(-1, "n"));
    assign(key, "e", read.bytes(-2, "e"));
  } else if (key.keyType === "AKP") {
    assign(key, "pub", read.bytes(-1, "pub"));
  }
}

function coordinate(
  read: MapReader,
  label: number,
  member: "x" | "y",
  curve: CoseCurve | undefined,
): Uint8Array | undefined {
  const bytes = read.bytes(label, member);
  if (bytes && curve && bytes.length !== curve.length) {
    const { item } = read.entries.find((entry) => entry.value === bytes)!;
    const message = `${member} has ${bytes.length} bytes; ${curve.name} has ${curve.length}.`;
    read.problem("length", message, item.offset, item.length, member);
  }
  return bytes;
}

function assign<K extends "x" | "y" | "n" | "e" | "pub">(
  key: Partial<CoseKey>,
  member: K,
  value: Uint8Array | undefined,
): void {
  if (value) key[member] = value;
}
