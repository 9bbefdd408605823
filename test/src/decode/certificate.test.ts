import { verify, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeAttestationObject, decodeCertificate } from "../../../src/index.js";
import { genuineAttestation } from "../../support/attestationSamples.js";
import type { Alterations, AttestationKind } from "../../support/softwareAuthenticator.js";

function certificatesOf(kind: AttestationKind, alter?: Alterations): Uint8Array[] {
  const { statement } = decodeAttestationObject(genuineAttestation(kind, alter)).value;
  if (statement?.format === "android-safetynet") return statement.response!.certificates!;
  return (statement as { certificates: Uint8Array[] }).certificates;
}

const KINDS = ["packed", "fido-u2f", "apple", "tpm", "android-key", "android-safetynet"] as const;

test.each(KINDS)("%s: the certificate is read as Node reads it", async (kind) => {
  const [der] = certificatesOf(kind) as [Uint8Array];
  const { value, problems, consumed } = await decodeCertificate(der);
  const expected = new X509Certificate(der);
  expect(problems).toEqual([]);
  expect(consumed).toBe(der.length);
  expect(value.serialNumber?.toUpperCase()).toBe(expected.serialNumber);
  expect(Date.parse(value.validity!.notBefore)).toBe(Date.parse(expected.validFrom));
  expect(Date.parse(value.validity!.notAfter)).toBe(Date.parse(expected.validTo));
  const lines = (name?: { attributes: { type: string; value: string }[] }) =>
    name!.attributes.map(({ type, value: text }) => `${type}=${text}`).join("\n");
  expect(lines(value.issuer)).toBe(expected.issuer);
  expect(lines(value.subject)).toBe(expected.subject ?? "");
  expect(value.publicKey?.spki).toEqual(
    new Uint8Array(expected.publicKey.export({ type: "spki", format: "der" })),
  );
  expect(value.basicConstraints?.isAuthority).toBe(expected.ca);
  expect(value.pem).toBe(expected.toString());
});

test("what packed and fido-u2f certificates say", async () => {
  const [der] = certificatesOf("packed") as [Uint8Array];
  const { value } = await decodeCertificate(der);
  expect(value).toMatchObject({
    version: 3,
    subject: { text: "C=AA, O=Keyhole tests, OU=Authenticator Attestation, CN=Software authenticator" },
    signatureAlgorithm: "ECDSA with SHA-256",
    publicKey: { algorithm: "EC public key", curve: "P-256" },
    aaguid: "5d1f5b5c-9e2a-4f0c-8b4e-2f6f3c1d7a90",
  });
  expect(value.extensions?.map(({ name }) => name)).toEqual(["basic constraints", "FIDO AAGUID"]);
});

test("Apple's nonce", async () => {
  const [der] = certificatesOf("apple", { nonce: () => new Uint8Array(32).fill(5) }) as [Uint8Array];
  expect((await decodeCertificate(der)).value.appleNonce).toEqual(new Uint8Array(32).fill(5));
});

test("Android's key description", async () => {
  const [der, root] = certificatesOf("android-key", { nonce: () => new Uint8Array(32).fill(6) }) as [
    Uint8Array,
    Uint8Array,
  ];
  expect((await decodeCertificate(der)).value.keyDescription).toEqual({
    attestationVersion: 4,
    attestationSecurityLevel: "trusted environment",
    keymasterVersion: 41,
    attestationChallenge: new Uint8Array(32).fill(6),
    softwareEnforced: { allApplications: false },
    teeEnforced: { purpose: [2], origin: 0, allApplications: false },
  });
  const { value } = await decodeCertificate(root);
  expect(value).toMatchObject({
    basicConstraints: { isAuthority: true },
    keyUsage: ["crlSign", "keyCertSign"],
  });
});

test("the names of a TPM", async () => {
  const [der] = certificatesOf("tpm") as [Uint8Array];
  expect((await decodeCertificate(der)).value).toMatchObject({
    subject: { text: "" },
    subjectAlternativeNames: ["TPM manufacturer=id:FFFFF1D0, TPM model=Software, TPM version=id:13"],
    extendedKeyUsage: ["TPM attestation identity key"],
  });
});

test("fields point at the parts, and the signed part is the one that the issuer signed", async () => {
  const [der, root] = certificatesOf("android-key") as [Uint8Array, Uint8Array];
  const { value, fields } = await decodeCertificate(der);
  const at = (path: string) => {
    const { offset, length } = fields.find((field) => field.path === path)!;
    return der.subarray(offset, offset + length);
  };
  expect(at("tbsCertificate")).toEqual(value.tbsCertificate);
  expect(at("publicKey")).toEqual(value.publicKey?.spki);
  expect(Buffer.from(at("extensions[1]")).includes(Buffer.from(value.extensions![1]!.value))).toBe(true);
  const signature = verify(
    "sha256",
    value.tbsCertificate!,
    new X509Certificate(root).publicKey,
    value.signature!,
  );
  expect(signature).toBe(true);
});

test("an extension that can't be read is named, and the rest stands", async () => {
  const [der] = certificatesOf("packed", {
    certificate: (parts) =>
      void parts.extensions.push({ oid: "1.2.840.113635.100.8.2", value: Uint8Array.of(1, 2, 3) }),
  }) as [Uint8Array];
  const { value, problems } = await decodeCertificate(der);
  expect(value.aaguid).toBeDefined();
  expect(problems).toMatchObject([{ code: "certificate-extension-malformed", path: "extensions[2]" }]);
  expect(problems[0]?.length).toBeGreaterThan(0);
});

test("bytes after the certificate are a problem", async () => {
  const [der] = certificatesOf("packed") as [Uint8Array];
  const { problems, value } = await decodeCertificate(Uint8Array.of(...der, 0, 0));
  expect(problems).toMatchObject([{ code: "trailing-bytes", offset: der.length, length: 2 }]);
  expect(value.aaguid).toBeDefined();
});

test("every prefix has a problem", async () => {
  const [der] = certificatesOf("packed") as [Uint8Array];
  for (let length = 0; length < der.length; length++)
    expect((await decodeCertificate(der.slice(0, length))).problems).not.toEqual([]);
});

// Every seventh bit reaches each position in a byte; the whole takes seconds.
test("flipped bits give an answer inside the bytes", { timeout: 30_000 }, async () => {
  const [der] = certificatesOf("android-key") as [Uint8Array];
  const flipped = der.slice();
  for (let bit = 0; bit < der.length * 8; bit += 7) {
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const { fields, problems } = await decodeCertificate(flipped);
    for (const { offset, length } of [...fields, ...problems])
      if (offset + length > der.length) expect.fail(`${offset} + ${length} of ${der.length}`);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
  }
});

test("any bytes give an answer", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, wrapped) => {
      const input = wrapped
        ? Uint8Array.of(0x30, 0x82, bytes.length >> 8, bytes.length & 255, ...bytes)
        : bytes;
      expect((await decodeCertificate(input)).problems).not.toEqual([]);
    }),
  );
});

test("thousands of constructed items in each other give an answer", async () => {
  const depth = 10_000;
  const nested = new Uint8Array(depth * 5);
  for (let level = 0; level < depth; level++) {
    const content = (depth - level - 1) * 5;
    nested.set([0x30, 0x83, content >> 16, (content >> 8) & 255, content & 255], level * 5);
  }
  // The innermost lengths are written longer than need be: whoever gets there has followed everything.
  expect((await decodeCertificate(nested)).problems[0]?.code).toMatch(/^certificate-/);
});
