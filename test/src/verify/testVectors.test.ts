import { describe, expect, it } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { decodeAttestationObject } from "../../../src/decode/attestationObject.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import {
  TEST_VECTORS,
  type TestVector,
  VECTOR_ORIGIN,
  VECTOR_ROOT,
  VECTOR_RP_ID,
  VECTOR_TOP_ORIGIN,
} from "../../fixtures/webauthnTestVectors.js";
import { buffer, create, get, recordingOf, snapshotOf } from "../../support/recordings.js";
import { checks } from "./ceremony.js";

/** Where a vector is not what its own specification demands. */
const ODDITIES: Record<string, { fail?: string[]; cannotTell?: string[] }> = {
  // Its key description writes the security levels as INTEGER, where Android's schema has ENUMERATED,
  // and names neither origin nor purpose of the key.
  "android-key.ES256": { fail: ["attestation-certificate", "attestation-nonce"] },
  // Its AAGUID is not zero.
  "fido-u2f.ES256": { cannotTell: ["attestation-aaguid"] },
};

describe("test vectors of the specification (WebAuthn Level 3, §16)", () => {
  for (const vector of TEST_VECTORS) {
    it(`${vector.name}: registration${vector.authentication ? " and authentication" : ""}`, async () => {
      const { ceremonies } = await analyze(recordingOfVector(vector), { roots: [VECTOR_ROOT] });
      const { fail = [], cannotTell = [] } = ODDITIES[vector.name] ?? {};
      const [registered, authenticated] = ceremonies.map(({ verdicts }) => verdicts);
      const failed = registered!.filter(({ outcome }) => outcome === "fail");
      expect(checks(registered!, "fail"), JSON.stringify(failed)).toEqual(fail);
      expect(checks(registered!, "cannot-tell")).toEqual([...cannotTell, "credential-id-unique"]);
      if (!vector.authentication) return;
      expect(authenticated!.filter(({ outcome }) => outcome === "fail")).toEqual([]);
      expect(checks(authenticated!, "cannot-tell")).toEqual([]);
      expect(checks(authenticated!, "pass")).toContain("signature");
    });
  }
});

function recordingOfVector({ algorithm, isInFrame, registration, authentication }: TestVector) {
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
  if (authentication) {
    const { challenge: asked, ...got } = authentication;
    const allowCredentials = [{ type: "public-key", id: rawId }];
    calls.push(get({ rpId: VECTOR_RP_ID, challenge: asked, allowCredentials }).returns(credential(got)));
  }
  return recordingOf(calls, {
    origin: VECTOR_ORIGIN,
    ancestorOrigins: isInFrame ? [VECTOR_TOP_ORIGIN] : [],
  });
}
