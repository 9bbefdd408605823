import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { der } from "./der.js";

/** What a certificate is made of; tests change the parts before it is signed. */
export interface CertificateParts {
  version: number;
  serialNumber: number;
  subject: DistinguishedName;
  issuer: DistinguishedName;
  /** epoch milliseconds */
  notBefore: number;
  notAfter: number;
  publicKey: KeyObject;
  extensions: { oid: string; critical?: boolean; value: Uint8Array }[];
}

/** Attribute OID or its abbreviation, and value. */
export type DistinguishedName = [type: keyof typeof ATTRIBUTES | string, value: string][];

/** Someone who signs certificates. */
export interface Issuer {
  name: DistinguishedName;
  privateKey: KeyObject;
}

/** A signed X.509 certificate in DER. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
export function certificate(parts: CertificateParts, issuer: Issuer): Uint8Array {
  const algorithm = signatureAlgorithm(issuer.privateKey);
  const tbs = der.sequence(
    ...(parts.version > 1 ? [der.context(0, der.integer(parts.version - 1))] : []),
    der.integer(parts.serialNumber),
    algorithm,
    distinguishedName(parts.issuer),
    der.sequence(der.time(parts.notBefore), der.time(parts.notAfter)),
    distinguishedName(parts.subject),
    new Uint8Array(parts.publicKey.export({ type: "spki", format: "der" })),
    ...(parts.extensions.length > 0
      ? [der.context(3, der.sequence(...parts.extensions.map(extension)))]
      : []),
  );
  const signature = sign("sha256", tbs, issuer.privateKey);
  return der.sequence(tbs, algorithm, der.bitString(new Uint8Array(signature)));
}

/** Parts of a certificate that is no authority, valid from 2024 to 2044. */
export function leafParts(
  subject: DistinguishedName,
  publicKey: KeyObject,
  issuer: Issuer,
): CertificateParts {
  return {
    version: 3,
    serialNumber: 7,
    subject,
    issuer: issuer.name,
    notBefore: Date.UTC(2024, 0, 1),
    notAfter: Date.UTC(2044, 0, 1),
    publicKey,
    extensions: [{ oid: EXTENSIONS.basicConstraints, critical: true, value: der.sequence() }],
  };
}

/** An authority with its self-signed certificate; made by another one if given. */
export function certificateAuthority(commonName: string, by?: Issuer): Issuer & { certificate: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name: DistinguishedName = [
    ["C", "AA"],
    ["O", "Keyhole tests"],
    ["CN", commonName],
  ];
  const issuer = by ?? { name, privateKey };
  const parts = leafParts(name, publicKey, issuer);
  parts.extensions = [
    { oid: EXTENSIONS.basicConstraints, critical: true, value: der.sequence(der.boolean(true)) },
    { oid: EXTENSIONS.keyUsage, critical: true, value: der.bitString(Uint8Array.of(0x06), 1) },
  ];
  return { name, privateKey, certificate: certificate(parts, issuer) };
}

export const EXTENSIONS = {
  subjectAltName: "2.5.29.17",
  keyUsage: "2.5.29.15",
  basicConstraints: "2.5.29.19",
  extendedKeyUsage: "2.5.29.37",
  fidoAaguid: "1.3.6.1.4.1.45724.1.1.4",
  appleNonce: "1.2.840.113635.100.8.2",
  androidKeyDescription: "1.3.6.1.4.1.11129.2.1.17",
} as const;

/** A name as it stands in a certificate. */
export function distinguishedName(name: DistinguishedName): Uint8Array {
  return der.sequence(
    ...name.map(([type, value]) => {
      const oid = Object.hasOwn(ATTRIBUTES, type) ? ATTRIBUTES[type]! : type;
      const text = type === "C" ? der.printableString(value) : der.utf8String(value);
      return der.set(der.sequence(der.oid(oid), text));
    }),
  );
}

const ATTRIBUTES: Record<string, string> = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  tpmManufacturer: "2.23.133.2.1",
  tpmModel: "2.23.133.2.2",
  tpmVersion: "2.23.133.2.3",
};

function extension({ oid, critical, value }: CertificateParts["extensions"][number]): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

function signatureAlgorithm(key: KeyObject): Uint8Array {
  return key.asymmetricKeyType === "rsa"
    ? der.sequence(der.oid("1.2.840.113549.1.1.11"), der.null())
    : der.sequence(der.oid("1.2.840.10045.4.3.2"));
}
