import type { AttestationFormat } from "./attestationFormat.js";

/** No attestation: the statement is empty. */
export interface NoneStatement {
  format: "none";
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-none-attestation */
export const none: AttestationFormat<NoneStatement> = {
  identifier: "none",
  anchor: "sctn-none-attestation",
  read: () => ({ format: "none" }),
};
