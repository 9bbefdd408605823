import {
  type AttestationFormat,
  readAlgorithm,
  readCertificates,
  type SignedStatement,
} from "./attestationFormat.js";

/** Apple's anonymous attestation: the certificate itself carries the nonce, and nothing else is signed. */
export interface AppleStatement extends Pick<SignedStatement, "algorithm" | "algorithmName"> {
  format: "apple";
  /** DER, the credential's certificate first */
  certificates?: Uint8Array[];
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-apple-anonymous-attestation */
export const apple: AttestationFormat<AppleStatement> = {
  identifier: "apple",
  anchor: "sctn-apple-anonymous-attestation",
  read(statement) {
    // The specification has x5c alone; iOS 14 also wrote alg.
    const algorithm = statement.entries.some(({ label }) => label === "alg") ? readAlgorithm(statement) : {};
    return { format: "apple", ...algorithm, ...readCertificates(statement) };
  },
};
