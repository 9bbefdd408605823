import type { AttestedCredentialData } from "../../decode/decoded.js";
import type { PublicKey } from "../../decode/publicKey.js";
import { describeCoseAlgorithm } from "../../spec/cose.js";
import { cannotTell, fail, pass, type Said, sameBytes, shownBytes } from "../said.js";
import { verifySignature, withoutZeros } from "../verifySignature.js";

/** What a statement of any format is about. */
export interface Attested {
  authData: Uint8Array;
  rpIdHash: Uint8Array;
  credential: Partial<AttestedCredentialData>;
  /** SHA-256 of clientDataJSON */
  clientDataHash: Uint8Array;
  /** what most formats sign or hash: authData, then clientDataHash */
  signedBytes: Uint8Array;
  /** trusted authorities, DER */
  roots: readonly Uint8Array[];
  /** epoch milliseconds of the ceremony */
  at: number;
}

/** The parts in which a statement is judged. Those that a format leaves out don't apply to it. */
export interface AttestationSaid {
  statement?: Said;
  signature?: Said;
  certificate?: Said;
  aaguid?: Said;
  nonce?: Said;
  key?: Said;
  trust?: Said;
}

/** Judges a statement of one format. */
export type VerifyStatement<Statement> = (
  statement: Statement,
  attested: Attested,
) => AttestationSaid | Promise<AttestationSaid>;

/** A signature of a statement, in words. `whose`: "the attestation certificate". */
export async function judgeSignature(
  whose: string,
  key: PublicKey,
  algorithm: number | undefined,
  signature: Uint8Array | undefined,
  data: Uint8Array,
  format: "der" | "raw" = "der",
): Promise<Said> {
  if (algorithm === undefined) return fail("The statement does not say the algorithm of its signature.");
  if (!signature) return fail("The statement has no signature.");
  const words = `the ${describeCoseAlgorithm(algorithm)} key of ${whose}`;
  const checked = await verifySignature(key, algorithm, signature, data, format);
  if (checked.is === "valid") return pass(`The statement is signed by ${words}.`);
  return checked.is === "invalid"
    ? fail(`The statement’s signature is not by ${words}: ${checked.reason}.`)
    : cannotTell(`The statement’s signature can’t be checked against ${words}: ${checked.reason}.`);
}

/** Whether a key of the statement is the credential's. `whose`: "the certificate". */
export function judgeKey(whose: string, key: PublicKey, { credential }: Attested): Said {
  const own = credential.coseKey;
  if (!own) return fail("The authenticator data has no credential public key to compare with.");
  return samePublicKey(key, own)
    ? pass(`The key in ${whose} is the credential public key.`)
    : fail(
        `The key in ${whose}, ${describeKey(key)}, is not the credential public key, ${describeKey(own)}.`,
      );
}

/** Whether what binds a statement to this ceremony is what it must be. `what`: "The nonce in the certificate". */
export function judgeNonce(what: string, found: Uint8Array | undefined, expected: Uint8Array): Said {
  if (!found) return fail(`${what} is missing.`);
  return sameBytes(found, expected)
    ? pass(`${what} is that of this ceremony, ${shownBytes(expected)}.`)
    : fail(`${what} is ${shownBytes(found)}; that of this ceremony is ${shownBytes(expected)}.`);
}

function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  if (a.keyType !== b.keyType || a.curve !== b.curve) return false;
  const isSame = (one?: Uint8Array, other?: Uint8Array) =>
    one === undefined || other === undefined
      ? one === other
      : sameBytes(withoutZeros(one), withoutZeros(other));
  return isSame(a.x, b.x) && isSame(a.y, b.y) && isSame(a.n, b.n) && isSame(a.e, b.e) && isSame(a.pub, b.pub);
}

function describeKey({ keyType, curve, x, n }: PublicKey): string {
  const number = x ?? n;
  return `${keyType ?? "unreadable"}${curve === undefined ? "" : ` ${curve}`} ${number ? shownBytes(number) : ""}`.trim();
}
