import { readDerItem } from "../../bytes/der.js";
import { isoTime } from "../../bytes/isoTime.js";
import { type Certificate, decodeCertificate } from "../../decode/certificate.js";
import type { Decoded } from "../../decode/decoded.js";
import { decodeSpki, type PublicKey } from "../../decode/publicKey.js";
import {
  cannotTell,
  fail,
  notApplicable,
  pass,
  type Said,
  type StepSentence,
  type StepValue,
  sameBytes,
  say,
  sentence,
  shorten,
} from "../said.js";
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
 * `demands` are pairs of whether one is met and what is said if not.
 */
export function judgeCertificate(
  { decoded: [first], leaf }: CertificateChain,
  demands: readonly (readonly [met: boolean, unmet: StepSentence])[],
): Said {
  if (!first) return fail("no-certificate");
  const [problem] = first.problems;
  if (problem) return fail("certificate-wrong", { problem: problem.message });
  const unmet = demands.find(([met]) => !met);
  if (unmet) return say("fail", unmet[1]);
  return pass("certificate", { certificate: nameOf(leaf) });
}

/** The AAGUID in the certificate, if there is one, has to be that of the authenticator data. */
export function judgeAaguid({ leaf }: CertificateChain, { credential }: Attested): Said {
  if (leaf.aaguid === undefined) return notApplicable("certificate-no-aaguid");
  return leaf.aaguid === credential.aaguid
    ? pass("certificate-aaguid", { aaguid: leaf.aaguid })
    : fail("certificate-aaguid-other", { found: leaf.aaguid, wanted: `${credential.aaguid}` });
}

/** Whether each certificate is signed by the next and valid, and the last leads to a trusted root. */
export async function judgeTrust(chain: CertificateChain, { roots, at }: Attested): Promise<Said> {
  const { decoded, der } = chain;
  const certificates = decoded.map(({ value }) => value);
  const last = certificates.at(-1);
  if (!last) return fail("trust-no-certificate");
  if (der.length > decoded.length) return fail("trust-too-many", { count: der.length });
  for (const [index, certificate] of certificates.entries()) {
    if (!isSignedInOneWay(der[index]!, decoded[index]!))
      return fail("trust-signed-twice", { certificate: nameOf(certificate) });
    const expired = whyInvalidAt(certificate, at);
    if (expired) return expired;
    const issuer = certificates[index + 1];
    const broken = issuer && (await whyNotIssuedBy(certificate, issuer));
    if (broken) return broken;
  }
  const end = { last: nameOf(last), issuer: shorten(last.issuer?.text ?? "") };
  if (roots.length === 0) return cannotTell("trust-no-roots", { count: der.length, ...end });
  if (roots.some((root) => sameBytes(root, der.at(-1)!)))
    return pass("trust-ends-with-root", { root: nameOf(last) });
  for (const root of roots) {
    const { value } = await decodeCertificate(root);
    if (whyInvalidAt(value, at)) continue;
    const refused = await whyNotIssuedBy(last, value);
    if (!refused) return pass("trust-leads-to-root", { root: nameOf(value) });
    if (refused.outcome === "cannot-tell") return refused;
  }
  return fail("trust-other-roots", { ...end, count: roots.length });
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

function whyInvalidAt(certificate: Partial<Certificate>, at: number): Said | undefined {
  const { notBefore: from = "", notAfter: to = "" } = certificate.validity ?? {};
  if (Date.parse(from) <= at && at <= Date.parse(to)) return undefined;
  return fail("trust-expired", { certificate: nameOf(certificate), from, to, at: isoTime(at) });
}

async function whyNotIssuedBy(
  certificate: Partial<Certificate>,
  issuer: Partial<Certificate>,
): Promise<Said | undefined> {
  const pair = { certificate: nameOf(certificate), issuer: nameOf(issuer) };
  const not = (reason: StepSentence) => fail("trust-not-issued", { ...pair, reason });
  if (certificate.issuer?.text !== issuer.subject?.text)
    return not(sentence("why-other-issuer", { issuer: shorten(certificate.issuer?.text ?? "") }));
  if (!issuer.basicConstraints?.isAuthority) return not(sentence("why-no-authority"));
  const { tbsCertificate, signature, signatureAlgorithm } = certificate;
  if (!tbsCertificate || !signature || !signatureAlgorithm) return not(sentence("why-signature-unread"));
  const checked = await verifyCertificateSignature(
    keyOf(issuer),
    signatureAlgorithm,
    signature,
    tbsCertificate,
  );
  if (checked.is === "valid") return undefined;
  const { reason } = checked;
  return checked.is === "invalid"
    ? not(sentence("why-signature-wrong", { reason }))
    : cannotTell("trust-unchecked", { ...pair, reason });
}

function keyOf({ publicKey }: Partial<Certificate>): PublicKey {
  return publicKey ? decodeSpki(publicKey.spki).value : {};
}

/** The value of an attribute of a certificate's subject: "OU". */
export function subjectAttribute({ leaf }: CertificateChain, type: string): string | undefined {
  return leaf.subject?.attributes.find((attribute) => attribute.type === type)?.value;
}

function nameOf({ subject, serialNumber = "unknown" }: Partial<Certificate>): StepValue {
  return subject?.text
    ? shorten(subject.text)
    : sentence("certificate-number", { number: shorten(serialNumber) });
}
