import type { AttestationStatement } from "./index.js";

/** Several attestations of one credential, each of a format that is not compound itself. */
export interface CompoundStatement {
  format: "compound";
  statements: AttestationStatement[];
}

/** Its statement is an array of `{ fmt, attStmt }`. @see https://www.w3.org/TR/webauthn-3/#sctn-compound-attestation */
export const COMPOUND = { identifier: "compound", anchor: "sctn-compound-attestation" } as const;
