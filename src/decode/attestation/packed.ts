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
    const read: PackedStatement = { format: "packed", kind: "self" };
    Object.assign(
      read,
      readAlgorithm(statement),
      readSignature(statement),
      readCertificates(statement, true),
    );
    const ecdaaKeyId = statement.bytes("ecdaaKeyId", "ecdaaKeyId", true);
    if (ecdaaKeyId) read.ecdaaKeyId = ecdaaKeyId;
    if (statement.entries.some(({ label }) => label === "x5c")) read.kind = "certificate";
    else if (ecdaaKeyId) read.kind = "ecdaa";
    return read;
  },
};
