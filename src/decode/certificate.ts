import type { Extension, Name } from "@peculiar/asn1-x509";
import { DER, type DerItem, derContent, derOid, readDerItem, readDerItems } from "../bytes/der.js";
import { encodeHex } from "../bytes/hex.js";
import { encodePem } from "../bytes/pem.js";
import { encodeUuid } from "../bytes/uuid.js";
import { OBJECT_IDENTIFIERS } from "../spec/objectIdentifiers.js";
import { noteCertificateFields } from "./certificateFields.js";
import type { Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/** An X.509 certificate of an authenticator or its maker. */
export interface Certificate {
  /** 1, 2 or 3 */
  version: number;
  /** hexadecimal digits */
  serialNumber: string;
  issuer: DistinguishedName;
  subject: DistinguishedName;
  /** ISO 8601, UTC */
  validity: { notBefore: string; notAfter: string };
  /** name, or the object identifier for unknown ones */
  signatureAlgorithm: string;
  /** the same, as it stands in what the issuer signed */
  tbsSignatureAlgorithm: string;
  publicKey: { algorithm: string; curve?: string; spki: Uint8Array };
  extensions: CertificateExtension[];
  basicConstraints?: { isAuthority: boolean; pathLength?: number };
  keyUsage?: string[];
  extendedKeyUsage?: string[];
  subjectAlternativeNames?: string[];
  /** id-fido-gen-ce-aaguid. @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements */
  aaguid?: string;
  /** of Apple's attestation: SHA-256 of authenticator data and client data hash */
  appleNonce?: Uint8Array;
  /** of Android's key attestation */
  keyDescription?: AndroidKeyDescription;
  /** what the issuer signed, and its signature */
  tbsCertificate: Uint8Array;
  signature: Uint8Array;
  pem: string;
}

export interface DistinguishedName {
  /** "CN=…, O=…" in the certificate's order. @see https://www.rfc-editor.org/rfc/rfc4514 */
  text: string;
  attributes: { type: string; value: string }[];
}

export interface CertificateExtension {
  /** object identifier */
  id: string;
  /** for people, where it is known */
  name?: string;
  critical: boolean;
  value: Uint8Array;
}

/** @see https://source.android.com/docs/security/features/keystore/attestation#attestation-extension */
export interface AndroidKeyDescription {
  attestationVersion: number;
  attestationSecurityLevel: string;
  keymasterVersion: number;
  attestationChallenge: Uint8Array;
  softwareEnforced: AndroidAuthorizations;
  teeEnforced: AndroidAuthorizations;
}

/** The authorizations that WebAuthn asks about; absent where the list does not have them. */
export interface AndroidAuthorizations {
  purpose?: number[];
  origin?: number;
  allApplications: boolean;
}

/**
 * Decodes a certificate in DER. The library that reads X.509 is loaded when this is first called.
 * Bad input: no value, or what could be read, and problems; bytes after the certificate are one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4
 */
export async function decodeCertificate(der: Uint8Array): Promise<Decoded<Certificate>> {
  const decoding = new Decoding();
  const outer = readDerItem(der);
  if (outer?.tag !== DER.sequence) {
    decoding.problem("certificate-not-der", "This is no certificate in DER.", 0, der.length);
    return decoding.result({}, 0);
  }
  if (outer.end < der.length) {
    const rest = der.length - outer.end;
    decoding.problem("trailing-bytes", `${rest} bytes follow the certificate.`, outer.end, rest);
  }
  noteCertificateFields(der, 0, outer.end, decoding, "", true);
  const bytesOf = (path: string) => {
    const field = decoding.fields.find((each) => each.path === path);
    return field && der.subarray(field.offset, field.offset + field.length);
  };
  const tbs = bytesOf("tbsCertificate");
  const [{ AsnConvert }, x509] = await Promise.all([
    import("@peculiar/asn1-schema"),
    import("@peculiar/asn1-x509"),
  ]);
  // The library throws at what it can't read: the reason becomes a problem.
  try {
    const parsed = AsnConvert.parse(der.slice(0, outer.end), x509.Certificate);
    const { tbsCertificate } = parsed;
    const algorithm = tbsCertificate.subjectPublicKeyInfo.algorithm;
    const spki = new Uint8Array(AsnConvert.serialize(tbsCertificate.subjectPublicKeyInfo));
    const value: Partial<Certificate> = {
      version: tbsCertificate.version + 1,
      serialNumber: encodeHex(new Uint8Array(tbsCertificate.serialNumber)),
      issuer: describeName(tbsCertificate.issuer),
      subject: describeName(tbsCertificate.subject),
      validity: {
        notBefore: tbsCertificate.validity.notBefore.getTime().toISOString(),
        notAfter: tbsCertificate.validity.notAfter.getTime().toISOString(),
      },
      signatureAlgorithm: nameOf(parsed.signatureAlgorithm.algorithm),
      tbsSignatureAlgorithm: nameOf(tbsCertificate.signature.algorithm),
      publicKey: { algorithm: nameOf(algorithm.algorithm), spki: bytesOf("publicKey") ?? spki },
      signature: new Uint8Array(parsed.signatureValue),
      pem: encodePem("CERTIFICATE", der.subarray(0, outer.end)),
    };
    if (tbs) value.tbsCertificate = tbs;
    const curve = algorithm.parameters && curveIn(new Uint8Array(algorithm.parameters));
    if (curve) value.publicKey!.curve = nameOf(curve);
    value.extensions = [...(tbsCertificate.extensions ?? [])].map(describeExtension);
    for (const extension of value.extensions) await readExtension(value, extension, decoding);
    return decoding.result(value, outer.end);
  } catch (error) {
    const message = `The certificate can't be read: ${reasonOf(error)}`;
    decoding.problem("certificate-malformed", message, 0, outer.end);
    return decoding.result({}, outer.end);
  }
}

function describeExtension({ extnID, critical, extnValue }: Extension): CertificateExtension {
  const name = OBJECT_IDENTIFIERS.get(extnID);
  return { id: extnID, ...(name && { name }), critical, value: new Uint8Array(extnValue.buffer) };
}

async function readExtension(
  value: Partial<Certificate>,
  { id, name, value: bytes }: CertificateExtension,
  decoding: Decoding,
): Promise<void> {
  const read = EXTENSION_READERS.get(id);
  if (!read) return;
  const index = value.extensions!.findIndex((extension) => extension.value === bytes);
  const path = `extensions[${index}]`;
  const { offset, length } = decoding.fields.find((field) => field.path === path) ?? { offset: 0, length: 0 };
  try {
    Object.assign(value, await read(bytes));
  } catch (error) {
    const message = `The extension ${name} can't be read: ${reasonOf(error)}`;
    decoding.problem("certificate-extension-malformed", message, offset, length, path);
  }
}

type ExtensionReader = (bytes: Uint8Array) => Partial<Certificate> | Promise<Partial<Certificate>>;

const EXTENSION_READERS: ReadonlyMap<string, ExtensionReader> = new Map<string, ExtensionReader>([
  ["2.5.29.19", readBasicConstraints],
  ["2.5.29.15", readKeyUsage],
  ["2.5.29.37", readExtendedKeyUsage],
  ["2.5.29.17", readAlternativeNames],
  ["1.3.6.1.4.1.45724.1.1.4", (bytes) => ({ aaguid: encodeUuid(octets(bytes, readDerItem(bytes), 16)) })],
  ["1.2.840.113635.100.8.2", readAppleNonce],
  ["1.3.6.1.4.1.11129.2.1.17", readKeyDescription],
]);

async function readBasicConstraints(bytes: Uint8Array): Promise<Partial<Certificate>> {
  const { cA, pathLenConstraint } = await parseAs(bytes, (x509) => x509.BasicConstraints);
  const pathLength = pathLenConstraint === undefined ? {} : { pathLength: pathLenConstraint };
  return { basicConstraints: { isAuthority: cA, ...pathLength } };
}

async function readKeyUsage(bytes: Uint8Array): Promise<Partial<Certificate>> {
  return { keyUsage: (await parseAs(bytes, (x509) => x509.KeyUsage)).toJSON() };
}

async function readExtendedKeyUsage(bytes: Uint8Array): Promise<Partial<Certificate>> {
  return { extendedKeyUsage: [...(await parseAs(bytes, (x509) => x509.ExtendedKeyUsage))].map(nameOf) };
}

async function readAlternativeNames(bytes: Uint8Array): Promise<Partial<Certificate>> {
  const names = [...(await parseAs(bytes, (x509) => x509.SubjectAlternativeName))];
  return {
    subjectAlternativeNames: names.map(
      (name) =>
        name.dNSName ??
        name.rfc822Name ??
        name.uniformResourceIdentifier ??
        name.iPAddress ??
        (name.directoryName ? describeName(name.directoryName).text : "other name"),
    ),
  };
}

/** SEQUENCE { [1] EXPLICIT OCTET STRING } */
function readAppleNonce(bytes: Uint8Array): Partial<Certificate> {
  const sequence = readDerItem(bytes);
  const tagged = sequence && readDerItems(bytes, sequence)?.find(({ tag }) => tag === 0xa1);
  return { appleNonce: octets(bytes, tagged && readDerItems(bytes, tagged)?.[0], 32) };
}

async function readKeyDescription(bytes: Uint8Array): Promise<Partial<Certificate>> {
  const [{ AsnConvert }, android] = await Promise.all([
    import("@peculiar/asn1-schema"),
    import("@peculiar/asn1-android"),
  ]);
  const parsed = AsnConvert.parse(bytes.slice(), android.NonStandardKeyDescription);
  const list = (authorizations: InstanceType<typeof android.NonStandardAuthorizationList>) => {
    const purpose = authorizations.findProperty("purpose");
    const origin = authorizations.findProperty("origin");
    return {
      ...(purpose && { purpose: [...purpose] }),
      ...(origin !== undefined && { origin }),
      allApplications: authorizations.findProperty("allApplications") !== undefined,
    };
  };
  return {
    keyDescription: {
      attestationVersion: Number(parsed.attestationVersion),
      attestationSecurityLevel:
        SECURITY_LEVELS[parsed.attestationSecurityLevel] ?? String(parsed.attestationSecurityLevel),
      keymasterVersion: parsed.keymasterVersion,
      attestationChallenge: new Uint8Array(parsed.attestationChallenge.buffer),
      softwareEnforced: list(parsed.softwareEnforced),
      teeEnforced: list(parsed.teeEnforced),
    },
  };
}

const SECURITY_LEVELS = ["software", "trusted environment", "StrongBox"];

async function parseAs<T>(
  bytes: Uint8Array,
  type: (x509: typeof import("@peculiar/asn1-x509")) => new () => T,
): Promise<T> {
  const [{ AsnConvert }, x509] = await Promise.all([
    import("@peculiar/asn1-schema"),
    import("@peculiar/asn1-x509"),
  ]);
  return AsnConvert.parse(bytes.slice(), type(x509));
}

function octets(bytes: Uint8Array, item: DerItem | undefined, length: number): Uint8Array {
  const content = item?.tag === DER.octetString ? derContent(bytes, item) : undefined;
  if (content?.length !== length) throw new Error(`it is not an octet string of ${length} bytes`);
  return content;
}

/** Parameters of an EC key: the curve's identifier. */
function curveIn(parameters: Uint8Array): string | undefined {
  const item = readDerItem(parameters);
  return item && derOid(parameters, item);
}

function describeName(name: Name): DistinguishedName {
  const attributes = [...name].flatMap((relative) =>
    [...relative].map(({ type, value }) => ({ type: nameOf(type), value: value.toString() })),
  );
  const text = attributes
    .map(({ type, value }) => `${type}=${value.replace(/[\\,+"<>;=]/g, "\\$&")}`)
    .join(", ");
  return { text, attributes };
}

function nameOf(identifier: string): string {
  return OBJECT_IDENTIFIERS.get(identifier) ?? identifier;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 120);
}
