/** What a browser's message says about the cause, as far as it says anything. */
export interface ErrorMessage {
  engine: Engine;
  /** of the error */
  name: string;
  /** the whole message, or how it can be told */
  message: string | RegExp;
  /** what it can only come from, one; or what it may come from, several */
  causes: readonly [CauseId, ...CauseId[]];
}

export type Engine = "webkit" | "chromium" | "firefox";

export type CauseId =
  | "declined"
  | "no-matching-passkey"
  | "timed-out"
  | "aborted"
  | "not-focused"
  | "no-user-activation"
  | "overlapping-request"
  | "frame-not-allowed"
  | "rp-id-not-for-origin"
  | "domain-invalid"
  | "web-view-not-associated"
  | "already-registered"
  | "no-common-algorithm"
  | "options-malformed"
  | "extension-input"
  | "credential-type-unsupported"
  | "device-not-ready"
  | "security-key-failed"
  | "automatic-upgrade-refused"
  | "attestation-not-configured"
  | "document-gone"
  | "not-base64url"
  | "signal-failed"
  | "promise-never-settles"
  | "waiting-for-the-person"
  | "no-field-for-autofill";

/** Why a browser that gives no reason rejects. */
const UNSAID = ["declined", "no-matching-passkey", "device-not-ready", "timed-out"] as const;

/** Any text but none, of which nothing are the browser's own words. */
const ANYTHING = /(?=.)/;

/**
 * WebKit 2.50.6 (Safari 26.0 to 26.1) unless said otherwise.
 *
 * @see https://github.com/WebKit/WebKit/blob/main/Source/WebCore/Modules/webauthn/AuthenticatorCoordinator.cpp
 * @see https://github.com/WebKit/WebKit/blob/main/Source/WebKit/UIProcess/WebAuthentication/Cocoa/WebAuthenticatorCoordinatorProxy.mm
 * @see https://github.com/WebKit/WebKit/blob/main/Source/WebCore/dom/DOMException.cpp
 */
const WEBKIT: [name: string, message: string | RegExp, ...causes: [CauseId, ...CauseId[]]][] = [
  [
    "NotAllowedError",
    "The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.",
    ...UNSAID,
    "web-view-not-associated",
    "overlapping-request",
    "security-key-failed",
    "automatic-upgrade-refused",
  ],
  // Until Safari 17.3 also where the gesture was missing; since 18 where an automatic upgrade is refused.
  [
    "NotAllowedError",
    "This request has been cancelled by the user.",
    "declined",
    "no-user-activation",
    "automatic-upgrade-refused",
  ],
  ["NotAllowedError", "Operation failed.", ...UNSAID, "overlapping-request", "security-key-failed"],
  ["NotAllowedError", "Operation timed out.", "timed-out"],
  ["NotAllowedError", "This request has been cancelled by a new request.", "overlapping-request"],
  ["NotAllowedError", "The document is not focused.", "not-focused"],
  ["NotAllowedError", "The origin of the document is not the same as its ancestors.", "frame-not-allowed"],
  // Until Safari 17.3.
  ["NotAllowedError", /'com\.apple\.developer\.web-browser' entitlement/, "web-view-not-associated"],
  ["NotAllowedError", /in largeBlob( for (registration|assertion))?\.$/, "extension-input"],
  ["NotAllowedError", "Empty appid in create request.", "extension-input"],
  [
    "NotAllowedError",
    "No matched credentials are found in the platform attached authenticator.",
    "no-matching-passkey",
  ],
  [
    "NotAllowedError",
    "No credentials from the allowCredentials list is found in the authenticator.",
    "no-matching-passkey",
  ],
  ["InvalidStateError", "The object is in an invalid state.", "already-registered"],
  [
    "InvalidStateError",
    /^At least one credential matches an entry of the excludeCredentials list/,
    "already-registered",
  ],
  ["InvalidStateError", "The document is not fully active.", "document-gone"],
  ["InvalidStateError", "No browsing context", "document-gone"],
  ["SecurityError", "The effective domain of the document is not a valid domain.", "domain-invalid"],
  [
    "SecurityError",
    "The origin of the document is not authorized for the provided RP ID.",
    "rp-id-not-for-origin",
  ],
  [
    "SecurityError",
    "The origin of the document is not authorized for the provided App ID.",
    "extension-input",
  ],
  [
    "SecurityError",
    /not associated with (the )?domain|webcredentials association/i,
    "web-view-not-associated",
  ],
  ["SecurityError", "The operation is insecure.", "rp-id-not-for-origin", "web-view-not-associated"],
  ["NotSupportedError", "Only PublicKeyCredential is supported.", "credential-type-unsupported"],
  ["NotSupportedError", "Missing request type.", "credential-type-unsupported"],
  ["NotSupportedError", "Only one request type is supported at a time.", "credential-type-unsupported"],
  [
    "NotSupportedError",
    "options.pubKeyCredParams contains unsupported PublicKeyCredentialType value.",
    "no-common-algorithm",
  ],
  [
    "NotSupportedError",
    "The platform attached authenticator doesn't support any provided PublicKeyCredentialParameters.",
    "no-common-algorithm",
  ],
  // Where the system's sheet can't be had, and of `store()`.
  ["NotSupportedError", "Not implemented.", "credential-type-unsupported", "device-not-ready"],
  ["NotSupportedError", "This request is not supported at this time.", "device-not-ready"],
  ["TypeError", "Type error", "options-malformed"],
  ["TypeError", "The length options.user.id must be between 1-64 bytes.", "options-malformed"],
  ["EncodingError", /^(Invalid encoding of|Unrecognized credential type)/, "not-base64url"],
  ["AbortError", "Aborted by AbortSignal.", "aborted"],
  ["UnknownError", "Couldn't find attestation configuration.", "attestation-not-configured"],
  ["UnknownError", "Unable to parse credential ID.", "not-base64url"],
  ["UnknownError", /^Error signaling/, "signal-failed"],
  ["UnknownError", /^Unknown internal error\. Error code: \d+/, "security-key-failed"],
  ["UnknownError", "Unknown internal error.", "device-not-ready", "security-key-failed"],
  ["UnknownError", "Web Authentication client not present.", "device-not-ready"],
  ["UnknownError", /^(Couldn't parse|Pin is null|Cannot create a TokenRequest)/, "security-key-failed"],
];

/**
 * Seen in Chromium 156, but for those of Android and of the focus, which its source has.
 *
 * @see https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/credentialmanagement/authentication_credentials_container.cc
 */
const CHROMIUM: typeof WEBKIT = [
  [
    "NotAllowedError",
    /^The operation either timed out or was not allowed\./,
    ...UNSAID,
    "no-common-algorithm",
    "security-key-failed",
    "automatic-upgrade-refused",
  ],
  ["OperationError", "A request is already pending.", "overlapping-request"],
  ["NotAllowedError", "A request is already pending.", "overlapping-request"],
  [
    "NotAllowedError",
    "The operation is not allowed at this time because the page does not have focus.",
    "not-focused",
  ],
  [
    "NotAllowedError",
    /^The 'publickey-credentials-(get|create)' feature is not enabled in this document\./,
    "frame-not-allowed",
  ],
  ["NotAllowedError", /is an opaque origin|in an opaque origin/, "frame-not-allowed"],
  ["NotAllowedError", /not allowed in a fenced frame tree/, "frame-not-allowed"],
  ["NotAllowedError", /^A user activation is required/, "no-user-activation"],
  ["NotAllowedError", /TLS certificate errors/, "domain-invalid"],
  ["SecurityError", "This is an invalid domain.", "domain-invalid", "extension-input"],
  ["SecurityError", /^Public-key credentials are only available to HTTPS origins/, "domain-invalid"],
  ["SecurityError", /^The relying party ID is not a registrable domain suffix of/, "rp-id-not-for-origin"],
  [
    "InvalidStateError",
    /^The user attempted to register an authenticator that contains one of the credentials/,
    "already-registered",
  ],
  [
    "InvalidStateError",
    /^The user attempted to use an authenticator that recognized none/,
    "no-matching-passkey",
  ],
  ["NotSupportedError", /^None of the algorithms specified in `pubKeyCredParams`/, "no-common-algorithm"],
  ["NotSupportedError", /unless the device is secured with a screen lock/, "device-not-ready"],
  [
    "NotSupportedError",
    /^No credential type was specified|^Only exactly one of|^At least one credential type/,
    "credential-type-unsupported",
  ],
  ["NotSupportedError", /'(largeBlob|prf|appid|payment)' extension|'evalByCredential'/, "extension-input"],
  ["SyntaxError", /'prf' extension/, "extension-input"],
  ["TypeError", ANYTHING, "options-malformed"],
  ["AbortError", "Request has been aborted.", "aborted"],
  ["AbortError", "signal is aborted without reason", "aborted"],
  ["EncodingError", /base64url/, "not-base64url"],
  ["NotReadableError", /credential manager/, "device-not-ready"],
];

/**
 * Firefox gives no reasons: its rejections carry the default text of their name.
 *
 * @see https://searchfox.org/mozilla-central/source/dom/base/domerr.msg
 * @see https://searchfox.org/mozilla-central/source/dom/webauthn/WebAuthnHandler.cpp
 */
const FIREFOX: typeof WEBKIT = [
  [
    "NotAllowedError",
    /^The request is not allowed by the user agent or the platform in the current context/,
    ...UNSAID,
    "security-key-failed",
  ],
  ["NotAllowedError", "CredentialContainer request is not allowed.", "frame-not-allowed", "not-focused"],
  ["NotSupportedError", "CredentialContainer request is not supported.", "credential-type-unsupported"],
  ["NotSupportedError", "Operation is not supported", "extension-input", "no-common-algorithm"],
  ["SyntaxError", "An invalid or illegal string was specified", "extension-input"],
  ["SecurityError", "The operation is insecure.", "rp-id-not-for-origin", "domain-invalid"],
  // A new request takes the place of the one that is open, which is rejected with the same text.
  ["AbortError", /^The operation was aborted\./, "aborted", "overlapping-request", "document-gone"],
  [
    "InvalidStateError",
    /^An attempt was made to use an object that is not, or is no longer, usable/,
    "already-registered",
  ],
  ["TypeError", ANYTHING, "options-malformed"],
];

export const ERROR_MESSAGES: readonly ErrorMessage[] = [
  ...of("webkit", WEBKIT),
  ...of("chromium", CHROMIUM),
  ...of("firefox", FIREFOX),
];

/** The entry for a message, of the engine that gave it or, where that has none, of another. */
export function findErrorMessage(
  { name, message }: { name: string; message: string },
  engine: Engine,
): ErrorMessage | undefined {
  const fitting = ERROR_MESSAGES.filter(
    (entry) => entry.name === name && wordsIn(message, entry) !== undefined,
  );
  return fitting.find((entry) => entry.engine === engine) ?? fitting[0];
}

/** The longest part of a message by which it is known, and which no page wrote; empty where there is none. */
export function browsersWords({ name, message }: { name: string; message: string }): string {
  let longest = "";
  for (const entry of ERROR_MESSAGES) {
    const words = entry.name === name ? wordsIn(message, entry) : undefined;
    if (words !== undefined && words.length > longest.length) longest = words;
  }
  return longest;
}

function wordsIn(message: string, entry: ErrorMessage): string | undefined {
  if (typeof entry.message === "string") return entry.message === message ? message : undefined;
  return entry.message.exec(message)?.[0];
}

function of(engine: Engine, rows: typeof WEBKIT): ErrorMessage[] {
  return rows.map(([name, message, ...causes]) => ({ engine, name, message, causes }));
}
