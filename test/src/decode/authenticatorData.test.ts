import { expect, test } from "vitest";
import { decodeAuthenticatorData } from "../../../src/index.js";
import {
  authenticatorData,
  bytesOf,
  CREDENTIAL_ID,
  ES256_COSE_KEY,
} from "../../support/authenticatorBytes.js";
import { encodeCbor, joinBytes } from "../../support/encodeCbor.js";

const keyLength = ES256_COSE_KEY.length;

test("every member has its place", () => {
  const { fields } = decodeAuthenticatorData(
    authenticatorData({ attested: {}, extensions: { credProtect: 3, "my-ext": true } }),
  );
  const places = Object.fromEntries(fields.map(({ path, offset, length }) => [path, [offset, length]]));
  const extensionsAt = 75 + keyLength;
  expect(places).toEqual({
    rpIdHash: [0, 32],
    flags: [32, 1],
    signCount: [33, 4],
    attestedCredentialData: [37, 38 + keyLength],
    "attestedCredentialData.aaguid": [37, 16],
    "attestedCredentialData.credentialIdLength": [53, 2],
    "attestedCredentialData.credentialId": [55, 20],
    "attestedCredentialData.coseKey": [75, keyLength],
    "attestedCredentialData.coseKey.keyType": [77, 1],
    "attestedCredentialData.coseKey.algorithm": [79, 1],
    "attestedCredentialData.coseKey.curve": [81, 1],
    "attestedCredentialData.coseKey.x": [83, 34],
    "attestedCredentialData.coseKey.y": [118, 34],
    extensions: [extensionsAt, 22],
    "extensions.my-ext": [extensionsAt + 1, 8],
    "extensions.credProtect": [extensionsAt + 9, 13],
  });
});

test("each flag stands for its bit", () => {
  const members = [
    "userPresent",
    "reserved1",
    "userVerified",
    "backupEligible",
    "backupState",
    "reserved2",
    "attestedCredentialDataIncluded",
    "extensionDataIncluded",
  ] as const;
  members.forEach((member, bit) => {
    const flags = decodeAuthenticatorData(authenticatorData({ flags: 1 << bit })).value.flags!;
    expect(members.filter((name) => flags[name])).toEqual([member]);
    expect(flags.byte).toBe(1 << bit);
  });
});

test("the sign count is unsigned", () => {
  expect(decodeAuthenticatorData(authenticatorData({ signCount: 0xffffffff })).value.signCount).toBe(
    0xffffffff,
  );
});

const AT = 0x40;
const ED = 0x80;
const present = (flags: number) => authenticatorData({ flags: flags | 1 });
const attested = authenticatorData({ attested: {} }).subarray(37);
const extensions = encodeCbor({ credProtect: 1 });

test.each([
  ["AT without data", present(AT), "attested-credential-data-missing", 37, 0],
  ["ED without data", present(ED), "extensions-missing", 37, 0],
  [
    "AT and ED with attested data alone",
    joinBytes(present(AT | ED), attested),
    "extensions-missing",
    75 + keyLength,
    0,
  ],
  ["data without AT or ED", joinBytes(present(0), attested), "unannounced-data", 37, attested.length],
  [
    "extensions without ED",
    joinBytes(present(AT), attested, extensions),
    "unannounced-data",
    75 + keyLength,
    extensions.length,
  ],
  [
    "leftover bytes",
    joinBytes(present(AT | ED), attested, extensions, bytesOf("00ff")),
    "trailing-bytes",
    75 + keyLength + extensions.length,
    2,
  ],
  ["extensions that are no map", joinBytes(present(ED), encodeCbor([1])), "cbor-not-a-map", 37, 2],
  ["a reserved bit", present(0x20), "reserved-flag", 32, 1],
  ["the other reserved bit", present(0x02), "reserved-flag", 32, 1],
  ["fewer than 37 bytes", present(0).subarray(0, 35), "authenticator-data-truncated", 33, 2],
])("%s is a problem", (_, bytes, code, offset, length) => {
  expect(decodeAuthenticatorData(bytes).problems).toMatchObject([{ code, offset, length }]);
});

test("what comes before the cut is read", () => {
  const { value, problems } = decodeAuthenticatorData(authenticatorData({ attested: {} }).subarray(0, 80));
  expect(value.attestedCredentialData).toMatchObject({
    aaguid: "00000000-0000-0000-0000-000000000000",
    credentialId: CREDENTIAL_ID,
    coseKey: { keyType: "EC2", algorithm: -7 },
  });
  expect(problems[0]).toMatchObject({ code: "cbor-truncated", path: "attestedCredentialData.coseKey" });
});

test("a credential ID that says it is longer than everything there is", () => {
  const bytes = authenticatorData({ attested: {} });
  bytes.set([0xff, 0xff], 53);
  const { value, problems } = decodeAuthenticatorData(bytes);
  expect(value.attestedCredentialData).toEqual({ aaguid: "00000000-0000-0000-0000-000000000000" });
  expect(problems).toMatchObject([{ code: "authenticator-data-truncated", offset: 55 }]);
});

test("a credential ID beyond 1023 bytes is read and reported", () => {
  const { value, problems } = decodeAuthenticatorData(
    authenticatorData({ attested: { credentialId: new Uint8Array(1024) } }),
  );
  expect(value.attestedCredentialData?.credentialId).toHaveLength(1024);
  expect(problems).toMatchObject([{ code: "credential-id-length", offset: 55, length: 1024 }]);
});

test("a credential ID of no bytes is reported, one of 1023 is not", () => {
  const problemsWith = (length: number) =>
    decodeAuthenticatorData(authenticatorData({ attested: { credentialId: new Uint8Array(length) } }))
      .problems;
  expect(problemsWith(0)).toMatchObject([{ code: "credential-id-length", offset: 55, length: 0 }]);
  expect(problemsWith(1023)).toEqual([]);
});

test("the key ends where its layout does, though it is not in canonical form", () => {
  const sloppy = bytesOf(
    `bf0102 0326 2001 215820${"11".repeat(32)} 225820${"22".repeat(32)} ff`.replaceAll(" ", ""),
  );
  const { value, problems } = decodeAuthenticatorData(
    authenticatorData({ attested: { coseKey: sloppy }, extensions: { credProtect: 2 } }),
  );
  expect(value.extensions).toEqual(new Map([["credProtect", 2]]));
  expect(value.attestedCredentialData?.coseKey).toMatchObject({
    keyType: "EC2",
    algorithm: -7,
    curve: "P-256",
  });
  expect(problems.map(({ code }) => code)).toEqual(["cbor-indefinite-length"]);
});
