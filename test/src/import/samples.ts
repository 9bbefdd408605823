import { encodeBase64, encodeBase64url } from "../../../src/bytes/base64url.js";
import { encodeHex } from "../../../src/bytes/hex.js";
import { SoftwareAuthenticator } from "../../support/softwareAuthenticator.js";

/** One registration and one sign-in at example.com, in the forms in which other programs have them. */

export const ORIGIN = "https://example.com";
export const CREATION_CHALLENGE = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) & 255);
export const REQUEST_CHALLENGE = Uint8Array.from({ length: 32 }, (_, index) => (index * 91 + 200) & 255);
const USER_ID = Uint8Array.from({ length: 16 }, (_, index) => index * 13);

const authenticator = new SoftwareAuthenticator({ attestation: "none" });
const creation = {
  rp: { id: "example.com", name: "Example" },
  user: { id: USER_ID, name: "alice@example.com", displayName: "Alice" },
  challenge: CREATION_CHALLENGE,
  pubKeyCredParams: [
    { type: "public-key", alg: -7 },
    { type: "public-key", alg: -257 },
  ],
  timeout: 300_000,
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "preferred",
  },
  attestation: "none",
};
export const registration = authenticator.create({ publicKey: creation }, { origin: ORIGIN });
const request = {
  challenge: REQUEST_CHALLENGE,
  rpId: "example.com",
  allowCredentials: [] as unknown[],
  userVerification: "preferred",
  timeout: 300_000,
};
export const authentication = authenticator.get({ publicKey: request }, { origin: ORIGIN });

/** As `parseCreationOptionsFromJSON` takes them. */
export const creationJson = {
  ...creation,
  user: { ...creation.user, id: encodeBase64url(USER_ID) },
  challenge: encodeBase64url(CREATION_CHALLENGE),
};
export const requestJson = { ...request, challenge: encodeBase64url(REQUEST_CHALLENGE) };

/** The same in padded base64, as the planned tab of Web Inspector copies requests. */
export const webkitCreation = {
  rp: creation.rp,
  user: { ...creation.user, id: encodeBase64(USER_ID) },
  challenge: encodeBase64(CREATION_CHALLENGE),
  pubKeyCredParams: creation.pubKeyCredParams,
  timeout: 300_000,
  excludeCredentials: [],
  authenticatorSelection: creation.authenticatorSelection,
  attestation: "none",
  extensions: { credProps: true },
};
/** A response has what the inspector read out of the authenticator data beside it. */
export const webkitResponse = {
  ...registration.json,
  parsedAuthenticatorData: { flags: { UP: true, UV: true }, signCount: 0 },
};

const bytesOf = (base64url: string) => Array.from(Buffer.from(base64url, "base64url"));

/** As `downloadExport` of WebAuthn DevTools 1.2 writes it. */
export const devtoolsExport = {
  version: "1.0",
  exportedAt: "2026-10-05T10:00:00.000Z",
  origin: "chrome-extension://abcdefghijklmnop",
  userAgent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  calls: [
    {
      id: "1",
      type: "isConditionalMediationAvailable",
      status: "success",
      timestamp: 1_791_000_000_000,
      duration: 3,
      request: { method: "isConditionalMediationAvailable", args: [] },
      response: { method: "isConditionalMediationAvailable", result: true },
    },
    {
      id: "2",
      type: "create",
      status: "success",
      timestamp: 1_791_000_001_000,
      duration: 4_120,
      request: {
        ...creationJson,
        excludeCredentials: undefined,
        extensions: { prf: { eval: { first: {} } } },
      },
      response: {
        ...registration.json,
        clientExtensionResults: { prf: { enabled: true, results: { first: {} } } },
        parsed: { clientData: {}, attestation: {} },
      },
    },
    {
      id: "3",
      type: "get",
      status: "error",
      timestamp: 1_791_000_009_000,
      duration: 60,
      // The page passed a string, which the program drops.
      request: {
        rpId: "example.com",
        allowCredentials: [{ type: "public-key", id: "" }],
        mediation: "conditional",
      },
      error: { name: "NotAllowedError", message: "The operation is not allowed.", stack: "at login.js:1:2" },
    },
    {
      id: "4",
      type: "get",
      status: "aborted",
      timestamp: 1_791_000_010_000,
      duration: 90,
      request: requestJson,
    },
    { id: "5", type: "get", status: "pending", timestamp: 1_791_000_011_000, request: requestJson },
  ],
};

/** As `exportLogs` of WebAuthnRecorder 1.0 writes it. */
export const recorderExport = [
  {
    id: "1-a",
    type: "create",
    timestamp: "2026-10-05T10:00:00.000Z",
    url: "https://example.com/register?from=mail",
    options: {
      publicKey: {
        ...creation,
        user: { ...creation.user, id: { _type: "Uint8Array", length: 16, data: [...USER_ID] } },
        challenge: { _type: "ArrayBuffer", byteLength: 32, data: [...CREATION_CHALLENGE] },
      },
      signal: {},
    },
    success: true,
    result: {
      _type: "PublicKeyCredential",
      id: registration.json.id,
      rawId: { _type: "ArrayBuffer", byteLength: 32, data: bytesOf(registration.json.rawId) },
      type: "public-key",
      authenticatorAttachment: "platform",
      response: {
        clientDataJSON: { _type: "ArrayBuffer", data: bytesOf(registration.json.response.clientDataJSON) },
        attestationObject: {
          _type: "ArrayBuffer",
          data: bytesOf(registration.json.response.attestationObject),
        },
      },
    },
    error: null,
  },
  {
    id: "2-b",
    type: "get",
    timestamp: "2026-10-05T10:01:00.000Z",
    url: "https://example.com/login",
    options: { publicKey: { challenge: "not bytes", rpId: "example.com" }, mediation: "conditional" },
    success: false,
    result: null,
    error: "NotAllowedError: The operation either timed out or was not allowed.",
  },
  {
    id: "3-c",
    type: "get",
    timestamp: "2026-10-05T10:02:00.000Z",
    url: "https://example.com/login",
    options: { publicKey: { challenge: "[Circular Reference]", rpId: "example.com" } },
    success: null,
    result: null,
    error: null,
  },
];

const header = (name: string, value: string) => ({ name, value });
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1";

/** Options in one response, the answer in the next request; then the same for the sign-in, as a form and in base64. */
export const harFile = {
  log: {
    version: "1.2",
    creator: { name: "WebKit Web Inspector", version: "1.0" },
    pages: [
      { id: "page_0", title: "https://example.com/register", startedDateTime: "2026-10-05T10:00:00.000Z" },
    ],
    entries: [
      entry("2026-10-05T10:00:00.000Z", "https://example.com/app.js", undefined, "var challenge = 1"),
      entry("2026-10-05T10:00:01.000Z", "https://example.com/options", undefined, {
        status: "ok",
        data: { options: { publicKey: creationJson } },
      }),
      entry(
        "2026-10-05T10:00:06.500Z",
        "https://example.com/verify",
        JSON.stringify({ response: registration.json }),
        {
          verified: true,
        },
      ),
      {
        ...entry("2026-10-05T10:01:00.000Z", "https://example.com/login/options", undefined, ""),
        response: {
          content: {
            mimeType: "application/json",
            encoding: "base64",
            text: Buffer.from(JSON.stringify(requestJson)).toString("base64"),
          },
        },
      },
      {
        ...entry("2026-10-05T10:01:05.000Z", "https://example.com/login", "", ""),
        request: {
          method: "POST",
          url: "https://example.com/login",
          headers: [header("Origin", ORIGIN), header("User-Agent", IPHONE)],
          postData: {
            mimeType: "application/x-www-form-urlencoded",
            text: `csrf=1&credential=${encodeURIComponent(JSON.stringify(authentication.json))}`,
          },
        },
      },
    ],
  },
};

function entry(startedDateTime: string, url: string, posted: string | undefined, answered: unknown) {
  const text = typeof answered === "string" ? answered : JSON.stringify(answered);
  return {
    startedDateTime,
    time: 120.5,
    pageref: "page_0",
    request: {
      method: posted === undefined ? "GET" : "POST",
      url,
      headers: [header("origin", ORIGIN), header("user-agent", IPHONE)],
      ...(posted !== undefined && { postData: { mimeType: "application/json", text: posted } }),
    },
    response: { content: { mimeType: "application/json", text } },
  };
}

/** The ways in which people have bytes at hand. */
export const SPELLINGS: readonly [name: string, spell: (bytes: Uint8Array) => string][] = [
  [
    "what a console prints of a Uint8Array",
    (bytes) => `Uint8Array(${bytes.length}) [${[...bytes].join(", ")}]`,
  ],
  ["the source of a Uint8Array", (bytes) => `new Uint8Array([${[...bytes].join(",")}]);`],
  [
    "what Node prints of a Buffer",
    (bytes) =>
      `<Buffer ${Buffer.from(bytes)
        .toString("hex")
        .replace(/..(?=.)/g, "$& ")}>`,
  ],
  ["base64url", encodeBase64url],
  ["base64 with padding", encodeBase64],
  ["base64 in lines", (bytes) => encodeBase64(bytes).replace(/.{64}/g, "$&\r\n")],
  ["base64url in quotes, with its name", (bytes) => `"attestationObject": "${encodeBase64url(bytes)}",`],
  ["a JSON string", (bytes) => JSON.stringify(encodeBase64url(bytes))],
  ["hex", encodeHex],
  ["hex in capitals with 0x", (bytes) => `0x${encodeHex(bytes).toUpperCase()}`],
  ["hex with colons", (bytes) => encodeHex(bytes).replace(/..(?=.)/g, "$&:")],
  ["hex in lines", (bytes) => encodeHex(bytes).replace(/.{32}/g, "$&\n")],
  [
    "a C array",
    (bytes) => `{ ${[...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ")} }`,
  ],
  ["a JSON array", (bytes) => JSON.stringify([...bytes])],
  ["what JSON.stringify makes of a Uint8Array", (bytes) => JSON.stringify(bytes)],
  ["what Node makes of a Buffer", (bytes) => JSON.stringify(Buffer.from(bytes))],
  [
    "a data URL",
    (bytes) => `data:application/octet-stream;base64,${encodeURIComponent(encodeBase64(bytes))}`,
  ],
];
