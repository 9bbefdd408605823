import type { ByteCursor } from "../../bytes/byteCursor.js";
import { COSE_ALGORITHMS } from "../../spec/cose.js";
import { noteCertificateFields } from "../certificateFields.js";
import type { Decoding } from "../decoding.js";
import type { MapReader } from "../mapReader.js";

/** An attestation statement format: its identifier, where it is specified, how its statement is read. */
export interface AttestationFormat<Statement extends { format: string }> {
  /** as `fmt` names it; equals the file's name, camelCased */
  identifier: Statement["format"];
  /** anchor in WebAuthn Level 3 */
  anchor: string;
  /** Takes the members that it knows; whatever is left over is reported by the caller. */
  read(statement: MapReader, bytes: Uint8Array): Statement;
}

/** What `alg` and `sig` say in every format that signs. */
export interface SignedStatement {
  algorithm?: number;
  algorithmName?: string;
  signature?: Uint8Array;
}

export function readAlgorithm(statement: MapReader): Pick<SignedStatement, "algorithm" | "algorithmName"> {
  const algorithm = statement.integer("alg", "algorithm");
  if (algorithm === undefined) return {};
  const algorithmName = COSE_ALGORITHMS.get(algorithm);
  return algorithmName === undefined ? { algorithm } : { algorithm, algorithmName };
}

export function readSignature(statement: MapReader): Pick<SignedStatement, "signature"> {
  const signature = statement.bytes("sig", "signature");
  return signature ? { signature } : {};
}

/** The certificates of `x5c`, in DER, the attestation certificate first; those that are byte strings. */
export function readCertificates(statement: MapReader, optional = false): { certificates?: Uint8Array[] } {
  const entry = statement.entry("x5c", "certificates", optional);
  if (!entry) return {};
  if (!Array.isArray(entry.value) || entry.item.type !== "array") {
    statement.mistyped(entry, "certificates", "an array");
    return {};
  }
  const certificates: Uint8Array[] = [];
  entry.value.forEach((certificate: unknown, index) => {
    const item = entry.item.children[index]!;
    const member = `certificates[${index}]`;
    const path = statement.at(member);
    statement.decoding.item(path, item);
    if (item.type === "bytes" && !item.indefinite)
      noteCertificateFields(
        entry.bytes,
        item.offset + item.headLength,
        item.end,
        statement.decoding,
        `${path}.`,
      );
    if (certificate instanceof Uint8Array) certificates.push(certificate);
    else statement.mistyped({ item }, member, "a byte string");
  });
  if (entry.value.length === 0) {
    const { offset, length } = entry.item;
    statement.problem("no-certificate", "x5c has no certificate.", offset, length, "certificates");
  }
  return { certificates };
}

/** Reads the members of a binary structure in order; after the first that is cut off, nothing. */
export class StructureReader {
  #cut = false;

  constructor(
    private readonly cursor: ByteCursor,
    private readonly decoding: Decoding,
    private readonly path: string,
    private readonly code: string,
  ) {}

  bytes(member: string, length: number): Uint8Array | undefined {
    if (this.#cut) return undefined;
    const { position, remaining } = this.cursor;
    const bytes = this.cursor.take(length);
    if (bytes) this.decoding.field(this.at(member), position, length);
    else {
      this.#cut = true;
      const message = `${member} has ${length} bytes; ${remaining} are left.`;
      this.decoding.problem(`${this.code}-truncated`, message, position, remaining, this.at(member));
    }
    return bytes;
  }

  /** Big-endian. */
  unsigned(member: string, length: 1 | 2 | 4): number | undefined {
    return this.bytes(member, length)?.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** Big-endian, 8 bytes. */
  unsigned64(member: string): bigint | undefined {
    return this.bytes(member, 8)?.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  }

  /** Bytes after their length in two bytes. */
  sized(member: string): Uint8Array | undefined {
    const length = this.unsigned(`${member}.length`, 2);
    return length === undefined ? undefined : this.bytes(member, length);
  }

  problem(code: string, message: string, member: string, length: number): void {
    const offset = this.cursor.position - length;
    this.decoding.problem(`${this.code}-${code}`, message, offset, length, this.at(member));
  }

  end(): void {
    const { position, remaining } = this.cursor;
    if (this.#cut || remaining === 0) return;
    const message = `${remaining} bytes follow the structure.`;
    this.decoding.problem(`${this.code}-trailing-bytes`, message, position, remaining, this.path);
  }

  private at(member: string): string {
    return `${this.path}.${member}`;
  }
}
