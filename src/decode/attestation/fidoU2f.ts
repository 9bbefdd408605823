import { type AttestationFormat, readCertificates, readSignature } from "./attestationFormat.js";

export interface FidoU2fStatement {
  format: "fido-u2f";
  /** of ECDSA over P-256 with SHA-256 */
  signature?: Uint8Array;
  /** DER; the format allows exactly one */
  certificates?: Uint8Array[];
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-fido-u2f-attestation */
export const fidoU2f: AttestationFormat<FidoU2fStatement> = {
  identifier: "fido-u2f",
  anchor: "sctn-fido-u2f-attestation",
  read(statement) {
    const { certificates } = readCertificates(statement);
    if (certificates && certificates.length > 1) {
      const { item } = statement.entries.find(({ label }) => label === "x5c")!;
      const message = `x5c has ${certificates.length} certificates; this format has exactly one.`;
      statement.problem("certificate-count", message, item.offset, item.length, "certificates");
    }
    return { format: "fido-u2f", ...readSignature(statement), ...(certificates && { certificates }) };
  },
};
