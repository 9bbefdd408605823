import type { AttestedCredentialData } from "../../decode/decoded.js";
import type { PublicKey } from "../../decode/publicKey.js";
import { describeCoseAlgorithm } from "../../spec/cose.js";
import { cannotTell, fail, pass, type Said } from "../said.js";
import { verifySignature } from "../verifySignature.js";

/** What there is to verify of an attestation statement, whatever its format. */
export interface Attested {
  /** the statement as it stands in the CBOR: a map, but for the compound format */
  statement: unknown;
  authData: Uint8Array;
  rpIdHash: Uint8Array;
  attested: Partial<AttestedCredentialData>;
  /** SHA-256 of clientDataJSON */
  clientDataHash: Uint8Array;
  /** the bytes that most formats sign: authData, then clientDataHash */
  signedBytes: Uint8Array;
  /** trusted authorities, DER */
  roots: readonly Uint8Array[];
  /** epoch milliseconds of the ceremony */
  at: number;
}

/** The steps in which statements are judged; those that a format leaves out don't apply to it. */
export interface AttestationSaid {
  statement?: Said;
  signature?: Said;
  certificate?: Said;
  aaguid?: Said;
  nonce?: Said;
  key?: Said;
  trust?: Said;
}

/** One attestation statement format. */
export interface AttestationFormat {
  /** anchor of its section */
  spec: string;
  verify(attested: Attested): AttestationSaid | Promise<AttestationSaid>;
}

/** A member of a statement, if it is of the wanted kind. */
export function memberOf(statement: unknown, name: string): unknown {
  return statement instanceof Map ? statement.get(name) : undefined;
}

export function bytesOf(statement: unknown, name: string): Uint8Array | undefined {
  const value = memberOf(statement, name);
  return value instanceof Uint8Array ? value : undefined;
}

export function algorithmOf(statement: unknown): number | undefined {
  const value = memberOf(statement, "alg");
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

/** The signature of a statement by a key, in words. `whose`: "the attestation certificate". */
export async function judgeSignature(
  whose: string,
  key: PublicKey,
  algorithm: number,
  signature: Uint8Array,
  data: Uint8Array,
  format: "der" | "raw" = "der",
): Promise<Said> {
  const words = `the ${describeCoseAlgorithm(algorithm)} key of ${whose}`;
  const checked = await verifySignature(key, algorithm, signature, data, format);
  if (checked.is === "valid") return pass(`The statement is signed by ${words}.`);
  return checked.is === "invalid"
    ? fail(`The statement’s signature is not by ${words}: ${checked.reason}.`)
    : cannotTell(`The statement’s signature can’t be checked against ${words}: ${checked.reason}.`);
}
