import type { AttestationObject, AuthenticatorData, ClientData, Decoded } from "../decode/decoded.js";
import type { CallId } from "../recording/recording.js";
import type { Verdict } from "../recording/verdict.js";

/** A call, understood: which ceremony it was and what its bytes say. */
export interface Ceremony {
  callId: CallId;
  kind: "registration" | "authentication" | "other";
  rpId?: string;
  /** decoded request and response, whatever could be decoded */
  decoded: {
    clientData?: Decoded<ClientData>;
    authenticatorData?: Decoded<AuthenticatorData>;
    attestationObject?: Decoded<AttestationObject>;
    publicKey?: unknown;
  };
  verdicts: Verdict[];
}

/** One credential, across every call in which it was seen. */
export interface CredentialHistory {
  /** base64url */
  credentialId: string;
  rpId: string;
  /** base64url */
  userHandle?: string;
  aaguid?: string;
  provider?: string;
  callIds: CallId[];
  state: "active" | "overwritten" | "unknown";
}
