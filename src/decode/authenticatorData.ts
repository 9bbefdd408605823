import { ByteCursor } from "../bytes/byteCursor.js";
import { encodeUuid } from "../bytes/uuid.js";
import { decodeCborMap, mapOfEntries } from "../cbor/decodeCborMap.js";
import { AUTHENTICATOR_FLAGS } from "../spec/authenticatorFlags.js";
import { readCoseKey } from "./coseKey.js";
import type { AttestedCredentialData, AuthenticatorData, Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/**
 * Authenticator data: RP ID hash, flags, sign count, and what the flags say follows. Bad input:
 * what could be read, and problems. Data that the flags don't announce, announced data that is not
 * there, and leftover bytes are problems.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export function decodeAuthenticatorData(bytes: Uint8Array): Decoded<AuthenticatorData> {
  const decoding = new Decoding();
  const cursor = new ByteCursor(bytes);
  const value = readAuthenticatorData(cursor, decoding, "");
  return decoding.result(value, cursor.position);
}

/** As {@link decodeAuthenticatorData}, for a part of a larger buffer: `path` goes before each member's. */
export function readAuthenticatorData(
  cursor: ByteCursor,
  decoding: Decoding,
  path: string,
): Partial<AuthenticatorData> {
  const read = new AuthenticatorDataReader(cursor, decoding, path && `${path}.`);
  const value: Partial<AuthenticatorData> = {};
  if (!read.fixedPart(value)) return value;
  const { attestedCredentialDataIncluded, extensionDataIncluded } = value.flags!;
  if (attestedCredentialDataIncluded) {
    const attested: Partial<AttestedCredentialData> = {};
    value.attestedCredentialData = attested;
    if (!read.attestedCredentialData(attested)) return value;
  }
  if (extensionDataIncluded) read.extensions(value);
  read.leftovers(attestedCredentialDataIncluded, extensionDataIncluded);
  return value;
}

/** Each part's method is false when the bytes end before the part does, or nothing after it can be found. */
class AuthenticatorDataReader {
  constructor(
    private readonly cursor: ByteCursor,
    private readonly decoding: Decoding,
    private readonly prefix: string,
  ) {}

  fixedPart(value: Partial<AuthenticatorData>): boolean {
    const rpIdHash = this.take("rpIdHash", 32);
    if (!rpIdHash) return false;
    value.rpIdHash = rpIdHash;
    if (!this.has("flags", 1)) return false;
    value.flags = this.flags(this.cursor.uint8()!);
    if (!this.has("signCount", 4)) return false;
    value.signCount = this.cursor.uint32()!;
    return true;
  }

  attestedCredentialData(attested: Partial<AttestedCredentialData>): boolean {
    const start = this.cursor.position;
    const path = "attestedCredentialData";
    if (this.cursor.remaining === 0) {
      const message = "The AT flag is set, but no attested credential data follows.";
      this.problem("attested-credential-data-missing", message, start, 0, path);
      return false;
    }
    const field = this.decoding.field(this.prefix + path, start, 0);
    const complete = this.attestedMembers(attested, path);
    field.length = this.cursor.position - start;
    return complete;
  }

  private attestedMembers(attested: Partial<AttestedCredentialData>, path: string): boolean {
    const aaguid = this.take(`${path}.aaguid`, 16);
    if (!aaguid) return false;
    attested.aaguid = encodeUuid(aaguid);
    if (!this.has(`${path}.credentialIdLength`, 2)) return false;
    const credentialId = this.take(`${path}.credentialId`, this.cursor.uint16()!);
    if (!credentialId) return false;
    attested.credentialId = credentialId;
    if (credentialId.length === 0 || credentialId.length > MAX_CREDENTIAL_ID_LENGTH) {
      const message = `The credential ID has ${credentialId.length} bytes; 1 to ${MAX_CREDENTIAL_ID_LENGTH} are allowed.`;
      const offset = this.cursor.position - credentialId.length;
      this.problem("credential-id-length", message, offset, credentialId.length, `${path}.credentialId`);
    }
    const keyStart = this.cursor.position;
    const keyPath = `${this.prefix + path}.coseKey`;
    const field = this.decoding.field(keyPath, keyStart, 0);
    attested.coseKey = readCoseKey(this.cursor, this.decoding, keyPath);
    field.length = this.cursor.position - keyStart;
    return true;
  }

  extensions(value: Partial<AuthenticatorData>): void {
    const start = this.cursor.position;
    if (this.cursor.remaining === 0) {
      const message = "The ED flag is set, but no extension data follows.";
      this.problem("extensions-missing", message, start, 0, "extensions");
      return;
    }
    const { bytes, end } = this.cursor;
    const decoded = decodeCborMap(bytes, start, end, "extension data");
    this.cursor.position = decoded.end;
    this.decoding.field(`${this.prefix}extensions`, start, decoded.end - start);
    this.decoding.adopt(decoded.problems, `${this.prefix}extensions`);
    if (decoded.item?.type === "map") value.extensions = mapOfEntries(bytes, decoded.entries);
    for (const { key, item } of decoded.entries) {
      const name = key.type === "text" ? String(key.label) : key.diagnostic;
      this.decoding.field(`${this.prefix}extensions.${name.slice(0, 80)}`, key.offset, item.end - key.offset);
    }
  }

  leftovers(attested: boolean, extensions: boolean): void {
    const { position, remaining } = this.cursor;
    if (remaining === 0) return;
    const unannounced = [attested ? "" : "AT", extensions ? "" : "ED"].filter(Boolean);
    if (unannounced.length === 0) {
      this.problem("trailing-bytes", `${remaining} bytes follow the last member.`, position, remaining);
      return;
    }
    const message = `${remaining} bytes follow, which no flag announces (${unannounced.join(" and ")} not set).`;
    this.problem("unannounced-data", message, position, remaining);
  }

  private flags(byte: number): AuthenticatorData["flags"] {
    const flags = { byte } as AuthenticatorData["flags"];
    for (const { bit, member } of AUTHENTICATOR_FLAGS) flags[member] = (byte & (1 << bit)) !== 0;
    if (flags.reserved1 || flags.reserved2) {
      const message = `The flags 0x${byte.toString(16).padStart(2, "0")} use a reserved bit.`;
      this.problem("reserved-flag", message, this.cursor.position - 1, 1, "flags");
    }
    return flags;
  }

  private take(member: string, length: number): Uint8Array | undefined {
    return this.has(member, length) ? this.cursor.take(length) : undefined;
  }

  /** Notes the place of a member that comes next, or that it is cut off. */
  private has(member: string, length: number): boolean {
    const { position, remaining } = this.cursor;
    if (length <= remaining) {
      this.decoding.field(this.prefix + member, position, length);
      return true;
    }
    const message = `${member} has ${length} bytes; ${remaining} are left.`;
    this.problem("authenticator-data-truncated", message, position, remaining, member);
    return false;
  }

  private problem(code: string, message: string, offset: number, length: number, member?: string): void {
    const path = member === undefined ? this.prefix.slice(0, -1) || undefined : this.prefix + member;
    this.decoding.problem(code, message, offset, length, path);
  }
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential */
const MAX_CREDENTIAL_ID_LENGTH = 1023;
