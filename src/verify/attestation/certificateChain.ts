import { readDerItem } from "../../bytes/der.js";
import { isoTime } from "../../bytes/isoTime.js";
import { type Certificate, decodeCertificate } from "../../decode/certificate.js";
import type { Decoded } from "../../decode/decoded.js";
import { decodeSpki, type PublicKey } from "../../decode/publicKey.js";
import { cannotTell, fail, notApplicable, pass, quoted, type Said, sameBytes } from "../said.js";
import { verifyCertificateSignature } from "../verifySignature.js";
import type { Attested } from "./attestation.js";

/** The certificates of a statement: the attestation certificate, and those that lead to an authority. */
export interface CertificateChain {
  der: readonly Uint8Array[];
  decoded: readonly Decoded<Certificate>[];
  /** the attestation certificate, as far as it could be read */
  leaf: Partial<Certificate>;
  /** its key; empty if it could not be read */
  leafKey: PublicKey;
}

export async function readCertificateChain(der: readonly Uint8Array[] = []): Promise<CertificateChain> {
  const decoded = await Promise.all(der.slice(0, MAX_CERTIFICATES).map(decodeCertificate));
  const leaf = decoded[0]?.value ?? {};
  return { der, decoded, leaf, leafKey: keyOf(leaf) };
}

/** Real chains have three or four. */
const MAX_CERTIFICATES = 16;

/**
 * What is demanded of an attestation certificate; the first demand that it does not meet is told.
 * `demands` are pairs of whether one is met and what it is.
 */
export function judgeCertificate(
  { decoded: [first], leaf }: CertificateChain,
  demands: readonly (readonly [met: boolean, sentence: string])[],
): Said {
  if (!first) return fail("The statement has no certificate.");
  const [problem] = first.problems;
  if (problem) return fail(`The attestation certificate is not as it must be: ${problem.message}`);
  const unmet = demands.find(([met]) => !met);
  if (unmet) return fail(unmet[1]);
  return pass(`The attestation certificate, ${nameOf(leaf)}, meets every demand of the format.`);
}

/** The AAGUID in the certificate, if there is one, has to be that of the authenticator data. */
export function judgeAaguid({ leaf }: CertificateChain, { credential }: Attested): Said {
  if (leaf.aaguid === undefined) return notApplicable("The attestation certificate names no AAGUID.");
  return leaf.aaguid === credential.aaguid
    ? pass(`The AAGUID in the certificate is the authenticator’s, ${leaf.aaguid}.`)
    : fail(`The AAGUID in the certificate is ${leaf.aaguid}; the authenticator’s is ${credential.aaguid}.`);
}

/** Whether each certificate is signed by the next and valid, and the last leads to a trusted root. */
export async function judgeTrust(chain: CertificateChain, { roots, at }: Attested): Promise<Said> {
  const { decoded, der } = chain;
  const certificates = decoded.map(({ value }) => value);
  const last = certificates.at(-1);
  if (!last) return fail("The statement has no certificate that could lead to an authority.");
  if (der.length > decoded.length) return fail(`The statement has ${der.length} certificates.`);
  for (const [index, certificate] of certificates.entries()) {
    if (!isSignedInOneWay(der[index]!, decoded[index]!))
      return fail(`The certificate ${nameOf(certificate)} does not say in one way how it is signed.`);
    const expired = whyInvalidAt(certificate, at);
    if (expired) return fail(expired);
    const issuer = certificates[index + 1];
    const broken = issuer && (await whyNotIssuedBy(certificate, issuer));
    if (broken) return broken;
  }
  const end = `${nameOf(last)}, issued by ${quoted(last.issuer?.text ?? "")}`;
  if (roots.length === 0)
    return cannotTell(`No root certificate was given to trust; the chain of ${der.length} ends with ${end}.`);
  if (roots.some((root) => sameBytes(root, der.at(-1)!)))
    return pass(`The chain ends with a trusted root, ${nameOf(last)}.`);
  for (const root of roots) {
    const { value } = await decodeCertificate(root);
    if (whyInvalidAt(value, at)) continue;
    const refused = await whyNotIssuedBy(last, value);
    if (!refused) return pass(`The chain leads to a trusted root, ${nameOf(value)}.`);
    if (refused.outcome === "cannot-tell") return refused;
  }
  return fail(`The chain ends with ${end}; none of the ${roots.length} trusted roots issued it.`);
}

/**
 * What nobody signs: the algorithm that is named a second time, and the number of bits that the
 * signature leaves unused.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1.1
 */
function isSignedInOneWay(der: Uint8Array, { fields }: Decoded<Certificate>): boolean {
  const [inside, outside, signature] = ["tbsSignature", "signatureAlgorithm", "signature"].map((path) => {
    const field = fields.find((each) => each.path === path);
    return field && der.subarray(field.offset, field.offset + field.length);
  });
  const bits = signature && readDerItem(signature);
  return !!inside && !!outside && sameBytes(inside, outside) && !!bits && signature[bits.start] === 0;
}

function whyInvalidAt(certificate: Partial<Certificate>, at: number): string | undefined {
  const { notBefore = "", notAfter = "" } = certificate.validity ?? {};
  if (Date.parse(notBefore) <= at && at <= Date.parse(notAfter)) return undefined;
  return `The certificate ${nameOf(certificate)} is valid from ${notBefore} to ${notAfter}; the ceremony was at ${isoTime(at)}.`;
}

async function whyNotIssuedBy(
  certificate: Partial<Certificate>,
  issuer: Partial<Certificate>,
): Promise<Said | undefined> {
  const pair = `The certificate ${nameOf(certificate)} is not issued by the next one, ${nameOf(issuer)}`;
  if (certificate.issuer?.text !== issuer.subject?.text)
    return fail(`${pair}: it names ${quoted(certificate.issuer?.text ?? "")} as its issuer.`);
  if (!issuer.basicConstraints?.isAuthority) return fail(`${pair}: that one is no authority.`);
  const { tbsCertificate, signature, signatureAlgorithm } = certificate;
  if (!tbsCertificate || !signature || !signatureAlgorithm)
    return fail(`${pair}: its signature can’t be read.`);
  const checked = await verifyCertificateSignature(
    keyOf(issuer),
    signatureAlgorithm,
    signature,
    tbsCertificate,
  );
  if (checked.is === "valid") return undefined;
  return checked.is === "invalid"
    ? fail(`${pair}: its signature is wrong; ${checked.reason}.`)
    : cannotTell(
        `Whether ${nameOf(certificate)} is issued by ${nameOf(issuer)} can’t be checked: ${checked.reason}.`,
      );
}

function keyOf({ publicKey }: Partial<Certificate>): PublicKey {
  return publicKey ? decodeSpki(publicKey.spki).value : {};
}

/** The value of an attribute of a certificate's subject: "OU". */
export function subjectAttribute({ leaf }: CertificateChain, type: string): string | undefined {
  return leaf.subject?.attributes.find((attribute) => attribute.type === type)?.value;
}

function nameOf({ subject, serialNumber }: Partial<Certificate>): string {
  return quoted(subject?.text || `number ${serialNumber ?? "unknown"}`);
}
