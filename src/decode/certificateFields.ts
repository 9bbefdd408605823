import { type DerItem, readDerItem, readDerItems } from "../bytes/der.js";
import type { Decoding } from "./decoding.js";

/**
 * Notes where the parts of a certificate stand that is `bytes[start…end]`, in `bytes`; `path` goes
 * before their names. Of what is no certificate, as far as it is like one. The library that reads
 * certificates does not say where anything stood.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function noteCertificateFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  decoding: Decoding,
  path: string,
): void {
  const note = (name: string, { offset, end: itemEnd }: DerItem) =>
    decoding.field(path + name, offset, itemEnd - offset);
  const outer = readDerItem(bytes, start, end);
  const [tbs, algorithm, signature] = (outer && readDerItems(bytes, outer)) || [];
  if (!tbs) return;
  note("tbsCertificate", tbs);
  const parts = readDerItems(bytes, tbs) ?? [];
  if (parts[0]?.tag === VERSION) note("version", parts.shift()!);
  TBS_MEMBERS.forEach((name, index) => {
    const part = parts[index];
    if (part) note(name, part);
  });
  const extensions = parts.find(({ tag }) => tag === EXTENSIONS);
  if (extensions) {
    note("extensions", extensions);
    const [list] = readDerItems(bytes, extensions) ?? [];
    const each = (list && readDerItems(bytes, list)) ?? [];
    for (const [index, extension] of each.entries()) note(`extensions[${index}]`, extension);
  }
  if (algorithm) note("signatureAlgorithm", algorithm);
  if (signature) note("signature", signature);
}

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const TBS_MEMBERS = ["serialNumber", "tbsSignature", "issuer", "validity", "subject", "publicKey"];
