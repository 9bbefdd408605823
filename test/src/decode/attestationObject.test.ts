import { expect, test } from "vitest";
import { decodeAttestationObject } from "../../../src/index.js";
import { attestationObject, authenticatorData } from "../../support/authenticatorBytes.js";
import { cborHead, encodeCbor, joinBytes } from "../../support/encodeCbor.js";

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

test("offsets inside the authenticator data are in the attestation object", () => {
  const bytes = attestationObject({ authData: authenticatorData({ signCount: 0x01020304 }) });
  const { fields } = decodeAttestationObject(bytes);
  const signCount = fields.find(({ path }) => path === "authenticatorData.signCount")!;
  expect([...bytes.subarray(signCount.offset, signCount.offset + signCount.length)]).toEqual([1, 2, 3, 4]);
});

test.each([
  [
    "no fmt",
    { attStmt: {}, authData: authenticatorData() },
    "attestation-object-member-missing",
    "attestationFormat",
  ],
  [
    "fmt as bytes",
    { fmt: new Uint8Array(4), attStmt: {}, authData: authenticatorData() },
    "attestation-object-member-type",
    "attestationFormat",
  ],
  [
    "attStmt as array",
    { fmt: "none", attStmt: [], authData: authenticatorData() },
    "attestation-statement-type",
    "attestationStatement",
  ],
  [
    "authData as text",
    { fmt: "none", attStmt: {}, authData: "x" },
    "attestation-object-member-type",
    "authenticatorData",
  ],
  [
    "a member too many",
    { fmt: "none", attStmt: {}, x: 1, authData: authenticatorData() },
    "attestation-object-member-unknown",
    '"x"',
  ],
])("%s is a problem of that member", (_, members, code, path) => {
  expect(decodeAttestationObject(encodeCbor(members)).problems).toMatchObject([{ code, path }]);
});

test("of a member that comes twice, the later counts", () => {
  const members = [
    ["fmt", "x"],
    ["attStmt", { level: 1 }],
    ["attStmt", { level: 2 }],
    ["authData", authenticatorData()],
  ];
  const bytes = joinBytes(cborHead(5, members.length), ...members.flat().map(encodeCbor));
  const { value, problems } = decodeAttestationObject(bytes);
  expect(value.attestationStatement).toEqual(new Map([["level", 2]]));
  expect(value.statement).toMatchObject({ members: new Map([["level", 2]]) });
  expect(problems.map(({ code }) => code)).toEqual(["cbor-duplicate-key"]);
});

test("authenticator data in chunks is none", () => {
  const chunks = Uint8Array.of(0x5f, ...encodeCbor(authenticatorData()), 0xff);
  const bytes = joinBytes(
    cborHead(5, 3),
    ...["fmt", "none", "attStmt", {}, "authData"].map(encodeCbor),
    chunks,
  );
  const { value, problems } = decodeAttestationObject(bytes);
  expect(value.authenticatorData).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual([
    "cbor-indefinite-length",
    "attestation-object-member-type",
  ]);
});

test("something else than a map is no attestation object", () => {
  const { value, problems } = decodeAttestationObject(encodeCbor("none"));
  expect(value).toEqual({});
  expect(problems).toMatchObject([{ code: "cbor-not-a-map" }]);
});

test("an attestation object that is cut off in its statement gives its format", () => {
  const bytes = attestationObject({ fmt: "packed", attStmt: { alg: -7, sig: new Uint8Array(70) } });
  const { value, problems } = decodeAttestationObject(bytes.subarray(0, 40));
  expect(value).toEqual({ attestationFormat: "packed" });
  expect(problems[0]?.code).toBe("cbor-truncated");
});
