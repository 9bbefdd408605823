import { decodeBase64url, encodeBase64, encodeBase64url } from "../bytes/base64url.js";
import { DER, type DerItem, derOid, readDerItem, readDerItems } from "../bytes/der.js";
import { decodeUtf8, encodeUtf8, firstNotUtf8 } from "../bytes/utf8.js";
import { type CborItem, cborLayout } from "../cbor/cborLayout.js";
import { decodeAttestationObject } from "../decode/attestationObject.js";
import type { Addresses } from "./addresses.js";
import { maskEncoded } from "./maskEncoded.js";
import { maskJson } from "./maskJson.js";
import type { Pseudonyms } from "./pseudonyms.js";
import { maskWords } from "./vocabulary.js";

/** What the bytes of a response are masked with. */
export interface Masks {
  pseudonyms: Pseudonyms;
  addresses: Addresses;
  /** of hashes of RP IDs, base64url; empty where hosts are kept */
  rpIdHashes: ReadonlyMap<string, string>;
}

/** A member of a response in which bytes have a structure. */
export type Structure =
  | "clientDataJSON"
  | "attestationObject"
  | "authenticatorData"
  | "signature"
  | "publicKey";

/**
 * The bytes of a response, masked in place: every member stands where it stood and is as long as it
 * was, so that the same decoders read the same structure. Bytes that aren't what they should be are
 * masked as far as they can be read, and the rest as a whole.
 */
export function maskStructure(bytes: Uint8Array, structure: Structure, masks: Masks): Uint8Array {
  const copy = bytes.slice();
  const mask = new InPlace(copy, masks);
  if (structure === "clientDataJSON") return maskClientData(bytes, masks);
  if (structure === "attestationObject") mask.attestationObject();
  else if (structure === "authenticatorData") mask.authenticatorData(0, copy.length);
  else if (structure === "signature") mask.signature(0, copy.length);
  else mask.der(0, copy.length);
  return copy;
}

/**
 * Members of the client data that stand for bytes or for an origin; all others are words. Bytes that are not
 * UTF-8 stay such, and nothing is told of which they were.
 */
function maskClientData(bytes: Uint8Array, { pseudonyms, addresses }: Masks): Uint8Array {
  const { readable, damaged } = withoutDamage(bytes);
  const { text } = decodeUtf8(readable);
  const masked = maskJson(text, (value, path) => {
    if (path === "challenge") return maskEncoded(value, pseudonyms);
    if (path === "origin" || path === "topOrigin") return addresses.host(value);
    return path === "tokenBinding.id" ? maskEncoded(value, pseudonyms) : maskWords(value, pseudonyms);
  });
  const encoded = encodeUtf8(masked ?? pseudonyms.text(text));
  if (encoded.length !== bytes.length) return pseudonyms.bytes(bytes);
  for (const at of damaged) encoded[at] = NEVER_UTF8;
  return encoded;
}

const NEVER_UTF8 = 0xff;

/** The same with a letter in place of each byte that is not UTF-8. */
function withoutDamage(bytes: Uint8Array): { readable: Uint8Array; damaged: number[] } {
  const readable = bytes.slice();
  const damaged: number[] = [];
  let at = firstNotUtf8(readable, 0, readable.length);
  while (at !== undefined) {
    damaged.push(at);
    readable[at] = 0x78;
    at = firstNotUtf8(readable, at + 1, readable.length);
  }
  return { readable, damaged };
}

class InPlace {
  constructor(
    private readonly bytes: Uint8Array,
    private readonly masks: Masks,
  ) {}

  attestationObject(): void {
    const { bytes } = this;
    const { fields } = decodeAttestationObject(bytes);
    // The places of what a TPM says, before anything moves: they are no CBOR.
    const tpm = fields.filter(({ path }) => TPM_SECRETS.test(path));
    const { item, end } = cborLayout(bytes);
    if (item) this.cbor(item, "");
    for (const { path, offset, length } of tpm)
      this.#opaque(offset + (/\.(name|qualifiedName|qualifiedSigner)$/.test(path) ? 2 : 0), offset + length);
    this.#rest(end, bytes.length, item?.complete === true);
  }

  /** @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
  authenticatorData(start: number, end: number): void {
    const { bytes } = this;
    if (end - start < 32) {
      this.#opaque(start, end);
      return;
    }
    this.#rpIdHash(start);
    const flags = bytes[start + 32] ?? 0;
    let at = start + 37;
    if (flags & ATTESTED) {
      const idAt = at + 18;
      const idEnd = idAt <= end ? idAt + bytes[idAt - 2]! * 256 + bytes[idAt - 1]! : end;
      if (idAt > end || idEnd > end) {
        this.#opaque(Math.min(idAt, end), end);
        return;
      }
      this.#opaque(idAt, idEnd);
      at = this.#cborAt(idEnd, end, "coseKey");
    }
    if (flags & EXTENDED && at < end) at = this.#cborAt(at, end, "extensions");
    if (at < end) this.#opaque(at, end);
  }

  /** The r and s of ECDSA stay integers; other signatures are bytes like any. */
  signature(start: number, end: number): void {
    const item = readDerItem(this.bytes, start, end);
    const parts = item?.tag === DER.sequence && item.end === end && readDerItems(this.bytes, item);
    if (parts && parts.length === 2 && parts.every(({ tag }) => tag === DER.integer))
      for (const part of parts) this.#integer(part, 0);
    else this.#opaque(start, end);
  }

  /** Certificates and keys. Bytes that are no DER are masked as a whole. */
  der(start: number, end: number): void {
    const items = readDerItems(this.bytes, { start, end });
    if (!items || items.length === 0) {
      this.#opaque(start, end);
      return;
    }
    for (const item of items) this.#derItem(item, "", 0);
  }

  cbor(item: CborItem, path: string): void {
    if (item.type === "bytes" && !item.indefinite) this.#cborBytes(item, path);
    else if (item.type === "text" && !item.indefinite) this.#cborText(item, path);
    else if (item.type === "map")
      for (const { key, value } of item.pairs()) {
        const name = key.label === undefined ? "" : String(key.label);
        if (value) this.cbor(value, path === "" || path === "attStmt" ? name : `${path}.${name}`);
        else if (!key.complete) this.cbor(key, path);
      }
    else for (const child of item.children) this.cbor(child, path);
  }

  #cborAt(start: number, end: number, path: string): number {
    const layout = cborLayout(this.bytes, start, end);
    if (layout.item) this.cbor(layout.item, path);
    if (layout.item?.complete) return layout.end;
    this.#rest(layout.end, end, false);
    return end;
  }

  #cborBytes(item: CborItem, path: string): void {
    const start = item.offset + item.headLength;
    const { end } = item;
    if (path === "authData") {
      this.authenticatorData(start, end);
      return;
    }
    if (path === "sig") {
      this.signature(start, end);
      return;
    }
    if (path === "x5c") {
      this.der(start, end);
      return;
    }
    if (path === "response") {
      this.#jws(start, end);
      return;
    }
    // Their secrets are masked by their places.
    if (path === "certInfo" || path === "pubArea") return;
    // The exponent of an RSA key.
    if (path.startsWith("coseKey") && end - start <= 4) return;
    this.#opaque(start, end);
  }

  #cborText(item: CborItem, path: string): void {
    if (path === "fmt" || path === "ver") return;
    const start = item.offset + item.headLength;
    const text = decodeUtf8(this.bytes, start, item.end).text;
    this.#write(start, item.end, encodeUtf8(maskWords(text, this.masks.pseudonyms)));
  }

  #derItem(item: DerItem, oid: string, depth: number): void {
    const { bytes } = this;
    const { tag, start, end } = item;
    if (tag & CONSTRUCTED) {
      const items = depth < MAX_DEPTH ? readDerItems(bytes, item) : undefined;
      if (!items) {
        this.#opaque(start, end);
        return;
      }
      const [first] = items;
      const own = first?.tag === DER.oid ? (derOid(bytes, first) ?? "") : oid;
      for (const each of items) this.#derItem(each, own, depth + 1);
    } else if (tag === DER.integer) this.#integer(item, KEPT_INTEGER);
    else if (tag === DER.bitString) this.#bitString(item, oid, depth);
    else if (tag === DER.octetString) {
      if (oid === AAGUID_EXTENSION) return;
      this.#inner(start, end, oid, depth);
    } else if (tag === UTC_TIME || tag === GENERALIZED_TIME) this.#time(item);
    else if (KEPT_TAGS.includes(tag) || (KEPT_ATTRIBUTES.test(oid) && tag < CONTEXT)) return;
    else this.#opaque(start, end);
  }

  /** Small ones are versions and exponents; others keep their sign and their length. */
  #integer({ start, end }: DerItem, kept: number): void {
    if (end - start <= kept) return;
    this.#opaque(end - start > 1 && this.bytes[start] === 0 ? start + 1 : start, end);
  }

  #bitString({ start, end }: DerItem, oid: string, depth: number): void {
    const { bytes } = this;
    // Flags, as in keyUsage.
    if (end - start <= 3) return;
    const length = (end - start - 2) / 2;
    if (bytes[start + 1] === UNCOMPRESSED_POINT && Number.isInteger(length) && length >= 28) {
      this.#opaque(start + 2, start + 2 + length);
      this.#opaque(start + 2 + length, end);
    } else this.#inner(start + 1, end, oid, depth);
  }

  /** DER within a string of bytes, if it is. */
  #inner(start: number, end: number, oid: string, depth: number): void {
    const items = depth < MAX_DEPTH && end - start > 2 ? readDerItems(this.bytes, { start, end }) : undefined;
    if (!items || items.length === 0) {
      this.#opaque(start, end);
      return;
    }
    for (const item of items) this.#derItem(item, oid, depth + 1);
  }

  /** The day stays, which certificates share; the second would tell one from all others. */
  #time({ start, end }: DerItem): void {
    const text = decodeUtf8(this.bytes, start, end).text;
    if (/^(\d\d){6,7}Z$/.test(text)) this.#write(start, end, encodeUtf8(`${text.slice(0, -7)}000000Z`));
    else this.#opaque(start, end);
  }

  /** A JSON Web Signature, whose parts are base64url. */
  #jws(start: number, end: number): void {
    const { pseudonyms } = this.masks;
    const parts = decodeUtf8(this.bytes, start, end).text.split(".");
    const masked = parts.map((part, index) => {
      const json = index < 2 ? decodeBase64url(part).bytes : undefined;
      const written = json && maskJson(decodeUtf8(json).text, (value, path) => this.#jwsText(value, path));
      return written === undefined ? maskEncoded(part, pseudonyms) : encodeBase64url(encodeUtf8(written));
    });
    const bytes = encodeUtf8(masked.join("."));
    if (bytes.length === end - start) this.#write(start, end, bytes);
    else this.#opaque(start, end);
  }

  #jwsText(value: string, path: string): string {
    const { pseudonyms } = this.masks;
    if (!path.startsWith("x5c")) return maskWords(value, pseudonyms);
    const certificate = decodeBase64url(value).bytes;
    if (!certificate) return pseudonyms.text(value);
    new InPlace(certificate, this.masks).der(0, certificate.length);
    return encodeBase64(certificate);
  }

  #rpIdHash(start: number): void {
    const { pseudonyms, addresses, rpIdHashes } = this.masks;
    if (addresses.keepsHosts) return;
    const hash = this.bytes.subarray(start, start + 32);
    const known = rpIdHashes.get(encodeBase64url(hash));
    this.#write(
      start,
      start + 32,
      known === undefined ? pseudonyms.bytes(hash) : decodeBase64url(known).bytes!,
    );
  }

  /** What follows where reading stopped: the byte that stopped it stays. */
  #rest(start: number, end: number, isComplete: boolean): void {
    this.#opaque(isComplete ? start : start + 1, end);
  }

  #opaque(start: number, end: number): void {
    if (start < end) this.#write(start, end, this.masks.pseudonyms.bytes(this.bytes.slice(start, end)));
  }

  #write(start: number, end: number, bytes: Uint8Array): void {
    if (bytes.length === end - start) this.bytes.set(bytes, start);
    else this.bytes.set(this.masks.pseudonyms.bytes(this.bytes.slice(start, end)), start);
  }
}

const ATTESTED = 0x40;
const EXTENDED = 0x80;
const TPM_SECRETS =
  /\.(certInfo\.(qualifiedSigner|extraData|clockInfo\.(clock|resetCount|restartCount)|firmwareVersion|name|qualifiedName)|pubArea\.(authPolicy|modulus|x|y))$/;
const CONSTRUCTED = 0x20;
const CONTEXT = 0x80;
const MAX_DEPTH = 32;
/** bytes; the exponent 65537 has three */
const KEPT_INTEGER = 3;
const UNCOMPRESSED_POINT = 4;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
/** BOOLEAN, NULL, OBJECT IDENTIFIER, ENUMERATED */
const KEPT_TAGS: readonly number[] = [DER.boolean, 5, DER.oid, DER.enumerated];
/** Country, organization and its unit, and the maker and model of a TPM. */
const KEPT_ATTRIBUTES = /^2\.5\.4\.(6|10|11)$|^2\.23\.133\.2\.[123]$/;
const AAGUID_EXTENSION = "1.3.6.1.4.1.45724.1.1.4";
