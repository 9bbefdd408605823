import { decodeBase64url } from "../../src/bytes/base64url.js";
import { type Alterations, type AttestationKind, SoftwareAuthenticator } from "./softwareAuthenticator.js";

export const ATTESTATION_KINDS: readonly AttestationKind[] = [
  "none",
  "packed",
  "packed-self",
  "fido-u2f",
  "apple",
  "tpm",
  "android-key",
  "android-safetynet",
  "compound",
];

/** The attestation object of a genuine registration in this format. */
export function genuineAttestation(attestation: AttestationKind, alter: Alterations = {}): Uint8Array {
  const { json } = new SoftwareAuthenticator({ attestation }).create(
    {
      publicKey: {
        rp: { id: "example.com", name: "Example" },
        user: { id: Uint8Array.of(1), name: "a", displayName: "A" },
        challenge: new Uint8Array(32).fill(9),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      },
    },
    { origin: "https://example.com" },
    alter,
  );
  return decodeBase64url(json.response.attestationObject).bytes!;
}

/** One genuine attestation object of each format, made in every run anew. */
export const GENUINE_ATTESTATIONS: readonly { name: string; bytes: Uint8Array }[] = ATTESTATION_KINDS.map(
  (kind) => ({
    name: `genuine ${kind}`,
    bytes: genuineAttestation(kind),
  }),
);
