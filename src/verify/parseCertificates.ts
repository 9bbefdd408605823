import { decodeBase64url } from "../bytes/base64url.js";
import { decodeHex } from "../bytes/hex.js";
import type { Problem } from "../bytes/problem.js";
import { decodeCertificate } from "../decode/certificate.js";

/** A certificate as somebody gave it: its bytes, and whom it speaks of. */
export interface GivenCertificate {
  der: Uint8Array;
  /** "CN=…, O=…" */
  subject: string;
}

/**
 * Certificates as people keep them: PEM, any number one after the other with other text around them,
 * or the DER of one as base64 or hexadecimal digits. Bad input: the readable ones, and a problem for
 * each other that names it and the character at which it begins.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468#section-5
 */
export async function parseCertificates(
  text: string,
): Promise<{ certificates: GivenCertificate[]; problems: Problem[] }> {
  const certificates: GivenCertificate[] = [];
  const problems: Problem[] = [];
  const parts = text.includes("-----") ? partsOfPem(text) : [bareBytes(text)];
  if (parts.length === 0) problems.push(partProblem({ name: "The PEM text", at: 0 }, "has no certificate"));
  for (const part of parts) {
    if (!part.der) {
      problems.push(partProblem(part, part.why ?? "is not base64"));
      continue;
    }
    const { value, problems: wrong } = await decodeCertificate(part.der);
    if (wrong[0] || !value.subject) problems.push(partProblem(part, wordsOf(wrong[0])));
    else certificates.push({ der: part.der, subject: value.subject.text });
  }
  return { certificates, problems };
}

interface Part {
  name: string;
  /** character at which it begins */
  at: number;
  der?: Uint8Array | undefined;
  why?: string;
}

function partsOfPem(text: string): Part[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,60})-----/g)].map((begin, index) => {
    const part = { name: `Part ${index + 1} of the PEM text`, at: begin.index };
    const [head, label] = begin;
    if (label !== "CERTIFICATE") return { ...part, why: `is a ${label}; wanted is a CERTIFICATE` };
    const bodyAt = begin.index + head.length;
    const end = text.indexOf(`-----END ${label}-----`, bodyAt);
    if (end < 0) return { ...part, why: "has no end" };
    return { ...part, der: decodeBase64url(text.slice(bodyAt, end).replace(/\s+/g, "")).bytes };
  });
}

function bareBytes(text: string): Part {
  const compact = text.replace(/\s+/g, "");
  const name = "The text";
  const der = (/^[0-9a-f]+$/i.test(compact) && decodeHex(compact).bytes) || decodeBase64url(compact).bytes;
  return { name, at: 0, der, why: "is neither PEM nor base64 nor hexadecimal digits" };
}

function partProblem({ name, at }: Part, why: string): Problem {
  const place = at === 0 ? "" : ` (at character ${at})`;
  return { code: "certificate-unreadable", message: `${name}${place} ${why}.`, offset: at, length: 0 };
}

function wordsOf(problem: Problem | undefined): string {
  if (!problem) return "names no subject";
  const { message, offset } = problem;
  return `can’t be read, at byte ${offset}: ${message.replace(/\.$/, "")}`;
}
