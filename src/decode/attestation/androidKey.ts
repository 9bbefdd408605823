import {
  type AttestationFormat,
  readAlgorithm,
  readCertificates,
  readSignature,
  type SignedStatement,
} from "./attestationFormat.js";

/** The first certificate is the credential's own; its key description extension says how the key is kept. */
export interface AndroidKeyStatement extends SignedStatement {
  format: "android-key";
  /** DER, the credential's certificate first */
  certificates?: Uint8Array[];
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation */
export const androidKey: AttestationFormat<AndroidKeyStatement> = {
  identifier: "android-key",
  anchor: "sctn-android-key-attestation",
  read: (statement) => ({
    format: "android-key",
    ...readAlgorithm(statement),
    ...readSignature(statement),
    ...readCertificates(statement),
  }),
};
