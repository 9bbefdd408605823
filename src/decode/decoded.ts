import type { Field, Problem } from "../bytes/problem.js";
import type { AttestationStatement } from "./attestation/index.js";

/** Decoders never throw and never guess: what was understood, where it stood, what was wrong. */
export interface Decoded<T> {
  /** whatever could be read, even if later bytes were bad */
  value: Partial<T>;
  fields: Field[];
  problems: Problem[];
  /** bytes read from the start of the input */
  consumed: number;
}

/** @see https://www.w3.org/TR/webauthn-3/#dictionary-client-data */
export interface ClientData {
  type: string;
  challenge: Uint8Array;
  origin: string;
  crossOrigin?: boolean;
  topOrigin?: string;
  [other: string]: unknown;
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
export interface AuthenticatorData {
  /** SHA-256, 32 bytes */
  rpIdHash: Uint8Array;
  flags: {
    userPresent: boolean;
    userVerified: boolean;
    backupEligible: boolean;
    backupState: boolean;
    attestedCredentialDataIncluded: boolean;
    extensionDataIncluded: boolean;
    reserved1: boolean;
    reserved2: boolean;
    byte: number;
  };
  signCount: number;
  /** whatever of it could be read */
  attestedCredentialData?: Partial<AttestedCredentialData>;
  /** as they stand in the CBOR map; absent if the flags say there are none */
  extensions?: Map<unknown, unknown>;
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data */
export interface AttestedCredentialData {
  /** lower-case, with hyphens */
  aaguid: string;
  credentialId: Uint8Array;
  coseKey: Partial<CoseKey>;
}

/** @see https://www.rfc-editor.org/rfc/rfc9052#section-7 */
export interface CoseKey {
  /** "OKP", "EC2", "RSA", "AKP", or the number for others */
  keyType: string;
  /** COSE algorithm identifier, e.g. -7 */
  algorithm: number;
  algorithmName?: string;
  curve?: string;
  x?: Uint8Array;
  y?: Uint8Array;
  n?: Uint8Array;
  e?: Uint8Array;
  /** of an algorithm key pair (AKP), as ML-DSA has */
  pub?: Uint8Array;
  labels: Map<number | string, unknown>;
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-generating-an-attestation-object */
export interface AttestationObject {
  attestationFormat: string;
  /** as it stands in the CBOR: a Map, or a list of them for the format "compound" */
  attestationStatement: unknown;
  /** the same, taken apart as its format says */
  statement?: AttestationStatement;
  authenticatorData: Partial<AuthenticatorData>;
}
