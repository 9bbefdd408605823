import { describe, expect, test } from "vitest";
import { decodeAttestationObject, decodeCertificate, describeCertificate } from "../../../src/index.js";
import { genuineAttestation } from "../../support/attestationSamples.js";
import { der } from "../../support/der.js";
import type { Alterations, AttestationKind } from "../../support/softwareAuthenticator.js";
import { ATTESTATION_ROOT } from "../../support/softwareAuthenticator.js";

async function attestationCertificate(kind: AttestationKind, alter: Alterations = {}) {
  const { statement } = decodeAttestationObject(genuineAttestation(kind, alter)).value;
  const [bytes] = (statement as { certificates: Uint8Array[] }).certificates;
  return { bytes: bytes!, ...(await decodeCertificate(bytes!)) };
}

describe("what a certificate says, by the paths of its fields", () => {
  test("whose it is, who issued it, when it is valid, its key, how it is signed", async () => {
    const { value } = await attestationCertificate("packed");
    const words = describeCertificate(value);
    expect(Object.fromEntries(words)).toMatchObject({
      "": value.subject!.text,
      version: "3",
      serialNumber: "07",
      tbsSignature: "ECDSA with SHA-256",
      issuer: "C=AA, O=Keyhole tests, CN=Attestation root",
      "issuer.attributes[1]": "O=Keyhole tests",
      validity: "2024-01-01 to 2044-01-01",
      "validity.notBefore": "2024-01-01T00:00:00.000Z",
      "validity.notAfter": "2044-01-01T00:00:00.000Z",
      subject: value.subject!.text,
      publicKey: "EC public key, P-256",
      extensions: "basic constraints, FIDO AAGUID",
      "extensions[0]": "basic constraints (critical): no authority",
      "extensions[0].id": "basic constraints, 2.5.29.19",
      "extensions[0].critical": "true",
      "extensions[1]": `FIDO AAGUID: ${value.aaguid}, unknown provider`,
      "extensions[1].critical": "false",
      signatureAlgorithm: "ECDSA with SHA-256",
    });
  });

  test("an authority and what its key is for", async () => {
    const words = describeCertificate((await decodeCertificate(ATTESTATION_ROOT.certificate)).value);
    expect(words.get("extensions[0]")).toBe("basic constraints (critical): an authority");
    expect(words.get("extensions[1]")).toMatch(/^key usage \(critical\): .*keyCertSign/);
  });

  test("how many authorities may follow", () => {
    const extensions = [{ id: "2.5.29.19", critical: false, value: new Uint8Array() }];
    const basicConstraints = { isAuthority: true, pathLength: 0 };
    expect(describeCertificate({ extensions, basicConstraints }).get("extensions[0]")).toBe(
      "2.5.29.19: an authority, path length 0",
    );
  });

  test.each<[AttestationKind, string]>([
    ["apple", "Apple attestation nonce: [0-9a-f]{64}"],
    ["android-key", "Android key description: version \\d+, [a-z ]+, challenge [0-9a-f]{64}"],
    ["tpm", "subject alternative name \\(critical\\): TPM manufacturer=.*"],
    ["tpm", "extended key usage: TPM attestation identity key"],
  ])("what the extensions of %s are: %s", async (kind, text) => {
    const words = [...describeCertificate((await attestationCertificate(kind)).value).values()];
    expect(words).toContainEqual(expect.stringMatching(new RegExp(`^${text}$`)));
  });

  test("one without a subject is told by its number; an unknown extension by its identifier", async () => {
    const { value } = await attestationCertificate("tpm", {
      certificate: (parts) => void parts.extensions.push({ oid: "1.2.3.4", value: der.null() }),
    });
    const words = describeCertificate(value);
    expect(words.get("")).toBe(`no subject, number ${value.serialNumber}`);
    expect(words.get("subject")).toBe("no name");
    const last = value.extensions!.length - 1;
    expect(words.get(`extensions[${last}]`)).toBe("1.2.3.4");
    expect(words.has(`extensions[${last}].value`)).toBe(false);
  });

  test("one that can't be read says nothing of what it might be", () => {
    expect(describeCertificate({}).get("")).toBeUndefined();
    expect(describeCertificate({}).get("issuer")).toBeUndefined();
  });
});

test("everything that is said has its place in the certificate", async () => {
  for (const kind of ["packed", "tpm", "android-key", "apple"] as const) {
    const { bytes, value, fields } = await attestationCertificate(kind);
    const paths = fields.map(({ path }) => path);
    const said = [...describeCertificate(value).keys()].filter((path) => path !== "");
    const placed = said.filter((path) => !/\.critical$/.test(path));
    expect(paths).toEqual(expect.arrayContaining(placed));
    const at = (path: string) => {
      const { offset, length } = fields.find((field) => field.path === path)!;
      return Buffer.from(bytes.subarray(offset, offset + length));
    };
    expect(at("validity.notBefore").toString("latin1")).toContain("240101000000Z");
    expect(at("validity.notAfter").toString("latin1")).toContain("440101000000Z");
    expect(at("issuer.attributes[2]").toString("latin1")).toContain("Attestation root");
    expect(at("publicKey.key").at(0)).toBe(3);
    for (const [index, { critical, value: content }] of value.extensions!.entries()) {
      expect(paths.includes(`extensions[${index}].critical`)).toBe(critical);
      expect(at(`extensions[${index}].value`).subarray(-content.length)).toEqual(Buffer.from(content));
      expect(at(`extensions[${index}].id`).at(0)).toBe(6);
    }
  }
});
