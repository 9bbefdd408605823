import { DER, type DerItem, derUnsigned, readDerItem, readDerItems } from "../bytes/der.js";
import type { Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/** An ECDSA signature: two numbers, big-endian, without leading zeros. */
export interface EcdsaSignature {
  r: Uint8Array;
  s: Uint8Array;
}

/**
 * An ECDSA signature as WebAuthn transports it: the DER of a SEQUENCE of two INTEGERs. Bad input:
 * what could be read, and problems; bytes after the signature are one.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 */
export function decodeEcdsaSignature(bytes: Uint8Array): Decoded<EcdsaSignature> {
  const decoding = new Decoding();
  const value: Partial<EcdsaSignature> = {};
  const sequence = readDerItem(bytes);
  const members = sequence && readDerItems(bytes, sequence);
  if (sequence?.tag !== DER.sequence || !members) {
    const message = "The signature is not a DER SEQUENCE of two INTEGERs.";
    decoding.problem("signature-not-der", message, 0, bytes.length);
    return decoding.result(value, 0);
  }
  for (const [index, name] of (["r", "s"] as const).entries()) {
    const number = readNumber(bytes, members[index], sequence.end, name, decoding);
    if (number) value[name] = number;
  }
  const [, , extra] = members;
  if (extra) {
    const message = "More than r and s stand in the signature.";
    decoding.problem("signature-members", message, extra.offset, sequence.end - extra.offset);
  }
  if (sequence.end < bytes.length) {
    const message = `${bytes.length - sequence.end} bytes follow the signature.`;
    decoding.problem("trailing-bytes", message, sequence.end, bytes.length - sequence.end);
  }
  return decoding.result(value, sequence.end);
}

function readNumber(
  bytes: Uint8Array,
  item: DerItem | undefined,
  end: number,
  name: "r" | "s",
  decoding: Decoding,
): Uint8Array | undefined {
  if (!item) {
    decoding.problem("signature-members", `The signature has no ${name}.`, end, 0, name);
    return undefined;
  }
  decoding.field(name, item.offset, item.end - item.offset);
  const number = derUnsigned(bytes, item);
  if (number) return number;
  const message = `${name} is not a positive INTEGER in its shortest form.`;
  decoding.problem("signature-number", message, item.offset, item.end - item.offset, name);
  return undefined;
}
