import { encodeBase64url } from "../bytes/base64url.js";
import { resultOf } from "../ceremony/readCeremony.js";
import { decodeAttestationObject } from "../decode/attestationObject.js";
import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Call, Recording } from "../recording/recording.js";

/** A ceremony as servers send and get it: options and response as WebAuthn's JSON. */
export interface CeremonyJson {
  type: "create" | "get";
  /** PublicKeyCredentialCreationOptionsJSON, or PublicKeyCredentialRequestOptionsJSON */
  options: unknown;
  /** RegistrationResponseJSON, or AuthenticationResponseJSON; absent unless an answer came */
  response?: unknown;
}

/**
 * Options and answer of one ceremony as JSON: bytes are base64url, what a page left out is left out. What
 * was wrong stays wrong, and what the recording couldn't keep (a masked secret) is left out. Undefined for
 * other calls.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptionsjson
 */
export function toWebAuthnJson(call: Call): CeremonyJson | undefined {
  const { api } = call;
  const publicKey = readSnapshot(call.arguments[0]).member("publicKey");
  if ((api !== "credentials.create" && api !== "credentials.get") || publicKey.isAbsent) return undefined;
  const answer = resultOf(call);
  const response = answer?.kind === "object" ? responseJson(answer) : undefined;
  return {
    type: api === "credentials.create" ? "create" : "get",
    options: jsonOf(publicKey),
    ...(response !== undefined && { response }),
  };
}

/** All ceremonies of a recording, as a text. */
export function writeWebAuthnJson({ calls }: Recording): string {
  return `${JSON.stringify(
    calls.flatMap((call) => toWebAuthnJson(call) ?? []),
    null,
    2,
  )}\n`;
}

function responseJson(credential: Reading): unknown {
  const response = credential.member("response");
  const authenticatorData = authenticatorDataOf(credential);
  return objectOf([
    ...["id", "rawId", "type", "authenticatorAttachment", "clientExtensionResults"].map(
      (name): [string, unknown] => [name, jsonOf(credential.member(name))],
    ),
    [
      "response",
      objectOf([
        ...response.members().map(([name, member]): [string, unknown] => [name, jsonOf(member)]),
        ...(authenticatorData === undefined
          ? []
          : [["authenticatorData", authenticatorData] as [string, unknown]]),
      ]),
    ],
  ]);
}

/** A registration's JSON has the authenticator data beside the attestation object that holds it. */
function authenticatorDataOf(credential: Reading): string | undefined {
  const object = credential.member("response", "attestationObject").bytes();
  if (!object) return undefined;
  const { fields } = decodeAttestationObject(object);
  const placeOf = (name: string) => fields.find(({ path }) => path === name);
  const [item, first] = [placeOf("authenticatorData"), placeOf("authenticatorData.rpIdHash")];
  return item && first && encodeBase64url(object.subarray(first.offset, item.offset + item.length));
}

/** As JSON has it; undefined for what it can't have. */
function jsonOf(reading: Reading): unknown {
  switch (reading.kind) {
    case "null":
    case "boolean":
    case "string":
      return reading.snapshot;
    case "number": {
      const number = reading.number();
      return Number.isFinite(number) ? number : undefined;
    }
    case "bytes":
      return reading.base64url();
    case "list":
      return reading.items().map((item) => jsonOf(item) ?? null);
    case "object":
      return objectOf(reading.members().map(([name, member]) => [name, jsonOf(member)]));
    default:
      return undefined;
  }
}

function objectOf(members: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
