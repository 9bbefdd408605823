import type { CborItem } from "../../cbor/cborLayout.js";
import { type CborEntry, cborEntries, mapOfEntries } from "../../cbor/decodeCborMap.js";
import type { Decoding } from "../decoding.js";
import { MapReader } from "../mapReader.js";
import { type AndroidKeyStatement, androidKey } from "./androidKey.js";
import { type AndroidSafetynetStatement, androidSafetynet } from "./androidSafetynet.js";
import { type AppleStatement, apple } from "./apple.js";
import type { AttestationFormat } from "./attestationFormat.js";
import { COMPOUND, type CompoundStatement } from "./compound.js";
import { type FidoU2fStatement, fidoU2f } from "./fidoU2f.js";
import { type NoneStatement, none } from "./none.js";
import { type PackedStatement, packed } from "./packed.js";
import { type TpmStatement, tpm } from "./tpm.js";
import type { UnknownStatement } from "./unknown.js";

/** A statement taken apart; `format` tells which. What could not be read is absent. */
export type AttestationStatement =
  | AndroidKeyStatement
  | AndroidSafetynetStatement
  | AppleStatement
  | CompoundStatement
  | FidoU2fStatement
  | NoneStatement
  | PackedStatement
  | TpmStatement
  | UnknownStatement;

/** The formats whose statement is a map of members. A new one: a file here, and a line in this list. */
export const ATTESTATION_FORMATS: readonly AttestationFormat<
  Exclude<AttestationStatement, CompoundStatement | UnknownStatement>
>[] = [androidKey, androidSafetynet, apple, fidoU2f, none, packed, tpm];

/**
 * Takes apart the statement at `item`, of the format that `identifier` names. Places and problems go
 * into `decoding` under `path`; `entries` are the map's pairs, where someone has them already. Undefined where the statement has not even the right CBOR type.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats
 */
export function readAttestationStatement(
  identifier: string,
  item: CborItem,
  bytes: Uint8Array,
  decoding: Decoding,
  path: string,
  entries: readonly CborEntry[] = item.type === "map" ? cborEntries(bytes, item) : [],
): AttestationStatement | undefined {
  if (identifier === COMPOUND.identifier) return readCompound(item, bytes, decoding, path);
  if (item.type !== "map") {
    notOfType(item, "a map", decoding, path);
    return undefined;
  }
  const reader = new MapReader(entries, decoding, path, item, `${identifier} statement`, CODE);
  const format = ATTESTATION_FORMATS.find((candidate) => candidate.identifier === identifier);
  if (!format) {
    noteOthers(reader);
    return { format: "unknown", identifier, members: mapOfEntries(bytes, entries) };
  }
  const statement = format.read(reader, bytes);
  for (const { key, item: value, name } of noteOthers(reader)) {
    const message = `The format ${identifier} has no member ${name}.`;
    reader.problem("member-unknown", message, key.offset, value.end - key.offset, name);
  }
  return statement;
}

const CODE = "attestation-statement";

function readCompound(
  list: CborItem,
  bytes: Uint8Array,
  decoding: Decoding,
  path: string,
): CompoundStatement | undefined {
  if (list.type !== "array") {
    notOfType(list, "an array", decoding, path);
    return undefined;
  }
  const statements: AttestationStatement[] = [];
  list.children.forEach((item, index) => {
    const at = `${path}[${index}]`;
    decoding.item(at, item);
    if (item.type !== "map") {
      notOfType(item, "a map", decoding, at);
      return;
    }
    const reader = new MapReader(cborEntries(bytes, item), decoding, at, item, "compound's part", CODE);
    const identifier = reader.text("fmt", "fmt");
    const statement = reader.entry("attStmt", "attStmt");
    if (identifier === undefined || !statement) return;
    if (identifier === COMPOUND.identifier) {
      const message = "A compound statement stands inside a compound statement.";
      reader.problem("nested", message, item.offset, item.length, "fmt");
      return;
    }
    const read = readAttestationStatement(identifier, statement.item, bytes, decoding, `${at}.attStmt`);
    if (read) statements.push(read);
  });
  if (list.children.length < 2) {
    const message = `A compound attestation has ${list.children.length} statements; two or more are specified.`;
    decoding.problem(`${CODE}-count`, message, list.offset, list.length, path);
  }
  return { format: "compound", statements };
}

function noteOthers(reader: MapReader): (Pick<CborEntry, "key" | "item"> & { name: string })[] {
  return reader.others().map((entry) => {
    const { key, item } = entry;
    const name = key.type === "text" ? String(key.label).slice(0, 80) : key.diagnostic.slice(0, 80);
    reader.decoding.field(reader.at(name), key.offset, item.end - key.offset);
    return { key, item, name };
  });
}

function notOfType(item: CborItem, wanted: string, decoding: Decoding, path: string): void {
  const message = `The attestation statement is ${item.type}, not ${wanted}.`;
  decoding.problem(`${CODE}-type`, message, item.offset, item.length, path);
}
