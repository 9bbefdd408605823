import { createHash, createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import { decodeAttestationObject, encodeBase64url, encodeHex } from "../../../src/index.js";
import { bytesOf } from "../../support/authenticatorBytes.js";

/** @see https://www.w3.org/TR/webauthn-3/#sctn-test-vectors-packed-self-es256 */
const PACKED_SELF_ES256 = bytesOf(
  [
    "a363666d74667061636b65646761747453746d74a263616c67266373696758463044",
    "0220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da983",
    "02207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d",
    "68617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5",
    "5d00000000df850e09db6afbdfab51697791506cfc",
    "0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c",
    "a5010203262001215820eb151c8176b225cc651559fecf07af450fd85802046656b34c18f6cf193843c5",
    "225820927b8aa427a2be1b8834d233a2d34f61f13bfd44119c325d5896e183fee484f2",
  ].join(""),
);

test("the specification's packed self attestation is read as the specification says", () => {
  const { value, problems, consumed } = decodeAttestationObject(PACKED_SELF_ES256);
  expect(problems).toEqual([]);
  expect(consumed).toBe(PACKED_SELF_ES256.length);
  expect(value.statement).toMatchObject({ format: "packed", kind: "self", algorithmName: "ES256" });
  const { rpIdHash, flags, signCount, attestedCredentialData } = value.authenticatorData!;
  expect(encodeHex(rpIdHash!)).toBe(createHash("sha256").update("example.org").digest("hex"));
  expect(flags).toMatchObject({
    userPresent: true,
    userVerified: true,
    backupEligible: true,
    backupState: true,
  });
  expect(signCount).toBe(0);
  const { aaguid, credentialId, coseKey } = attestedCredentialData!;
  expect(aaguid).toBe("df850e09-db6a-fbdf-ab51-697791506cfc");
  expect(encodeHex(credentialId!)).toBe("455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c");
  const [x, y] = [encodeBase64url(coseKey!.x!), encodeBase64url(coseKey!.y!)];
  // Node refuses a point that is not on the curve.
  expect(createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x, y } }).asymmetricKeyType).toBe(
    "ec",
  );
});
