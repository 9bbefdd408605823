import { encodeHex } from "../bytes/hex.js";
import { describeAaguid } from "../spec/aaguids.js";
import type { Certificate, CertificateExtension, DistinguishedName } from "./certificate.js";

/**
 * What a certificate says, in words, by the paths of its fields; "" is the certificate itself. Fields
 * that are nothing but bytes, and what could not be read, have none.
 */
export function describeCertificate(certificate: Partial<Certificate>): Map<string, string> {
  const { version, serialNumber, issuer, subject, validity, publicKey, extensions = [] } = certificate;
  const words = new Map<string, string>();
  const say = (path: string, text: string | undefined) => {
    if (text) words.set(path, text);
  };
  say("", subject && (subject.text || `no subject, number ${serialNumber}`));
  say("tbsCertificate", "what the issuer signed");
  say("version", version?.toString());
  say("serialNumber", serialNumber);
  say("tbsSignature", certificate.tbsSignatureAlgorithm);
  say("validity", validity && `${day(validity.notBefore)} to ${day(validity.notAfter)}`);
  say("validity.notBefore", validity?.notBefore);
  say("validity.notAfter", validity?.notAfter);
  sayName("issuer", issuer);
  sayName("subject", subject);
  const key = publicKey && [publicKey.algorithm, publicKey.curve].filter(Boolean).join(", ");
  say("publicKey", key);
  say("publicKey.algorithm", key);
  say("extensions", extensions.map(({ id, name }) => name ?? id).join(", "));
  for (const [index, extension] of extensions.entries()) {
    const { id, name, critical } = extension;
    const content = describeContent(extension, certificate);
    const title = `${name ?? id}${critical ? " (critical)" : ""}`;
    say(`extensions[${index}]`, content === undefined ? title : `${title}: ${content}`);
    say(`extensions[${index}].id`, name ? `${name}, ${id}` : id);
    say(`extensions[${index}].critical`, String(critical));
    say(`extensions[${index}].value`, content);
  }
  say("signatureAlgorithm", certificate.signatureAlgorithm);
  return words;

  function sayName(path: string, name: DistinguishedName | undefined): void {
    say(path, name && (name.text || "no name"));
    name?.attributes.forEach(({ type, value }, index) => {
      say(`${path}.attributes[${index}]`, `${type}=${value}`);
    });
  }
}

const day = (iso: string) => iso.slice(0, 10);

/** Of an extension that could be read; undefined for others. */
function describeContent(
  { id }: CertificateExtension,
  certificate: Partial<Certificate>,
): string | undefined {
  switch (id) {
    case "2.5.29.19": {
      const { isAuthority, pathLength } = certificate.basicConstraints ?? {};
      if (isAuthority === undefined) return undefined;
      if (!isAuthority) return "no authority";
      return pathLength === undefined ? "an authority" : `an authority, path length ${pathLength}`;
    }
    case "2.5.29.15":
      return certificate.keyUsage?.join(", ");
    case "2.5.29.37":
      return certificate.extendedKeyUsage?.join(", ");
    case "2.5.29.17":
      return certificate.subjectAlternativeNames?.join(", ");
    case "1.3.6.1.4.1.45724.1.1.4":
      return certificate.aaguid && `${certificate.aaguid}, ${describeAaguid(certificate.aaguid)}`;
    case "1.2.840.113635.100.8.2":
      return certificate.appleNonce && encodeHex(certificate.appleNonce);
    case "1.3.6.1.4.1.11129.2.1.17": {
      const { keyDescription: key } = certificate;
      return (
        key &&
        `version ${key.attestationVersion}, ${key.attestationSecurityLevel}, challenge ${encodeHex(key.attestationChallenge)}`
      );
    }
    default:
      return undefined;
  }
}
