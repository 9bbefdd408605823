import { decodeBase64url } from "../../bytes/base64url.js";
import { jsonLayout } from "../../bytes/jsonLayout.js";
import { decodeUtf8 } from "../../bytes/utf8.js";
import type { MapReader } from "../mapReader.js";
import type { AttestationFormat } from "./attestationFormat.js";

export interface AndroidSafetynetStatement {
  format: "android-safetynet";
  /** version of Google Play services */
  version?: string;
  response?: SafetynetResponse;
}

/** A JSON Web Signature in compact form, taken apart. */
export interface SafetynetResponse {
  /** as JSON gives it; a Map, as names come from outside */
  header?: Map<string, unknown>;
  payload?: Map<string, unknown>;
  signature?: Uint8Array;
  /** what the signature is over: header and payload as they were sent */
  signedBytes?: Uint8Array;
  /** of the header's x5c, in DER, the signer's first */
  certificates?: Uint8Array[];
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-android-safetynet-attestation */
export const androidSafetynet: AttestationFormat<AndroidSafetynetStatement> = {
  identifier: "android-safetynet",
  anchor: "sctn-android-safetynet-attestation",
  read(statement, bytes) {
    const version = statement.text("ver", "version");
    const entry = statement.entry("response", "response");
    const result: AndroidSafetynetStatement = { format: "android-safetynet" };
    if (version !== undefined) result.version = version;
    if (!entry) return result;
    const { item } = entry;
    if (item.type !== "bytes" || item.indefinite) statement.mistyped(entry, "response", "a byte string");
    else result.response = readJws(statement, bytes, item.offset + item.headLength, item.end);
    return result;
  },
};

/** @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1 */
function readJws(statement: MapReader, bytes: Uint8Array, start: number, end: number): SafetynetResponse {
  const parts = decodeUtf8(bytes, start, end).text.split(".");
  if (parts.length !== 3) {
    const message = `The response has ${parts.length} parts between dots; a JSON Web Signature has 3.`;
    statement.problem("not-jws", message, start, end - start, "response");
    return {};
  }
  const [headerText, payloadText, signatureText] = parts as [string, string, string];
  const payloadAt = start + headerText.length + 1;
  const signatureAt = payloadAt + payloadText.length + 1;
  const header = readJson(statement, "response.header", headerText, start);
  const payload = readJson(statement, "response.payload", payloadText, payloadAt);
  const signature = readPart(statement, "response.signature", signatureText, signatureAt);
  const certificates = header && readHeaderCertificates(statement, header, start, headerText.length);
  return {
    ...(header && { header }),
    ...(payload && { payload }),
    ...(signature && { signature }),
    ...(certificates && { certificates }),
    signedBytes: bytes.subarray(start, signatureAt - 1),
  };
}

function readPart(
  statement: MapReader,
  member: string,
  text: string,
  offset: number,
): Uint8Array | undefined {
  // Text that is not ASCII is shorter than its bytes; the bytes' end bounds the place.
  statement.decoding.field(statement.at(member), offset, text.length);
  const { bytes, problems } = decodeBase64url(text);
  for (const { code, message } of problems)
    statement.decoding.problem(code, message, offset, text.length, statement.at(member));
  return bytes;
}

function readJson(
  statement: MapReader,
  member: string,
  text: string,
  offset: number,
): Map<string, unknown> | undefined {
  const bytes = readPart(statement, member, text, offset);
  if (!bytes) return undefined;
  const json = decodeUtf8(bytes).text;
  const { error } = jsonLayout(json, MAX_DEPTH);
  const value: unknown = error ? undefined : JSON.parse(json);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return new Map(Object.entries(value));
  statement.problem("not-json", `${member} is not a JSON object.`, offset, text.length, member);
  return undefined;
}

/** Standard base64, not base64url. @see https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6 */
function readHeaderCertificates(
  statement: MapReader,
  header: Map<string, unknown>,
  offset: number,
  length: number,
): Uint8Array[] | undefined {
  const x5c = header.get("x5c");
  const texts = Array.isArray(x5c) ? x5c.filter((text) => typeof text === "string") : [];
  const certificates = texts
    .map((text) => decodeBase64url(text).bytes)
    .filter((bytes) => bytes !== undefined);
  if (certificates.length > 0 && certificates.length === (x5c as unknown[]).length) return certificates;
  statement.problem(
    "no-certificate",
    "The header's x5c has no readable certificates.",
    offset,
    length,
    "response.header",
  );
  return certificates.length > 0 ? certificates : undefined;
}

const MAX_DEPTH = 64;
