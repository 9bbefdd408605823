import { createHash } from "node:crypto";
import { encodeBase64url } from "../../src/bytes/base64url.js";
import { decodeHex } from "../../src/bytes/hex.js";
import { encodeCbor, joinBytes } from "./encodeCbor.js";

export interface AuthenticatorDataParts {
  rpId?: string;
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  backupState?: boolean;
  signCount?: number;
  attested?: { aaguid?: string; credentialId?: Uint8Array; coseKey?: Uint8Array };
  extensions?: Map<unknown, unknown> | Record<string, unknown>;
  /** in place of the flags that the other members make */
  flags?: number;
}

/** The bytes of authenticator data; by default a present and verified user, sign count 0, no attested data. */
export function authenticatorData({
  rpId = "example.com",
  userPresent = true,
  userVerified = true,
  backupEligible = false,
  backupState = false,
  signCount = 0,
  attested,
  extensions,
  flags,
}: AuthenticatorDataParts = {}): Uint8Array {
  const byte =
    (userPresent ? 0x01 : 0) |
    (userVerified ? 0x04 : 0) |
    (backupEligible ? 0x08 : 0) |
    (backupState ? 0x10 : 0) |
    (attested ? 0x40 : 0) |
    (extensions ? 0x80 : 0);
  const fixed = new Uint8Array(5);
  fixed[0] = flags ?? byte;
  new DataView(fixed.buffer).setUint32(1, signCount);
  return joinBytes(
    new Uint8Array(createHash("sha256").update(rpId).digest()),
    fixed,
    attested ? attestedCredentialData(attested) : new Uint8Array(),
    extensions ? encodeCbor(extensions) : new Uint8Array(),
  );
}

/** By default an all-zero AAGUID, {@link CREDENTIAL_ID} and {@link ES256_COSE_KEY}. */
export function attestedCredentialData({
  aaguid = "00000000-0000-0000-0000-000000000000",
  credentialId = CREDENTIAL_ID,
  coseKey = ES256_COSE_KEY,
}: NonNullable<AuthenticatorDataParts["attested"]> = {}): Uint8Array {
  const length = Uint8Array.of(credentialId.length >> 8, credentialId.length & 255);
  return joinBytes(bytesOf(aaguid), length, credentialId, coseKey);
}

/** By default of the format "none", with the empty statement. */
export function attestationObject({
  fmt = "none",
  attStmt = {},
  authData = authenticatorData({ attested: {} }),
}: {
  fmt?: string;
  attStmt?: unknown;
  authData?: Uint8Array;
} = {}): Uint8Array {
  return encodeCbor({ fmt, attStmt, authData });
}

/** Client data as browsers write it; other members may be added. Without `challenge`: sixteen zero bytes. */
export function clientDataJson({
  type = "webauthn.create",
  challenge = new Uint8Array(16),
  origin = "https://example.com",
  crossOrigin = false,
  ...others
}: {
  type?: string;
  challenge?: Uint8Array;
  origin?: string;
  crossOrigin?: boolean;
  [other: string]: unknown;
} = {}): Uint8Array {
  const members = { type, challenge: encodeBase64url(challenge), origin, crossOrigin, ...others };
  return new TextEncoder().encode(JSON.stringify(members));
}

/** Bytes of a hexadecimal text; hyphens, colons and spaces are passed over. */
export function bytesOf(hex: string): Uint8Array {
  const { bytes, problems } = decodeHex(hex);
  if (!bytes) throw new TypeError(problems[0]?.message);
  return bytes;
}

export const CREDENTIAL_ID = bytesOf("000102030405060708090a0b0c0d0e0f10111213");

/** The P-256 key of RFC 9052's examples ("meriadoc.brandybuck@buckland.example"), with ES256. */
export const ES256_COSE_KEY = encodeCbor(
  new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytesOf("65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d")],
    [-3, bytesOf("1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c")],
  ]),
);
