import {
  SettingsService,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { encodeBase64url } from "../../../src/bytes/base64url.js";
import { VECTOR_ROOT } from "../../fixtures/webauthnTestVectors.js";
import {
  ATTESTATION_ROOT,
  type Authentication,
  type Registration,
} from "../../support/softwareAuthenticator.js";

/** What `@simplewebauthn/server` says to an answer: accepted, or its reason. */
export interface OracleSays {
  accepted: boolean;
  reason: string;
}

export interface Asked {
  challenge: Uint8Array;
  origin: string;
  topOrigin?: string;
  rpId: string;
  userVerification: boolean;
  userPresence?: boolean;
  algorithms?: number[];
}

for (const identifier of [
  "packed",
  "fido-u2f",
  "apple",
  "tpm",
  "android-key",
  "android-safetynet",
] as const) {
  SettingsService.setRootCertificates({
    identifier,
    certificates: [new Uint8Array(ATTESTATION_ROOT.certificate), new Uint8Array(VECTOR_ROOT)],
  });
}

export async function oracleOnRegistration(
  registration: Pick<Registration, "json">,
  asked: Asked,
): Promise<OracleSays> {
  return said(() =>
    verifyRegistrationResponse({
      response: registration.json,
      expectedChallenge: encodeBase64url(asked.challenge),
      expectedOrigin: asked.origin,
      expectedRPID: asked.rpId,
      requireUserVerification: asked.userVerification,
      requireUserPresence: asked.userPresence ?? true,
      ...(asked.algorithms && { supportedAlgorithmIDs: asked.algorithms }),
    }),
  );
}

export async function oracleOnAuthentication(
  authentication: Pick<Authentication, "json">,
  asked: Asked,
  credential: { id: Uint8Array; publicKey: Uint8Array; signCount: number },
): Promise<OracleSays> {
  return said(() =>
    verifyAuthenticationResponse({
      response: authentication.json,
      expectedChallenge: encodeBase64url(asked.challenge),
      expectedOrigin: asked.origin,
      expectedRPID: asked.rpId,
      ...(asked.topOrigin !== undefined && { expectedTopOrigin: asked.topOrigin }),
      requireUserVerification: asked.userVerification,
      credential: {
        id: encodeBase64url(credential.id),
        publicKey: new Uint8Array(credential.publicKey),
        counter: credential.signCount,
      },
    }),
  );
}

async function said(verify: () => Promise<{ verified: boolean }>): Promise<OracleSays> {
  try {
    const { verified } = await verify();
    return { accepted: verified, reason: verified ? "verified" : "not verified" };
  } catch (error) {
    const { message, cause } = error as Error;
    return { accepted: false, reason: cause instanceof Error ? `${message}: ${cause.message}` : message };
  }
}
