import type { AttestationObject, AuthenticatorData, ClientData, Decoded } from "../decode/decoded.js";
import type { Reading } from "../recording/readSnapshot.js";

/** One call and its answer, as far as a server would learn of them. */
export interface CeremonyFacts {
  /** the argument: `publicKey` and what stands beside it */
  options: Reading;
  /** the public key credential that came back */
  credential: Reading;
  decoded: {
    clientData?: Decoded<ClientData>;
    authenticatorData?: Decoded<AuthenticatorData>;
    attestationObject?: Decoded<AttestationObject>;
  };
  /** as requested, or the effective domain of the page where it named none */
  rpId?: string;
  page: Page;
  /** when the call was made, epoch milliseconds */
  at: number;
}

/** Where the call was made. */
export interface Page {
  /** "null" if it isn't known */
  origin: string;
  /** host of the origin */
  effectiveDomain?: string;
  /** nearest first, empty for a top-level page; absent if they aren't known */
  ancestorOrigins?: readonly string[];
}
