import {
  type AttestationFormat,
  readAlgorithm,
  readCertificates,
  readSignature,
  type SignedStatement,
} from "./attestationFormat.js";

export interface PackedStatement extends SignedStatement {
  format: "packed";
  /** how it is signed: by a certificate's key, by the credential's own, or with ECDAA (given up in Level 2) */
  kind: "certificate" | "self" | "ecdaa";
  /** DER, the attestation certificate first */
  certificates?: Uint8Array[];
  ecdaaKeyId?: Uint8Array;
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation */
export const packed: AttestationFormat<PackedStatement> = {
  identifier: "packed",
  anchor: "sctn-packed-attestation",
  read(statement) {
    const signed = { ...readAlgorithm(statement), ...readSignature(statement) };
    const ecdaaKeyId = statement.bytes("ecdaaKeyId", "ecdaaKeyId", true);
    const hasCertificates = statement.entries.some(({ label }) => label === "x5c");
    return {
      format: "packed",
      kind: hasCertificates ? "certificate" : ecdaaKeyId ? "ecdaa" : "self",
      ...signed,
      ...readCertificates(statement, true),
      ...(ecdaaKeyId && { ecdaaKeyId }),
    };
  },
};
