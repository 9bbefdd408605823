import type { AttestedCredentialData } from "../../decode/decoded.js";
import type { PublicKey } from "../../decode/publicKey.js";
import { describeCoseAlgorithm } from "../../spec/cose.js";
import {
  cannotTell,
  fail,
  pass,
  type Said,
  type StepValue,
  sameBytes,
  sentence,
  shownBytes,
} from "../said.js";
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

/** A signature of a statement, in words. */
export async function judgeSignature(
  whose: "of-certificate" | "of-credentials-certificate" | "of-credential",
  key: PublicKey,
  algorithm: number | undefined,
  signature: Uint8Array | undefined,
  data: Uint8Array,
  format: "der" | "raw" = "der",
): Promise<Said> {
  if (algorithm === undefined) return fail("statement-no-algorithm");
  if (!signature) return fail("statement-no-signature");
  const by = { algorithm: describeCoseAlgorithm(algorithm), whose: sentence(whose) };
  const checked = await verifySignature(key, algorithm, signature, data, format);
  if (checked.is === "valid") return pass("statement-signature", by);
  const { reason } = checked;
  return checked.is === "invalid"
    ? fail("statement-signature-wrong", { ...by, reason })
    : cannotTell("statement-signature-unchecked", { ...by, reason });
}

/** Whether a key of the statement is the credential's. `place`: where it stands. */
export function judgeKey(place: StepValue, key: PublicKey, { credential }: Attested): Said {
  const own = credential.coseKey;
  if (!own) return fail("key-missing");
  return samePublicKey(key, own)
    ? pass("key-same", { place })
    : fail("key-other", { place, found: describeKey(key), wanted: describeKey(own) });
}

/** Whether what binds a statement to this ceremony is what it must be. */
export function judgeNonce(
  name: "nonce-in-certificate" | "challenge-in-key-description" | "extra-data-in-cert-info",
  found: Uint8Array | undefined,
  expected: Uint8Array,
): Said {
  const what = sentence(name);
  if (!found) return fail("nonce-missing", { what });
  return sameBytes(found, expected)
    ? pass("nonce", { what, expected: shownBytes(expected) })
    : fail("nonce-other", { what, found: shownBytes(found), expected: shownBytes(expected) });
}

function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  if (a.keyType !== b.keyType || a.curve !== b.curve) return false;
  const isSame = (one?: Uint8Array, other?: Uint8Array) =>
    one === undefined || other === undefined
      ? one === other
      : sameBytes(withoutZeros(one), withoutZeros(other));
  return isSame(a.x, b.x) && isSame(a.y, b.y) && isSame(a.n, b.n) && isSame(a.e, b.e) && isSame(a.pub, b.pub);
}

function describeKey({ keyType, curve, x, n }: PublicKey): StepValue {
  const number = x ?? n;
  const type = keyType ?? sentence("key-unreadable");
  const key = curve === undefined ? type : sentence("key-on-curve", { type, curve });
  return number ? sentence("key-with-number", { key, number: shownBytes(number) }) : key;
}
