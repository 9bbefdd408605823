import {
  convertAAGUIDToString,
  cose,
  decodeAttestationObject as oracleAttestationObject,
  parseAuthenticatorData as oracleAuthenticatorData,
  decodeClientDataJSON as oracleClientData,
  decodeCredentialPublicKey as oracleKey,
} from "@simplewebauthn/server/helpers";
import { expect, test } from "vitest";
import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  decodeCoseKey,
  encodeBase64url,
} from "../../../src/index.js";
import { bytesOfCeremonies } from "../../support/recordedCeremonies.js";
import {
  ATTESTATION_OBJECT_SAMPLES,
  AUTHENTICATOR_DATA_SAMPLES,
  CLIENT_DATA_SAMPLES,
  KEY_SAMPLES,
} from "../../support/samples.js";

// What SimpleWebAuthn, an independent decoder, reads from the same bytes.

test.each([...AUTHENTICATOR_DATA_SAMPLES, ...bytesOfCeremonies("authenticatorData")])(
  "authenticator data: $name",
  ({ bytes }) => {
    const { value } = decodeAuthenticatorData(bytes);
    const expected = oracleAuthenticatorData(bytes.slice());
    expect(value.rpIdHash).toEqual(expected.rpIdHash);
    expect(value.signCount).toBe(expected.counter);
    expect(value.flags).toMatchObject({
      userPresent: expected.flags.up,
      userVerified: expected.flags.uv,
      backupEligible: expected.flags.be,
      backupState: expected.flags.bs,
      attestedCredentialDataIncluded: expected.flags.at,
      extensionDataIncluded: expected.flags.ed,
      byte: expected.flags.flagsInt,
    });
    const attested = value.attestedCredentialData;
    expect(attested?.aaguid).toBe(expected.aaguid && convertAAGUIDToString(expected.aaguid));
    expect(attested?.credentialId).toEqual(expected.credentialID);
    expect(attested?.coseKey?.labels).toEqual(
      expected.credentialPublicKey && oracleKey(expected.credentialPublicKey),
    );
    const extensions = value.extensions && Object.fromEntries(value.extensions);
    expect(extensions).toEqual(expected.extensionsData);
  },
);

test.each([...ATTESTATION_OBJECT_SAMPLES, ...bytesOfCeremonies("attestationObject")])(
  "attestation object: $name",
  ({ bytes }) => {
    const { value } = decodeAttestationObject(bytes);
    const expected = oracleAttestationObject(bytes.slice());
    expect(value.attestationFormat).toBe(expected.get("fmt"));
    expect(value.attestationStatement).toEqual(expected.get("attStmt"));
    expect(value.authenticatorData).toEqual(decodeAuthenticatorData(expected.get("authData")).value);
  },
);

test.each(KEY_SAMPLES)("COSE key: $name", ({ bytes, algorithm }) => {
  const { value } = decodeCoseKey(bytes);
  const expected = oracleKey(bytes.slice());
  expect(value.algorithm).toBe(algorithm);
  expect(value.algorithm).toBe(expected.get(cose.COSEKEYS.alg));
  if (cose.isCOSEPublicKeyEC2(expected)) {
    expect(value.keyType).toBe("EC2");
    expect(value.x).toEqual(expected.get(cose.COSEKEYS.x));
    expect(value.y).toEqual(expected.get(cose.COSEKEYS.y));
  } else if (cose.isCOSEPublicKeyOKP(expected)) {
    expect(value.keyType).toBe("OKP");
    expect(value.x).toEqual(expected.get(cose.COSEKEYS.x));
  } else if (cose.isCOSEPublicKeyRSA(expected)) {
    expect(value.keyType).toBe("RSA");
    expect(value.n).toEqual(expected.get(cose.COSEKEYS.n));
    expect(value.e).toEqual(expected.get(cose.COSEKEYS.e));
  } else {
    expect(value.keyType).toBe("AKP");
  }
});

test.each([...CLIENT_DATA_SAMPLES, ...bytesOfCeremonies("clientDataJSON")])(
  "client data: $name",
  ({ bytes }) => {
    const { challenge, ...value } = decodeClientData(bytes).value;
    const { challenge: expectedChallenge, ...expected } = oracleClientData(encodeBase64url(bytes));
    expect(value).toEqual(expected);
    expect(encodeBase64url(challenge!)).toBe(expectedChallenge);
  },
);
