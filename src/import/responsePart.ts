import { encodeBase64url } from "../bytes/base64url.js";
import { DER, readDerSequence } from "../bytes/der.js";
import { decodeAttestationObject } from "../decode/attestationObject.js";
import { decodeAuthenticatorData } from "../decode/authenticatorData.js";
import { decodeCertificate } from "../decode/certificate.js";
import { decodeClientData } from "../decode/clientData.js";
import { decodeCoseKey } from "../decode/coseKey.js";
import { decodeSpki } from "../decode/publicKey.js";
import type { Snapshot } from "../recording/snapshot.js";
import { describeCoseAlgorithm } from "../spec/cose.js";
import { bareResponse } from "./ceremonyCalls.js";
import type { ImportedCall } from "./importedRecording.js";
import { quoted } from "./places.js";

/** Bytes that were recognized: what they are, and the member of a response that holds such bytes. */
export interface ResponsePart {
  /** in words: "attestation object" */
  title: string;
  /** what tells it from another of its kind; may be about people or devices, and so is not for the recording */
  detail?: string;
  member:
    | "attestationObject"
    | "authenticatorData"
    | "clientDataJSON"
    | "coseKey"
    | "publicKey"
    | "certificate"
    | "signature";
  api: "credentials.create" | "credentials.get";
}

/**
 * What bytes that came without a word of explanation are: a part of a response, a key, a certificate.
 * Damaged ones are recognized by how they begin; undefined for bytes that could be anything.
 */
export async function recognizeResponsePart(bytes: Uint8Array): Promise<ResponsePart | undefined> {
  return (
    attestationObject(bytes) ??
    clientData(bytes) ??
    coseKey(bytes) ??
    (await der(bytes)) ??
    authenticatorData(bytes)
  );
}

/** The part in words, for whoever imports it. */
export function titleOf({ title, detail }: ResponsePart): string {
  return detail === undefined ? title : `${title} ${detail}`;
}

/** A call that stands for the part: a response of which nothing else is known. */
export function callOfPart(
  { title, member, api }: ResponsePart,
  bytes: Uint8Array,
  as: string,
  at = "",
): ImportedCall {
  const snapshot: Snapshot = { $: "bytes", type: "ArrayBuffer", base64url: encodeBase64url(bytes) };
  const part = api === "credentials.create" ? "registration" : "authentication";
  return {
    api,
    imported: { as: as || title, ...(at !== "" && { at }) },
    outcome: { status: "fulfilled", value: bareResponse({ [member]: snapshot }, part) },
  };
}

function attestationObject(bytes: Uint8Array): ResponsePart | undefined {
  if (bytes[0] === undefined || bytes[0] >> 5 !== CBOR_MAP) return undefined;
  const { value } = decodeAttestationObject(bytes);
  if (value.attestationFormat === undefined && value.authenticatorData?.rpIdHash === undefined)
    return undefined;
  return { title: "attestation object", member: "attestationObject", api: "credentials.create" };
}

function clientData(bytes: Uint8Array): ResponsePart | undefined {
  if (bytes[0] !== 0x7b && bytes[0] !== 0xef) return undefined;
  const { value, problems } = decodeClientData(bytes);
  const isCut = problems.some(({ code }) => code === "client-data-not-json");
  const type = isCut ? CUT_TYPE.exec(String.fromCharCode(...bytes.subarray(0, 80)))?.[1] : value.type;
  if (typeof type !== "string" || !type.startsWith("webauthn.")) return undefined;
  const api = type === "webauthn.create" ? "credentials.create" : "credentials.get";
  return { title: "client data", member: "clientDataJSON", api };
}

const CUT_TYPE = /^\{\s*"type"\s*:\s*"(webauthn\.[a-z]+)"/;

function coseKey(bytes: Uint8Array): ResponsePart | undefined {
  if (bytes[0] === undefined || bytes[0] >> 5 !== CBOR_MAP) return undefined;
  const { value } = decodeCoseKey(bytes);
  if (value.keyType === undefined || value.algorithm === undefined) return undefined;
  const title = `COSE key, ${describeCoseAlgorithm(value.algorithm)}`;
  return { title, member: "coseKey", api: "credentials.create" };
}

const CBOR_MAP = 5;

async function der(bytes: Uint8Array): Promise<ResponsePart | undefined> {
  const items = readDerSequence(bytes);
  if (!items) return undefined;
  if (items.length === 2 && items.every(({ tag }) => tag === DER.integer))
    return { title: "signature (ECDSA)", member: "signature", api: "credentials.get" };
  const spki = decodeSpki(bytes);
  if (spki.value.keyType !== undefined)
    return { title: describeKey(spki.value), member: "publicKey", api: "credentials.create" };
  if (items.length !== 3 || items[0]?.tag !== DER.sequence) return undefined;
  const { value } = await decodeCertificate(bytes);
  if (!value.subject || !value.validity) return undefined;
  const { notBefore, notAfter } = value.validity;
  const detail = `of ${quoted(value.subject.text)}, valid from ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`;
  return { title: "certificate", detail, member: "certificate", api: "credentials.create" };
}

function describeKey({ keyType, curve }: { keyType?: string; curve?: string }): string {
  return `public key, ${curve ?? keyType}`;
}

/** Has no mark of its own: it is one if its flags agree with its length and with each other. */
function authenticatorData(bytes: Uint8Array): ResponsePart | undefined {
  if (bytes.length < MIN_AUTHENTICATOR_DATA) return undefined;
  const { value, problems } = decodeAuthenticatorData(bytes);
  const { flags } = value;
  if (!flags || flags.reserved1 || flags.reserved2 || (flags.backupState && !flags.backupEligible))
    return undefined;
  // Cut off inside the credential data: the AAGUID and the length of the ID have been read, and the length is possible.
  const isCut =
    flags.attestedCredentialDataIncluded && value.attestedCredentialData?.credentialId !== undefined;
  if (problems.length > 0 && !isCut) return undefined;
  const api = flags.attestedCredentialDataIncluded ? "credentials.create" : "credentials.get";
  return { title: "authenticator data", member: "authenticatorData", api };
}

/** RP ID hash, flags and sign count. */
const MIN_AUTHENTICATOR_DATA = 37;
