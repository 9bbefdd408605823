import { decodeAttestationObject } from "../../src/decode/attestationObject.js";
import type { Recording } from "../../src/recording/recording.js";
import type { Snapshot } from "../../src/recording/snapshot.js";
import {
  type TestVector,
  VECTOR_ORIGIN,
  VECTOR_RP_ID,
  VECTOR_TOP_ORIGIN,
} from "../fixtures/webauthnTestVectors.js";
import { buffer, create, get, recordingOf, snapshotOf } from "./recordings.js";

/** A test vector of the specification as the recording of a page that it came from. */
export function recordingOfVector({
  algorithm,
  isInFrame,
  registration,
  authentication,
}: TestVector): Recording {
  const { value } = decodeAttestationObject(registration.attestationObject);
  const rawId = value.authenticatorData!.attestedCredentialData!.credentialId!;
  const credential = (response: Record<string, Uint8Array>): Snapshot => ({
    $: "PublicKeyCredential",
    value: snapshotOf({
      id: Buffer.from(rawId).toString("base64url"),
      rawId: buffer(rawId),
      type: "public-key",
      clientExtensionResults: {},
      response: Object.fromEntries(Object.entries(response).map(([name, bytes]) => [name, buffer(bytes)])),
    }) as { [key: string]: Snapshot },
  });
  const { challenge, ...created } = registration;
  const calls = [
    create({
      rp: { id: VECTOR_RP_ID },
      challenge,
      pubKeyCredParams: [{ type: "public-key", alg: algorithm }],
    }).returns(credential(created)),
  ];
  const { challenge: asked, ...got } = authentication;
  const allowCredentials = [{ type: "public-key", id: rawId }];
  calls.push(get({ rpId: VECTOR_RP_ID, challenge: asked, allowCredentials }).returns(credential(got)));
  return recordingOf(calls, {
    origin: VECTOR_ORIGIN,
    ancestorOrigins: isInFrame ? [VECTOR_TOP_ORIGIN] : [],
  });
}
