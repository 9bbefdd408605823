import type { AttestationObject, AuthenticatorData, ClientData, Decoded } from "../decode/decoded.js";
import type { CallId } from "../recording/recording.js";
import type { Verdict } from "../recording/verdict.js";
import type { ClientExtensionOutput } from "../verify/clientExtensionOutputs.js";

/** A call, understood: which ceremony it was and what its bytes say. */
export interface Ceremony {
  callId: CallId;
  kind: "registration" | "authentication" | "other";
  /** as requested, or the host of the page where the page left it to the browser */
  rpId?: string;
  /** the account of a registration, as far as the page named it in a readable way */
  user?: { id: string; name?: string };
  /** what came back, if a public key credential did */
  credential?: ReturnedCredential;
  /** decoded request and response, whatever could be decoded */
  decoded: {
    clientData?: Decoded<ClientData>;
    authenticatorData?: Decoded<AuthenticatorData>;
    attestationObject?: Decoded<AttestationObject>;
    publicKey?: unknown;
    /** what the client says of each extension */
    clientExtensions?: ClientExtensionOutput[];
  };
  verdicts: Verdict[];
}

/** A public key credential as the page got it. Identifiers are base64url. */
export interface ReturnedCredential {
  credentialId: string;
  attachment?: "platform" | "cross-platform";
  /** of a registration; absent: the browser does not say */
  transports?: string[];
  /** what holds it, as far as attachment and transports tell */
  holder: "platform" | "hybrid" | "security-key" | "unknown";
  /** of a registration, or of an authentication */
  authenticatorData?: Partial<AuthenticatorData>;
  /** of a registration, unless it is all zeros */
  aaguid?: string;
  attestationFormat?: string;
  /** of an authentication; "" if it came back with no bytes, absent if it did not come back */
  userHandle?: string;
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
  /** calls that listed, made, used or signalled it */
  callIds: CallId[];
  /** active: made or used, and not replaced since; unknown: only ever listed, or its fate can't be told */
  state: "active" | "overwritten" | "unknown";
}
