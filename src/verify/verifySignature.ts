import { encodeBase64url } from "../bytes/base64url.js";
import type { PublicKey } from "../decode/publicKey.js";
import { decodeEcdsaSignature } from "../decode/signature.js";
import { describeCoseAlgorithm } from "../spec/cose.js";
import { type StepSentence, sentence } from "./said.js";
import { type HashName, type WebCrypto, webCrypto } from "./webCrypto.js";

/** "unsupported" says nothing about the signature: the runtime can't check it. */
export type SignatureCheck = { is: "valid" } | Refused;

interface Refused {
  is: "invalid" | "unsupported";
  reason: StepSentence;
}

/**
 * Checks a signature with WebCrypto. `algorithm` is a COSE identifier; ECDSA signatures are DER,
 * or `r` and `s` side by side where `format` says so, as in JSON Web Signatures. Whatever is wrong
 * with key or signature makes it invalid; never throws.
 */
export async function verifySignature(
  key: PublicKey,
  algorithm: number,
  signature: Uint8Array,
  data: Uint8Array,
  format: "der" | "raw" = "der",
): Promise<SignatureCheck> {
  const words = describeCoseAlgorithm(algorithm);
  const known = ALGORITHMS.get(algorithm);
  return known
    ? verifyWith(known, words, key, signature, data, format)
    : unsupported(sentence("why-no-algorithm", { algorithm: words }));
}

/** As {@link verifySignature}, of a certificate: `algorithm` as certificates name it, e.g. "ECDSA with SHA-256". */
export async function verifyCertificateSignature(
  key: PublicKey,
  algorithm: string,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<SignatureCheck> {
  const known = certificateAlgorithm(algorithm, key);
  return known
    ? verifyWith(known, algorithm, key, signature, data, "der")
    : unsupported(sentence("why-no-algorithm", { algorithm }));
}

async function verifyWith(
  algorithm: Algorithm,
  words: string,
  key: PublicKey,
  signature: Uint8Array,
  data: Uint8Array,
  format: "der" | "raw",
): Promise<SignatureCheck> {
  const imported = await importPublicKey(key, algorithm, words);
  if (imported.is !== "usable") return imported;
  const raw = algorithm.name === "ECDSA" && format === "der" ? rawEcdsa(signature, key) : signature;
  if (!(raw instanceof Uint8Array)) return invalid(raw);
  try {
    const valid = await imported.crypto.verify(algorithm.verification, imported.key, raw, data);
    return valid ? { is: "valid" } : invalid(sentence("why-no-match"));
  } catch (error) {
    return unsupported(sentence("why-failed", { error: nameOf(error) }));
  }
}

/** Whether a key is complete, fits its algorithm and is a point of its curve. */
export async function checkPublicKey(key: PublicKey, algorithm: number): Promise<SignatureCheck> {
  const words = describeCoseAlgorithm(algorithm);
  const known = ALGORITHMS.get(algorithm);
  if (!known) return unsupported(sentence("why-no-algorithm", { algorithm: words }));
  const imported = await importPublicKey(key, known, words);
  return imported.is === "usable" ? { is: "valid" } : imported;
}

type Imported = { is: "usable"; key: object; crypto: WebCrypto } | Refused;

async function importPublicKey(
  key: PublicKey,
  { keyType, curve, name, parameters }: Algorithm,
  words: string,
): Promise<Imported> {
  if (key.keyType !== keyType)
    return invalid(
      sentence("why-key-type", { algorithm: words, wanted: keyType, found: key.keyType ?? sentence("none") }),
    );
  if (curve !== undefined && key.curve !== curve)
    return invalid(
      sentence("why-curve", { algorithm: words, wanted: curve, found: key.curve ?? sentence("none") }),
    );
  const jwk = jwkOf(key, name);
  if (!jwk) return invalid(sentence("why-key-incomplete"));
  const crypto = webCrypto();
  if (!crypto) return unsupported(sentence("no-web-crypto"));
  try {
    return {
      is: "usable",
      crypto,
      key: await crypto.importKey("jwk", jwk, { name, ...parameters }, false, ["verify"]),
    };
  } catch (error) {
    // DataError is the name for bad keys; a runtime without the algorithm says NotSupportedError.
    return nameOf(error) === "DataError"
      ? invalid(sentence("why-key-wrong", { algorithm: words }))
      : unsupported(sentence("why-no-algorithm-here", { algorithm: words, error: nameOf(error) }));
  }
}

interface Algorithm {
  keyType: string;
  curve?: string;
  /** WebCrypto's */
  name: string;
  /** when the key is imported */
  parameters?: object;
  verification: object;
  hash?: HashName;
}

/** COSE algorithms in WebCrypto's words. */
const ALGORITHMS: ReadonlyMap<number, Algorithm> = new Map([
  ...[-7, -9].map((id) => [id, ecdsa("P-256", "SHA-256")] as const),
  ...[-35, -51].map((id) => [id, ecdsa("P-384", "SHA-384")] as const),
  ...[-36, -52].map((id) => [id, ecdsa("P-521", "SHA-512")] as const),
  ...[-8, -19].map((id) => [id, edwards("Ed25519")] as const),
  [-53, edwards("Ed448")],
  [-257, rsa("RSASSA-PKCS1-v1_5", "SHA-256")],
  [-258, rsa("RSASSA-PKCS1-v1_5", "SHA-384")],
  [-259, rsa("RSASSA-PKCS1-v1_5", "SHA-512")],
  [-65535, rsa("RSASSA-PKCS1-v1_5", "SHA-1")],
  [-37, rsa("RSA-PSS", "SHA-256", 32)],
  [-38, rsa("RSA-PSS", "SHA-384", 48)],
  [-39, rsa("RSA-PSS", "SHA-512", 64)],
  [-48, mlDsa("ML-DSA-44")],
  [-49, mlDsa("ML-DSA-65")],
  [-50, mlDsa("ML-DSA-87")],
]);

/** By the names that certificates have for them; their ECDSA combines any curve with any hash. */
function certificateAlgorithm(words: string, key: PublicKey): Algorithm | undefined {
  const hash = /SHA-(1|256|384|512)$/.exec(words)?.[0] as HashName | undefined;
  if (words.startsWith("ECDSA with ") && hash) return ecdsa(key.curve ?? "", hash);
  if (words.startsWith("RSA with ") && hash) return rsa("RSASSA-PKCS1-v1_5", hash);
  return words === "Ed25519" || words === "Ed448" ? edwards(words) : undefined;
}

/** The hash that a COSE signature algorithm uses. */
export function hashOf(algorithm: number): HashName | undefined {
  return ALGORITHMS.get(algorithm)?.hash;
}

function ecdsa(curve: string, hash: HashName): Algorithm {
  const name = "ECDSA";
  return {
    keyType: "EC2",
    curve,
    name,
    hash,
    parameters: { namedCurve: curve },
    verification: { name, hash },
  };
}

function edwards(curve: string): Algorithm {
  return { keyType: "OKP", curve, name: curve, verification: { name: curve } };
}

function rsa(name: string, hash: HashName, saltLength?: number): Algorithm {
  return {
    keyType: "RSA",
    name,
    hash,
    parameters: { hash },
    verification: { name, ...(saltLength !== undefined && { saltLength }) },
  };
}

function mlDsa(name: string): Algorithm {
  return { keyType: "AKP", name, verification: { name } };
}

/** @see https://www.rfc-editor.org/rfc/rfc7518#section-6 and https://www.rfc-editor.org/rfc/rfc8037#section-2 */
function jwkOf({ keyType, curve, x, y, n, e, pub }: PublicKey, algorithm: string): object | undefined {
  const text = encodeBase64url;
  if (keyType === "EC2") return x && y && { kty: "EC", crv: curve, x: text(x), y: text(y) };
  if (keyType === "OKP") return x && { kty: "OKP", crv: curve, x: text(x) };
  if (keyType === "RSA") return n && e && { kty: "RSA", n: text(withoutZeros(n)), e: text(withoutZeros(e)) };
  if (keyType === "AKP") return pub && { kty: "AKP", alg: algorithm, pub: text(pub) };
  return undefined;
}

/** `r` and `s` side by side, each as long as the curve's numbers; or what is wrong. */
function rawEcdsa(signature: Uint8Array, { x }: PublicKey): Uint8Array | StepSentence {
  const { value, problems } = decodeEcdsaSignature(signature);
  const [problem] = problems;
  const { r, s } = value;
  if (problem || !r || !s)
    return sentence("why-not-der", { problem: problem?.message ?? sentence("number-missing") });
  const length = x?.length ?? 0;
  if (r.length > length || s.length > length) return sentence("why-too-long");
  const raw = new Uint8Array(2 * length);
  raw.set(r, length - r.length);
  raw.set(s, 2 * length - s.length);
  return raw;
}

export function withoutZeros(number: Uint8Array): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  return start < 0 ? number.subarray(number.length) : number.subarray(start);
}

const invalid = (reason: StepSentence): Refused => ({ is: "invalid", reason });
const unsupported = (reason: StepSentence): Refused => ({ is: "unsupported", reason });

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
