/** What the specification means by a rejection, by the error's name. */
export interface ErrorMeaning {
  /** one sentence */
  meaning: string;
  /** anchors of WebAuthn Level 3 where it is said */
  create?: string;
  get?: string;
}

const CREATE = "sctn-create-request-exceptions";
const GET = "sctn-get-request-exceptions";

/** @see https://www.w3.org/TR/webauthn-3/#sctn-create-request-exceptions */
export const ERROR_NAMES: ReadonlyMap<string, ErrorMeaning> = new Map<string, ErrorMeaning>([
  [
    "AbortError",
    { meaning: "The page aborted the ceremony with its AbortSignal.", create: CREATE, get: GET },
  ],
  [
    "ConstraintError",
    {
      meaning: "No authenticator could keep a discoverable credential or verify the user, as was required.",
      create: CREATE,
    },
  ],
  [
    "InvalidStateError",
    { meaning: "The authenticator already has a credential of excludeCredentials.", create: CREATE },
  ],
  [
    "NotAllowedError",
    {
      meaning:
        "The user declined, the time ran out, there was no matching passkey, or the browser forbade it: it doesn't say which.",
      create: CREATE,
      get: GET,
    },
  ],
  [
    "NotSupportedError",
    { meaning: "No authenticator supports any algorithm of pubKeyCredParams.", create: CREATE },
  ],
  ["SecurityError", { meaning: "The RP ID does not fit the page's origin.", create: CREATE, get: GET }],
  [
    "TypeError",
    {
      meaning: "The options have the wrong shape: a missing member or a value of the wrong type.",
      create: "sctn-createCredential",
      get: "sctn-getAssertion",
    },
  ],
]);
