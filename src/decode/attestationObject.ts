import { ByteCursor } from "../bytes/byteCursor.js";
import type { CborItem } from "../cbor/cborLayout.js";
import { type CborEntry, cborEntries, decodeCborMap, mapOfEntries } from "../cbor/decodeCborMap.js";
import { readAttestationStatement } from "./attestation/index.js";
import { readAuthenticatorData } from "./authenticatorData.js";
import type { AttestationObject, Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/**
 * An attestation object with the authenticator data inside it. Bad input: what could be read, and
 * problems; offsets inside the authenticator data are in the attestation object.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-generating-an-attestation-object
 */
export function decodeAttestationObject(bytes: Uint8Array): Decoded<AttestationObject> {
  const decoding = new Decoding();
  const value: Partial<AttestationObject> = {};
  const { item, entries, problems, end } = decodeCborMap(bytes, 0, bytes.length, "attestation object");
  decoding.adopt(problems, "");
  if (item?.type === "map") {
    const seen = new Set<unknown>();
    for (const entry of entries) {
      seen.add(entry.label);
      readMember(value, entry, bytes, decoding);
    }
    const { attestationFormat: format } = value;
    const statement = entries.filter(({ label }) => label === "attStmt").at(-1);
    if (statement) readStatement(value, format, statement, bytes, decoding);
    for (const [label, member] of MEMBERS) {
      if (seen.has(label)) continue;
      const message = `The attestation object has no ${label}.`;
      decoding.problem("attestation-object-member-missing", message, 0, end, member);
    }
  }
  if (item?.complete && end < bytes.length) {
    const message = `${bytes.length - end} bytes follow the attestation object.`;
    decoding.problem("trailing-bytes", message, end, bytes.length - end);
  }
  return decoding.result(value, end);
}

/** the member's name in the bytes, and in {@link AttestationObject} */
const MEMBERS: ReadonlyMap<unknown, keyof AttestationObject> = new Map([
  ["fmt", "attestationFormat"],
  ["attStmt", "attestationStatement"],
  ["authData", "authenticatorData"],
]);

function readMember(
  value: Partial<AttestationObject>,
  entry: CborEntry,
  bytes: Uint8Array,
  decoding: Decoding,
): void {
  const { label, key, item } = entry;
  const member = MEMBERS.get(label);
  if (!member) {
    const name = key.diagnostic.slice(0, 80);
    decoding.field(name, key.offset, item.end - key.offset);
    const message = `The attestation object has the unknown member ${name}.`;
    decoding.problem("attestation-object-member-unknown", message, key.offset, item.end - key.offset, name);
    return;
  }
  decoding.item(member, item);
  if (member === "attestationFormat") {
    if (typeof entry.value === "string") value.attestationFormat = entry.value;
    else mistyped(member, item, "text", decoding);
  } else if (member === "attestationStatement") {
    // Read when the format is known, wherever that stands.
  } else if (item.type !== "bytes" || item.indefinite) {
    mistyped(member, item, "a byte string of definite length", decoding);
  } else {
    const cursor = new ByteCursor(bytes, item.offset + item.headLength, item.end);
    value.authenticatorData = readAuthenticatorData(cursor, decoding, "authenticatorData");
  }
}

function readStatement(
  value: Partial<AttestationObject>,
  format: string | undefined,
  statement: CborEntry,
  bytes: Uint8Array,
  decoding: Decoding,
): void {
  const { item } = statement;
  const entries = item.type === "map" ? cborEntries(bytes, item) : [];
  value.attestationStatement = item.type === "map" ? mapOfEntries(bytes, entries) : statement.value;
  if (format === undefined) return;
  const read = readAttestationStatement(format, item, bytes, decoding, "attestationStatement", entries);
  if (read) value.statement = read;
}

function mistyped(member: string, item: CborItem, wanted: string, decoding: Decoding): void {
  const message = `${member} is ${item.type}, not ${wanted}.`;
  decoding.problem("attestation-object-member-type", message, item.offset, item.length, member);
}
