import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.js";
import type { CauseId } from "../../../src/spec/errorMessages.js";
import { type CallDraft, call, create, get, recordingOf, safari, webview } from "../../support/recordings.js";

/*
 * What WebKit says, and what it means: read in WebKit 2.50.6 (AuthenticatorCoordinator.cpp, CredentialsContainer.cpp,
 * WebAuthenticatorCoordinatorProxy, AuthenticatorManager.cpp, DOMException.cpp) and in reports from devices. One line for
 * each message; the likeliest cause of a call that gives nothing else away.
 */

const DENIED =
  "The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.";
const JSON_REQUEST = () => call("PublicKeyCredential.parseRequestOptionsFromJSON", { challenge: "a+" });
const SIGNAL = () =>
  call("PublicKeyCredential.signalUnknownCredential", { rpId: "example.com", credentialId: "AA" });

type Row = [name: string, message: string, of: () => CallDraft, is: CauseId, version?: string];

const SAYS_IT: Row[] = [
  ["NotAllowedError", "Operation timed out.", get, "timed-out", "16.7"],
  ["NotAllowedError", "This request has been cancelled by a new request.", get, "overlapping-request"],
  ["NotAllowedError", "The document is not focused.", create, "not-focused"],
  ["NotAllowedError", "The document is not focused.", get, "not-focused"],
  [
    "NotAllowedError",
    "The origin of the document is not the same as its ancestors.",
    create,
    "frame-not-allowed",
  ],
  [
    "NotAllowedError",
    "The origin of the document is not the same as its ancestors.",
    get,
    "frame-not-allowed",
  ],
  [
    "NotAllowedError",
    "The 'navigator.credentials.get' API is only permitted in applications with the 'com.apple.developer.web-browser' entitlement",
    get,
    "web-view-not-associated",
    "17.3",
  ],
  [
    "NotAllowedError",
    "The 'navigator.credentials.create' API is only permitted in applications with the 'com.apple.developer.web-browser' entitlement",
    create,
    "web-view-not-associated",
    "17.3",
  ],
  [
    "NotAllowedError",
    "Read and write may not be present in largeBlob for registration.",
    create,
    "extension-input",
  ],
  ["NotAllowedError", "Support should not be present in largeBlob for assertion.", get, "extension-input"],
  [
    "NotAllowedError",
    "Both read and write may not be present together in largeBlob.",
    get,
    "extension-input",
  ],
  ["NotAllowedError", "Empty appid in create request.", get, "extension-input"],
  [
    "NotAllowedError",
    "No matched credentials are found in the platform attached authenticator.",
    get,
    "no-matching-passkey",
  ],
  [
    "NotAllowedError",
    "No credentials from the allowCredentials list is found in the authenticator.",
    get,
    "no-matching-passkey",
  ],
  ["InvalidStateError", "The object is in an invalid state.", create, "already-registered"],
  [
    "InvalidStateError",
    "At least one credential matches an entry of the excludeCredentials list in the authenticator.",
    create,
    "already-registered",
  ],
  [
    "InvalidStateError",
    "At least one credential matches an entry of the excludeCredentials list in the platform attached authenticator.",
    create,
    "already-registered",
  ],
  ["InvalidStateError", "The document is not fully active.", get, "document-gone"],
  ["InvalidStateError", "No browsing context", get, "document-gone"],
  ["SecurityError", "The effective domain of the document is not a valid domain.", get, "domain-invalid"],
  [
    "SecurityError",
    "The origin of the document is not authorized for the provided RP ID.",
    get,
    "rp-id-not-for-origin",
  ],
  [
    "SecurityError",
    "The origin of the document is not authorized for the provided RP ID.",
    SIGNAL,
    "rp-id-not-for-origin",
  ],
  [
    "SecurityError",
    "The origin of the document is not authorized for the provided App ID.",
    get,
    "extension-input",
  ],
  [
    "SecurityError",
    "Application with identifier ABCDE.com.example is not associated with domain example.com.",
    get,
    "web-view-not-associated",
  ],
  [
    "SecurityError",
    "Unable to verify webcredentials association of ABCDE.com.example with domain example.com.",
    get,
    "web-view-not-associated",
  ],
  ["NotSupportedError", "Only PublicKeyCredential is supported.", get, "credential-type-unsupported"],
  ["NotSupportedError", "Missing request type.", get, "credential-type-unsupported"],
  ["NotSupportedError", "Only one request type is supported at a time.", get, "credential-type-unsupported"],
  [
    "NotSupportedError",
    "options.pubKeyCredParams contains unsupported PublicKeyCredentialType value.",
    create,
    "no-common-algorithm",
  ],
  [
    "NotSupportedError",
    "The platform attached authenticator doesn't support any provided PublicKeyCredentialParameters.",
    create,
    "no-common-algorithm",
  ],
  ["NotSupportedError", "This request is not supported at this time.", get, "device-not-ready"],
  ["TypeError", "Type error", get, "options-malformed"],
  ["TypeError", "The length options.user.id must be between 1-64 bytes.", create, "options-malformed"],
  [
    "EncodingError",
    "Invalid encoding of challenge: a+ (It should be Base64URL encoded.)",
    JSON_REQUEST,
    "not-base64url",
  ],
  ["EncodingError", "Unrecognized credential type: password", JSON_REQUEST, "not-base64url"],
  ["AbortError", "Aborted by AbortSignal.", get, "aborted"],
  ["UnknownError", "Unknown internal error. Error code: 54", get, "security-key-failed"],
  ["UnknownError", "Couldn't parse the retry pin response.", get, "security-key-failed"],
  ["UnknownError", "Pin is null.", get, "security-key-failed"],
  ["UnknownError", "Cannot create a TokenRequest.", get, "security-key-failed"],
  ["UnknownError", "Web Authentication client not present.", get, "device-not-ready"],
  ["UnknownError", "Unable to parse credential ID.", SIGNAL, "not-base64url", "26.4"],
  ["UnknownError", "Error signaling unknown credential.", SIGNAL, "signal-failed", "26.4"],
  ["UnknownError", "Couldn't find attestation configuration.", create, "attestation-not-configured"],
];

/** Messages that several causes share: which of them must be weighed. */
const HIDES_IT: [...Required<Row>, others: CauseId[]][] = [
  ["NotAllowedError", DENIED, get, "declined", "18.5", ["no-matching-passkey", "device-not-ready"]],
  ["NotAllowedError", DENIED, create, "declined", "26.1", ["device-not-ready"]],
  ["NotAllowedError", "This request has been cancelled by the user.", get, "declined", "17.3", []],
  [
    "NotAllowedError",
    "Operation failed.",
    get,
    "declined",
    "17.4",
    ["no-matching-passkey", "device-not-ready"],
  ],
  ["SecurityError", "The operation is insecure.", get, "web-view-not-associated", "18.5", []],
  ["UnknownError", "Unknown internal error.", get, "device-not-ready", "18.5", []],
  ["NotSupportedError", "Not implemented.", get, "device-not-ready", "18.5", []],
];

async function explained([name, message, of, , version = "18.5"]: Row, inWebview = false) {
  const browser = inWebview ? webview(version) : safari(version);
  const rejected = of().rejects(name, { message, after: 4_000 });
  const { explanations } = await analyze(recordingOf([rejected], { browser }));
  return explanations[0]!;
}

describe("a message of Safari that says its cause", () => {
  test.each(SAYS_IT)("%s: %s", async (...row) => {
    const { causes, isAmbiguous, summary } = await explained(row);
    expect(causes.map(({ id, likelihood }) => [id, likelihood])).toEqual([[row[3], "certain"]]);
    expect(causes[0]!.for[0]!.text).toContain(row[1].slice(0, 40));
    expect(causes[0]!.next.length).toBeGreaterThan(0);
    expect(isAmbiguous).toBe(false);
    expect(summary).toContain("the message can mean nothing else");
  });
});

describe("a message of Safari that hides its cause", () => {
  test.each(HIDES_IT)("%s: %s", async (name, message, of, is, version, others) => {
    const { causes } = await explained([name, message, of, is, version], is === "web-view-not-associated");
    expect(causes[0]!.id).toBe(is);
    expect(causes[0]!.likelihood).not.toBe("certain");
    for (const other of others) expect(causes.map(({ id }) => id)).toContain(other);
  });

  test.each([safari("18.5"), safari("26.6")])(
    "leaves it open whether the person declined",
    async (browser) => {
      const rejected = get().rejects("NotAllowedError", { message: DENIED, after: 4_000 });
      const { explanations } = await analyze(recordingOf([rejected], { browser }));
      expect(explanations[0]).toMatchObject({ isAmbiguous: true });
      expect(explanations[0]!.summary).toContain(
        "can't tell whether the person declined or something stood in the way",
      );
    },
  );
});

describe("a call that has not settled", () => {
  test.each([
    ["of a button", get()],
    ["of AutoFill", get({}, { mediation: "conditional" })],
    ["of a registration", create()],
  ])("%s: the recording can't tell whether anything was shown", async (_, open) => {
    const { explanations } = await analyze(recordingOf([open], { browser: safari("26.1") }));
    expect(explanations[0]!.summary).toMatch(
      /^It has not settled\. .*the recording can't tell whether anything was shown\.$/,
    );
    expect(explanations[0]!.causes[0]!.next.length).toBeGreaterThan(0);
  });
});

test("a sign-in is never explained by what befalls registrations alone", async () => {
  for (const name of ["InvalidStateError", "NotSupportedError", "NotAllowedError"]) {
    const { causes } = await explained([name, "The object is in an invalid state.", get, "declined"]);
    const ids = causes.map(({ id }) => id);
    expect(ids).not.toContain("already-registered");
    expect(ids).not.toContain("no-common-algorithm");
    expect(ids.length).toBeGreaterThan(0);
  }
});
