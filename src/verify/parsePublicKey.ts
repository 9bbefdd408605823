import { decodeBase64url } from "../bytes/base64url.js";
import { decodeHex } from "../bytes/hex.js";
import { jsonLayout } from "../bytes/jsonLayout.js";
import type { Problem } from "../bytes/problem.js";
import { decodeCoseKey } from "../decode/coseKey.js";
import { decodeSpki, type PublicKey } from "../decode/publicKey.js";
import { COSE_ALGORITHMS } from "../spec/cose.js";
import { NOT_CANONICAL } from "./authenticatorDataSteps.js";

/**
 * A public key as people find it in their database: PEM, a JSON Web Key, or the bytes of a COSE key
 * or a SubjectPublicKeyInfo as base64url, base64 or hexadecimal digits. Where the key does not say
 * its algorithm, the usual one for its kind is assumed. Bad input: no key, and problems.
 */
export function parsePublicKey(text: string): { publicKey?: PublicKey; problems: Problem[] } {
  const trimmed = text.trim();
  const { key, problems } = trimmed.startsWith("{")
    ? parseJwk(trimmed)
    : trimmed.startsWith("-----")
      ? parsePem(trimmed)
      : parseBytes(trimmed);
  if (!key || problems.length > 0) return { problems };
  const algorithm = key.algorithm ?? usualAlgorithm(key);
  return { publicKey: { ...key, ...(algorithm !== undefined && { algorithm }) }, problems };
}

interface Parsed {
  key?: PublicKey;
  problems: Problem[];
}

function parsePem(text: string): Parsed {
  const [, label = "", body = ""] = /^-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END \1-----$/.exec(text) ?? [];
  if (label !== "PUBLIC KEY") {
    const what = label ? `The PEM text holds a ${label}` : "The PEM text is not complete";
    return refused("pem-not-public-key", `${what}; wanted is a PUBLIC KEY.`, text);
  }
  const bytes = decodeBase64url(body.replace(/\s+/g, "")).bytes;
  return bytes ? keyIn(bytes, text) : refused("pem-not-base64", "The PEM text is not base64.", text);
}

function parseBytes(text: string): Parsed {
  const compact = text.replace(/\s+/g, "");
  const fromHex = /^[0-9a-f:\s-]+$/i.test(text) ? decodeHex(text).bytes : undefined;
  const parsed = fromHex && keyIn(fromHex, text);
  if (parsed?.key) return parsed;
  const bytes = decodeBase64url(compact).bytes;
  if (bytes) return keyIn(bytes, text);
  return (
    parsed ??
    refused("public-key-unknown", "This is no PEM, JSON Web Key, base64url or hexadecimal text.", text)
  );
}

const SEQUENCE = 0x30;

/** A COSE key is a CBOR map, a SubjectPublicKeyInfo a DER sequence: their first bytes differ. */
function keyIn(bytes: Uint8Array, text: string): Parsed {
  const [first] = bytes;
  if (first === SEQUENCE) {
    const { value, problems } = decodeSpki(bytes);
    return { key: value, problems };
  }
  if (first === undefined || first >> 5 !== CBOR_MAP)
    return refused(
      "public-key-unknown",
      "The bytes are neither a COSE key nor a SubjectPublicKeyInfo.",
      text,
    );
  const { value, problems: all } = decodeCoseKey(bytes);
  // Libraries keep keys in an order of their own; the key is the same.
  const problems = all.filter(({ code }) => !NOT_CANONICAL.has(code));
  const { keyType, algorithm, curve, x, y, n, e, pub } = value;
  const members = { keyType, algorithm, curve, x, y, n, e, pub };
  return { key: withoutUndefined(members), problems };
}

const CBOR_MAP = 5;

/** @see https://www.rfc-editor.org/rfc/rfc7517#section-4 */
function parseJwk(text: string): Parsed {
  const { error } = jsonLayout(text, MAX_DEPTH);
  if (error) {
    const message = `The JSON Web Key is not JSON, at character ${error.offset}: ${error.message}`;
    return { problems: [{ code: "jwk-not-json", message, offset: error.offset, length: 1 }] };
  }
  const members = new Map<string, unknown>(Object.entries(JSON.parse(text) as object));
  const string = (name: string) => {
    const value = members.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const bytes = (name: string) => decodeBase64url(string(name) ?? "!").bytes;
  const keyType = KEY_TYPES.get(string("kty") ?? "");
  if (!keyType)
    return refused("jwk-key-type", `The JSON Web Key has no known kty: ${string("kty") ?? "none"}.`, text);
  const named = string("alg");
  const algorithm = named && [...COSE_ALGORITHMS].find(([, name]) => name === named)?.[0];
  const key: PublicKey = withoutUndefined({
    keyType,
    algorithm: algorithm || undefined,
    curve: string("crv"),
    ...(keyType === "EC2" || keyType === "OKP" ? { x: bytes("x") } : {}),
    ...(keyType === "EC2" ? { y: bytes("y") } : {}),
    ...(keyType === "RSA" ? { n: bytes("n"), e: bytes("e") } : {}),
    ...(keyType === "AKP" ? { pub: bytes("pub") } : {}),
  });
  const missing = NEEDED[keyType]!.find((member) => key[member] === undefined);
  return missing
    ? refused("jwk-member-missing", `The JSON Web Key has no readable ${missing}.`, text)
    : { key, problems: [] };
}

const MAX_DEPTH = 16;

const KEY_TYPES: ReadonlyMap<string, string> = new Map([
  ["EC", "EC2"],
  ["OKP", "OKP"],
  ["RSA", "RSA"],
  ["AKP", "AKP"],
]);

const NEEDED: Record<string, (keyof PublicKey)[]> = {
  EC2: ["curve", "x", "y"],
  OKP: ["curve", "x"],
  RSA: ["n", "e"],
  AKP: ["pub", "algorithm"],
};

/** RSA keys may be for other algorithms, but passkeys with RSA use RS256. */
function usualAlgorithm({ keyType, curve }: PublicKey): number | undefined {
  return USUAL.get(keyType === "RSA" ? "RSA" : (curve ?? ""));
}

const USUAL: ReadonlyMap<string, number> = new Map([
  ["P-256", -7],
  ["P-384", -35],
  ["P-521", -36],
  ["secp256k1", -47],
  ["Ed25519", -8],
  ["Ed448", -53],
  ["RSA", -257],
]);

function refused(code: string, message: string, text: string): Parsed {
  return { problems: [{ code, message, offset: 0, length: text.length }] };
}

function withoutUndefined<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
