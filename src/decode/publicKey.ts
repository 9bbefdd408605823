import {
  DER,
  type DerItem,
  derContent,
  derOid,
  derUnsigned,
  readDerItem,
  readDerItems,
} from "../bytes/der.js";
import { COSE_CURVES } from "../spec/cose.js";
import type { CoseKey, Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/** A public key, whatever it was written as; `algorithm` only where that says it. */
export type PublicKey = Pick<
  Partial<CoseKey>,
  "keyType" | "algorithm" | "curve" | "x" | "y" | "n" | "e" | "pub"
>;

/**
 * A SubjectPublicKeyInfo, as `getPublicKey()`, certificates and PEM files have it. Bad input, and
 * keys of other kinds than WebAuthn's: what could be read, and problems.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function decodeSpki(bytes: Uint8Array): Decoded<PublicKey> {
  const decoding = new Decoding();
  const outer = readDerItem(bytes);
  const [identifier, keyBits, ...more] = (outer?.tag === DER.sequence && readDerItems(bytes, outer)) || [];
  const [oid, parameters] = (identifier?.tag === DER.sequence && readDerItems(bytes, identifier)) || [];
  const dotted = oid && derOid(bytes, oid);
  if (
    !outer ||
    !identifier ||
    keyBits?.tag !== DER.bitString ||
    bytes[keyBits.start] !== 0 ||
    more.length > 0 ||
    !dotted
  ) {
    const message = "The key is not the DER of a SubjectPublicKeyInfo.";
    decoding.problem("spki-not-der", message, 0, bytes.length);
    return decoding.result({}, 0);
  }
  if (outer.end < bytes.length) {
    const message = `${bytes.length - outer.end} bytes follow the key.`;
    decoding.problem("trailing-bytes", message, outer.end, bytes.length - outer.end);
  }
  decoding.field("algorithm", identifier.offset, identifier.end - identifier.offset);
  decoding.field("publicKey", keyBits.offset, keyBits.end - keyBits.offset);
  const key = readKey(bytes, dotted, parameters, { ...keyBits, start: keyBits.start + 1 });
  if (key) return decoding.result(key, outer.end);
  const message = `The key of the algorithm ${dotted} could not be read.`;
  decoding.problem("spki-key", message, keyBits.offset, keyBits.end - keyBits.offset, "publicKey");
  return decoding.result({}, outer.end);
}

function readKey(
  bytes: Uint8Array,
  algorithm: string,
  parameters: DerItem | undefined,
  bits: DerItem,
): PublicKey | undefined {
  if (algorithm === EC_PUBLIC_KEY) {
    const oid = parameters && derOid(bytes, parameters);
    const curve = CURVES.find((candidate) => candidate.oid === oid);
    if (!curve) return undefined;
    const { length } = curveNamed(curve.name);
    const point = derContent(bytes, bits);
    if (point.length !== 1 + 2 * length || point[0] !== UNCOMPRESSED) return undefined;
    return {
      keyType: "EC2",
      curve: curve.name,
      x: point.subarray(1, 1 + length),
      y: point.subarray(1 + length),
    };
  }
  if (algorithm === RSA_ENCRYPTION) {
    const sequence = readDerItem(bytes, bits.start, bits.end);
    const [modulus, exponent] = (sequence?.tag === DER.sequence && readDerItems(bytes, sequence)) || [];
    const n = modulus && derUnsigned(bytes, modulus);
    const e = exponent && derUnsigned(bytes, exponent);
    return n && e && { keyType: "RSA", n, e };
  }
  const edwards = EDWARDS_CURVES.find((candidate) => candidate.oid === algorithm);
  const x = derContent(bytes, bits);
  if (edwards && x.length === curveNamed(edwards.name).length)
    return { keyType: "OKP", curve: edwards.name, x };
  return undefined;
}

const UNCOMPRESSED = 4;
const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

const CURVES = [
  { name: "P-256", oid: "1.2.840.10045.3.1.7" },
  { name: "P-384", oid: "1.3.132.0.34" },
  { name: "P-521", oid: "1.3.132.0.35" },
  { name: "secp256k1", oid: "1.3.132.0.10" },
];

/** @see https://www.rfc-editor.org/rfc/rfc8410#section-3 */
const EDWARDS_CURVES = [
  { name: "Ed25519", oid: "1.3.101.112" },
  { name: "Ed448", oid: "1.3.101.113" },
];

function curveNamed(name: string): { length: number } {
  return [...COSE_CURVES.values()].find((curve) => curve.name === name)!;
}
