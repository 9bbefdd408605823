import {
  cborLayout,
  type Decoded,
  decodeCertificate,
  describeCertificate,
  encodePem,
} from "../../src/index.js";

/** What the bytes of certificates say, by the paths of their fields. */
export interface CertificateNotes {
  words: ReadonlyMap<string, string>;
  pems: ReadonlyMap<string, string>;
}

/**
 * What was decoded out of `bytes`, with the fields of every certificate inside in detail, and what they
 * say; undefined if there is nothing of the kind. `name`: what the buffer is.
 */
export async function readCertificates(
  bytes: Uint8Array,
  decoded: Decoded<object>,
  name: string,
): Promise<{ decoded: Decoded<object>; notes: CertificateNotes } | undefined> {
  const places =
    name === "certificate" ? [{ path: "", start: 0, der: bytes }] : certificatesIn(bytes, decoded);
  if (name === "publicKey" && decoded.problems.length === 0)
    return { decoded, notes: { words: new Map(), pems: new Map([["", encodePem("PUBLIC KEY", bytes)]]) } };
  if (places.length === 0) return undefined;
  const fields = new Map(decoded.fields.map((field) => [field.path, field]));
  const problems = [...decoded.problems];
  const words = new Map<string, string>();
  const pems = new Map<string, string>();
  for (const { path, start, der } of places) {
    const at = (name: string) => (path && name ? `${path}.${name}` : path + name);
    const certificate = await decodeCertificate(der);
    for (const field of certificate.fields)
      fields.set(at(field.path), { ...field, path: at(field.path), offset: start + field.offset });
    for (const problem of certificate.problems)
      problems.push({ ...problem, path: at(problem.path ?? ""), offset: start + problem.offset });
    for (const [name, text] of describeCertificate(certificate.value)) words.set(at(name), text);
    const { pem, publicKey } = certificate.value;
    if (pem) pems.set(path, pem);
    if (publicKey) pems.set(at("publicKey"), encodePem("PUBLIC KEY", publicKey.spki));
  }
  return { decoded: { ...decoded, fields: [...fields.values()], problems }, notes: { words, pems } };
}

/** The certificates that are byte strings of an attestation statement. Those of SafetyNet are text within text. */
function certificatesIn(bytes: Uint8Array, { fields }: Decoded<object>) {
  return fields
    .filter(({ path }) => /^attestationStatement\b.*\.certificates\[\d+\]$/.test(path))
    .flatMap(({ path, offset }) => {
      const { item } = cborLayout(bytes, offset);
      const isWhole = item?.type === "bytes" && item.complete && !item.indefinite;
      return isWhole ? [{ path, start: offset + item.headLength, der: item.content }] : [];
    })
    .slice(0, MAX_CERTIFICATES);
}

/** A bound on what is read at once; real statements have up to four. */
const MAX_CERTIFICATES = 32;
