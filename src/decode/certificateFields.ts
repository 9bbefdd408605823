import { type DerItem, readDerItem, readDerItems } from "../bytes/der.js";
import type { Decoding } from "./decoding.js";

/**
 * Notes where the parts of a certificate stand that is `bytes[start…end]`, in `bytes`; `path` goes
 * before their names. Of what is no certificate, as far as it is like one. The library that reads
 * certificates does not say where anything stood. `detailed`: the parts of the parts, too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function noteCertificateFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  decoding: Decoding,
  path: string,
  detailed = false,
): void {
  const note = (name: string, { offset, end: itemEnd }: DerItem) =>
    decoding.field(path + name, offset, itemEnd - offset);
  const inside = (item: DerItem | undefined) => (item && readDerItems(bytes, item)) ?? [];
  const outer = readDerItem(bytes, start, end);
  const [tbs, algorithm, signature] = inside(outer);
  if (!tbs) return;
  note("tbsCertificate", tbs);
  const parts = inside(tbs);
  if (parts[0]?.tag === VERSION) note("version", parts.shift()!);
  TBS_MEMBERS.forEach(([name, details], index) => {
    const part = parts[index];
    if (!part) return;
    note(name, part);
    if (!detailed) return;
    if (details === ATTRIBUTES)
      inside(part)
        .flatMap(inside)
        .forEach((attribute, at) => void note(`${name}.attributes[${at}]`, attribute));
    else inside(part).forEach((detail, at) => void (details[at] && note(`${name}.${details[at]}`, detail)));
  });
  const extensions = parts.find(({ tag }) => tag === EXTENSIONS);
  if (extensions) {
    note("extensions", extensions);
    for (const [index, extension] of inside(inside(extensions)[0]).entries()) {
      note(`extensions[${index}]`, extension);
      if (!detailed) continue;
      const members = inside(extension);
      const names = members.length > 2 ? ["id", "critical", "value"] : ["id", "value"];
      members.forEach((member, at) => void (names[at] && note(`extensions[${index}].${names[at]}`, member)));
    }
  }
  if (algorithm) note("signatureAlgorithm", algorithm);
  if (signature) note("signature", signature);
}

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const ATTRIBUTES = "attributes";
const TBS_MEMBERS: readonly (readonly [name: string, details: readonly string[] | typeof ATTRIBUTES])[] = [
  ["serialNumber", []],
  ["tbsSignature", []],
  ["issuer", ATTRIBUTES],
  ["validity", ["notBefore", "notAfter"]],
  ["subject", ATTRIBUTES],
  ["publicKey", ["algorithm", "key"]],
];
