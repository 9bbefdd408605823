import { expect, test } from "vitest";
import { decodeAttestationObject } from "../../../src/index.js";
import { attestationObject, authenticatorData } from "../../support/authenticatorBytes.js";

test("an attestation object yields its format, statement and authenticator data", () => {
  const decoded = decodeAttestationObject(
    attestationObject({
      authData: authenticatorData({
        signCount: 7,
        backupEligible: true,
        attested: { aaguid: "fbfc3007-154e-4ecc-8c0b-6e020557d7bd" },
        extensions: { credProtect: 2 },
      }),
    }),
  );
  expect(decoded.problems).toEqual([]);
  expect(decoded.value).toMatchObject({
    attestationFormat: "none",
    attestationStatement: new Map(),
    authenticatorData: {
      signCount: 7,
      flags: { userPresent: true, userVerified: true, backupEligible: true, backupState: false, byte: 0xcd },
      attestedCredentialData: {
        aaguid: "fbfc3007-154e-4ecc-8c0b-6e020557d7bd",
        coseKey: { keyType: "EC2", algorithm: -7, algorithmName: "ES256", curve: "P-256" },
      },
      extensions: new Map([["credProtect", 2]]),
    },
  });
});
