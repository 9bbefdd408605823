import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  ATTESTATION_FORMATS,
  type AttestationStatement,
  decodeAttestationObject,
  decodeCertificate,
} from "../../../../src/index.js";
import { ATTESTATION_KINDS, genuineAttestation } from "../../../support/attestationSamples.js";
import { attestationObject, bytesOf } from "../../../support/authenticatorBytes.js";
import { encodeCbor } from "../../../support/encodeCbor.js";
import type { Alterations, AttestationKind } from "../../../support/softwareAuthenticator.js";

type Of<Format> = Extract<AttestationStatement, { format: Format }>;

function genuine<Format extends AttestationStatement["format"]>(
  kind: AttestationKind,
  _format: Format,
  alter?: Alterations,
) {
  const bytes = genuineAttestation(kind, alter);
  const decoded = decodeAttestationObject(bytes);
  return {
    bytes,
    decoded,
    statement: decoded.value.statement as Of<Format>,
    raw: decoded.value.attestationStatement,
  };
}

/** The bytes that a field points at. */
function bytesAt(
  { bytes, decoded }: { bytes: Uint8Array; decoded: ReturnType<typeof decodeAttestationObject> },
  path: string,
) {
  const field = decoded.fields.find((candidate) => candidate.path === `attestationStatement${path}`);
  if (!field)
    throw new Error(`no field ${path} among ${decoded.fields.map(({ path: each }) => each).join(", ")}`);
  return bytes.subarray(field.offset, field.offset + field.length);
}

describe("genuine statements", () => {
  test.each(ATTESTATION_KINDS)("%s is taken apart without a problem", (kind) => {
    const { problems, value } = decodeAttestationObject(genuineAttestation(kind));
    expect(problems).toEqual([]);
    expect(value.statement?.format).toBe(value.attestationFormat);
  });

  test("packed by a certificate", () => {
    const sample = genuine("packed", "packed");
    const raw = sample.raw as Map<string, unknown>;
    expect(sample.statement).toEqual({
      format: "packed",
      kind: "certificate",
      algorithm: -7,
      algorithmName: "ES256",
      signature: raw.get("sig"),
      certificates: raw.get("x5c"),
    });
    expect(bytesAt(sample, ".signature")).toEqual(encodeCbor(raw.get("sig")));
    expect(bytesAt(sample, ".certificates[0]")).toEqual(encodeCbor((raw.get("x5c") as unknown[])[0]));
  });

  test("packed by the credential itself", () => {
    const { statement } = genuine("packed-self", "packed");
    expect(statement).toMatchObject({ kind: "self", algorithm: -7 });
    expect(statement.certificates).toBeUndefined();
  });

  test("packed with ECDAA", () => {
    const bytes = attestationObject({
      fmt: "packed",
      attStmt: { alg: -7, sig: Uint8Array.of(1), ecdaaKeyId: Uint8Array.of(2) },
    });
    expect(decodeAttestationObject(bytes)).toMatchObject({
      problems: [],
      value: { statement: { kind: "ecdaa", ecdaaKeyId: Uint8Array.of(2) } },
    });
  });

  test("fido-u2f, apple, android-key have their certificates in order", () => {
    expect(genuine("fido-u2f", "fido-u2f").statement.certificates).toHaveLength(1);
    expect(genuine("apple", "apple").statement.certificates).toHaveLength(1);
    const androidKey = genuine("android-key", "android-key");
    expect(androidKey.statement.certificates).toEqual((androidKey.raw as Map<string, unknown>).get("x5c"));
    expect(androidKey.statement.certificates).toHaveLength(2);
  });

  test("tpm: certInfo and pubArea are taken apart", () => {
    const sample = genuine("tpm", "tpm");
    const { statement } = sample;
    const raw = sample.raw as Map<string, Uint8Array>;
    const key = sample.decoded.value.authenticatorData!.attestedCredentialData!.coseKey!;
    expect(statement).toMatchObject({ version: "2.0", algorithm: -7 });
    expect(statement.certInfoBytes).toEqual(raw.get("certInfo"));
    expect(statement.certInfo).toMatchObject({
      magic: 0xff544347,
      type: "CERTIFY",
      clockInfo: { clock: 0n, resetCount: 1, restartCount: 1, safe: true },
      firmwareVersion: 0n,
    });
    const name = createHash("sha256").update(statement.pubAreaBytes!).digest();
    expect(statement.certInfo?.name).toEqual(Uint8Array.of(0, 0x0b, ...name));
    expect(statement.certInfo?.extraData).toHaveLength(32);
    expect(statement.pubArea).toEqual({
      type: "ECC",
      nameAlgorithm: "SHA256",
      objectAttributes: ["fixedTPM", "fixedParent", "sensitiveDataOrigin", "userWithAuth", "sign"],
      authPolicy: new Uint8Array(),
      symmetric: "NULL",
      scheme: "NULL",
      curve: "P-256",
      kdf: "NULL",
      x: key.x,
      y: key.y,
    });
    expect(bytesAt(sample, ".certInfo.extraData")).toEqual(statement.certInfo?.extraData);
    expect(bytesAt(sample, ".pubArea.x")).toEqual(key.x);
  });

  test("tpm: an RSA key", () => {
    const sample = genuine("tpm", "tpm", { algorithm: -257 });
    const key = sample.decoded.value.authenticatorData!.attestedCredentialData!.coseKey!;
    expect(sample.decoded.problems).toEqual([]);
    expect(sample.statement.pubArea).toMatchObject({
      type: "RSA",
      keyBits: 2048,
      exponent: 0,
      modulus: key.n,
    });
  });

  test("android-safetynet: the signature's parts", () => {
    const sample = genuine("android-safetynet", "android-safetynet");
    const { version, response } = sample.statement;
    const [header, payload, signature] = new TextDecoder()
      .decode((sample.raw as Map<string, Uint8Array>).get("response"))
      .split(".");
    expect(version).toBe("241234037");
    expect(response?.header?.get("alg")).toBe("RS256");
    expect(response?.payload?.get("apkPackageName")).toBe("com.google.android.gms");
    expect(response?.certificates?.[0]?.[0]).toBe(0x30);
    expect(Buffer.from(response!.signature!).toString("base64url")).toBe(signature);
    expect(new TextDecoder().decode(response?.signedBytes)).toBe(`${header}.${payload}`);
    expect(new TextDecoder().decode(bytesAt(sample, ".response.payload"))).toBe(payload);
    expect(new TextDecoder().decode(bytesAt(sample, ".response.signature"))).toBe(signature);
  });

  test("compound: each part by its own format", () => {
    const sample = genuine("compound", "compound");
    expect(sample.statement.statements.map(({ format }) => format)).toEqual(["packed", "android-key"]);
    const [, second] = sample.raw as Map<string, Map<string, unknown>>[];
    expect(bytesAt(sample, "[1].attStmt.signature")).toEqual(encodeCbor(second!.get("attStmt")!.get("sig")));
  });
});

describe("damaged statements", () => {
  const problems = (fmt: string, attStmt: unknown) =>
    decodeAttestationObject(attestationObject({ fmt, attStmt })).problems.map(({ code, path }) => [
      code,
      path,
    ]);

  test.each([
    ["none", { sig: 1 }, "attestation-statement-member-unknown", "attestationStatement.sig"],
    [
      "packed",
      { sig: Uint8Array.of(1) },
      "attestation-statement-member-missing",
      "attestationStatement.algorithm",
    ],
    [
      "packed",
      { alg: "ES256", sig: Uint8Array.of(1) },
      "attestation-statement-member-type",
      "attestationStatement.algorithm",
    ],
    [
      "packed",
      { alg: -7, sig: Uint8Array.of(1), x5c: [] },
      "attestation-statement-no-certificate",
      "attestationStatement.certificates",
    ],
    [
      "packed",
      { alg: -7, sig: Uint8Array.of(1), x5c: Uint8Array.of(1) },
      "attestation-statement-member-type",
      "attestationStatement.certificates",
    ],
    [
      "packed",
      { alg: -7, sig: Uint8Array.of(1), x5c: ["pem"] },
      "attestation-statement-member-type",
      "attestationStatement.certificates[0]",
    ],
    [
      "fido-u2f",
      { sig: Uint8Array.of(1), x5c: [Uint8Array.of(1), Uint8Array.of(2)] },
      "attestation-statement-certificate-count",
      "attestationStatement.certificates",
    ],
    ["apple", {}, "attestation-statement-member-missing", "attestationStatement.certificates"],
    [
      "android-safetynet",
      { ver: "1", response: new TextEncoder().encode("a.b") },
      "attestation-statement-not-jws",
      "attestationStatement.response",
    ],
    [
      "android-safetynet",
      { ver: "1", response: new TextEncoder().encode("bnVsbA.e30.AA") },
      "attestation-statement-not-json",
      "attestationStatement.response.header",
    ],
    ["packed", [1], "attestation-statement-type", "attestationStatement"],
    ["compound", {}, "attestation-statement-type", "attestationStatement"],
    ["compound", [{ fmt: "none", attStmt: {} }], "attestation-statement-count", "attestationStatement"],
    [
      "compound",
      [
        { fmt: "none", attStmt: {} },
        { fmt: "compound", attStmt: [] },
      ],
      "attestation-statement-nested",
      "attestationStatement[1].fmt",
    ],
    ["compound", [{ fmt: "none", attStmt: {} }, 5], "attestation-statement-type", "attestationStatement[1]"],
  ])("%s %o: %s", (fmt, attStmt, code, path) => {
    expect(problems(fmt, attStmt)).toContainEqual([code, path]);
  });

  test("an unknown format is shown as it stands", () => {
    const {
      value,
      problems: found,
      fields,
    } = decodeAttestationObject(attestationObject({ fmt: "telepathy", attStmt: { level: 9 } }));
    expect(value.statement).toEqual({
      format: "unknown",
      identifier: "telepathy",
      members: new Map([["level", 9]]),
    });
    expect(found).toEqual([]);
    expect(fields.map(({ path }) => path)).toContain("attestationStatement.level");
  });

  test("a TPM structure that is cut off gives what comes before the cut", () => {
    const { statement, decoded } = genuine("tpm", "tpm", {
      statement: (map) => void map.set("certInfo", (map.get("certInfo") as Uint8Array).subarray(0, 20)),
    });
    expect(statement.certInfo).toEqual({ magic: 0xff544347, type: "CERTIFY" });
    expect(decoded.problems).toMatchObject([
      { code: "tpm-cert-info-truncated", path: "attestationStatement.certInfo.qualifiedSigner" },
    ]);
  });

  test("another magic, another type, another version", () => {
    const codes = (alter: Alterations) =>
      genuine("tpm", "tpm", alter).decoded.problems.map(({ code }) => code);
    expect(codes({ tpm: (parts) => ({ ...parts, magic: 1 }) })).toEqual(["tpm-cert-info-magic"]);
    expect(codes({ tpm: (parts) => ({ ...parts, ver: "1.2" }) })).toEqual(["attestation-statement-version"]);
    expect(
      genuine("tpm", "tpm", { tpm: (parts) => ({ ...parts, type: 0x8018 }) }).statement.certInfo,
    ).toMatchObject({ type: "QUOTE" });
  });

  test.each([
    ["pubArea", "tpm-pub-area-trailing-bytes"],
    ["certInfo", "tpm-cert-info-trailing-bytes"],
  ])("bytes after the TPM's %s are a problem", (name, code) => {
    const { decoded } = genuine("tpm", "tpm", {
      statement: (map) => void map.set(name, Uint8Array.of(...(map.get(name) as Uint8Array), 0)),
    });
    expect(decoded.problems.map((problem) => problem.code)).toEqual([code]);
  });

  // TPMT_PUBLIC by hand, as part 2 of the TPM's specification writes it; of the schemes, some have more members.
  test.each([
    [
      "RSA for decrypting, wrapped with AES",
      "0001 000b 00020070 0000 0006 0080 0043 0015 0800 00010001 0002 abcd",
      { type: "RSA", symmetric: "AES", scheme: "RSAES", keyBits: 2048, exponent: 65537 },
      "modulus",
    ],
    [
      "ECC with ECDAA and a key derivation",
      "0023 000b 00040072 0000 0010 001a 000b 0001 0003 0020 000b 0001 aa 0001 bb",
      {
        type: "ECC",
        symmetric: "NULL",
        scheme: "ECDAA with SHA256",
        curve: "P-256",
        kdf: "KDF1_SP800_56A with SHA256",
        objectAttributes: ["fixedTPM", "fixedParent", "sensitiveDataOrigin", "userWithAuth", "sign"],
      },
      "y",
    ],
  ])("a TPM's public area: %s", (_, hex, members, last) => {
    const { statement, decoded } = genuine("tpm", "tpm", {
      statement: (map) => void map.set("pubArea", bytesOf(hex.replaceAll(" ", ""))),
    });
    expect(decoded.problems).toEqual([]);
    expect(statement.pubArea).toMatchObject(members);
    expect(statement.pubArea).toHaveProperty(last);
  });
});

test("each format's file exports the format that it is named after, and is in the registry", () => {
  const folder = new URL("../../../../src/decode/attestation/", import.meta.url);
  const own = ["attestationFormat.ts", "compound.ts", "index.ts", "unknown.ts"];
  const files = readdirSync(folder).filter((file) => !own.includes(file));
  const camel = (identifier: string) =>
    identifier.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(files.sort()).toEqual(ATTESTATION_FORMATS.map(({ identifier }) => `${camel(identifier)}.ts`).sort());
  for (const { identifier, anchor } of ATTESTATION_FORMATS)
    expect(readFileSync(new URL(`${camel(identifier)}.ts`, folder), "utf8")).toContain(`#${anchor}`);
});

test("the parts of a certificate have their places in the attestation object", async () => {
  const bytes = genuineAttestation("packed");
  const { fields, value } = decodeAttestationObject(bytes);
  const at = (name: string) => {
    const { offset, length } = fields.find(
      ({ path }) => path === `attestationStatement.certificates[0].${name}`,
    )!;
    return bytes.subarray(offset, offset + length);
  };
  const [der] = (value.statement as { certificates: Uint8Array[] }).certificates;
  const certificate = await decodeCertificate(der!);
  const coarse = certificate.fields.filter(({ path }) => !path.includes("."));
  for (const { path, offset, length } of coarse)
    expect(at(path), path).toEqual(der!.subarray(offset, offset + length));
  expect(at("publicKey")).toEqual(certificate.value.publicKey!.spki);
  expect(Buffer.from(at("subject")).includes("Software authenticator")).toBe(true);
  expect(
    Buffer.from(at("extensions[1]")).includes(Buffer.from(certificate.value.extensions![1]!.value)),
  ).toBe(true);
  expect(coarse.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["version", "serialNumber", "issuer", "validity", "subject", "extensions[0]"]),
  );
});
