import type { Api } from "../recording/recording.js";
import type { Structure } from "./responseBytes.js";

/** What a value is to people, for the list of what was masked. */
export type MaskedKind =
  | "user name"
  | "display name"
  | "user handle"
  | "credential ID"
  | "challenge"
  | "signature"
  | "public key"
  | "client data"
  | "authenticator data"
  | "attestation object"
  | "secret"
  | "blob"
  | "relying party"
  | "host"
  | "address"
  | "stack"
  | "message"
  | "other value";

/**
 * How a place of a snapshot is masked.
 * - keep: it says nothing of anybody
 * - keyword: a word of an enumeration, right or wrong
 * - text, id, number: a value of that kind, as text or as bytes or as the base64url of them
 * - host, address, sentence: see {@link Addresses} and freeText
 * - structure: bytes with members
 * - members: an object; what is not named is masked as `others`, by default as if nothing were known of it
 */
export type Place =
  | { as: "keep" | "keyword" | "host" | "address" | "sentence" | "unknown" }
  | { as: "text" | "id"; kind: MaskedKind }
  | { as: "structure"; structure: Structure; kind: MaskedKind }
  | { as: "members"; members: { readonly [name: string]: Place }; others?: Place; names?: MaskedKind };

const KEEP: Place = { as: "keep" };
const KEYWORD: Place = { as: "keyword" };
const HOST: Place = { as: "host" };
const ADDRESS: Place = { as: "address" };
const SENTENCE: Place = { as: "sentence" };
export const UNKNOWN: Place = { as: "unknown" };

const text = (kind: MaskedKind): Place => ({ as: "text", kind });
const id = (kind: MaskedKind): Place => ({ as: "id", kind });
const structure = (member: Structure, kind: MaskedKind): Place => ({
  as: "structure",
  structure: member,
  kind,
});
const members = (named: { readonly [name: string]: Place }, others?: Place): Place => ({
  as: "members",
  members: named,
  ...(others && { others }),
});

const DESCRIPTOR = members({ type: KEYWORD, id: id("credential ID"), transports: KEYWORD });
const SALTS = members({ first: id("secret"), second: id("secret") });

const EXTENSION_INPUTS = members({
  appid: ADDRESS,
  appidExclude: ADDRESS,
  credProps: KEEP,
  credentialProtectionPolicy: KEYWORD,
  enforceCredentialProtectionPolicy: KEEP,
  hmacCreateSecret: KEEP,
  largeBlob: members({ support: KEYWORD, read: KEEP, write: id("blob") }),
  minPinLength: KEEP,
  prf: members({
    eval: SALTS,
    evalByCredential: { as: "members", members: {}, others: SALTS, names: "credential ID" },
  }),
  uvm: KEEP,
});

/** Options of both ceremonies; in JSON the ids are text. @see https://www.w3.org/TR/webauthn-3/#sctn-credentialcreationoptions-extension */
const PUBLIC_KEY = members({
  rp: members({ id: HOST, name: { as: "text", kind: "relying party" }, icon: ADDRESS }),
  rpId: HOST,
  user: members({
    id: id("user handle"),
    name: text("user name"),
    displayName: text("display name"),
    icon: ADDRESS,
  }),
  challenge: id("challenge"),
  pubKeyCredParams: members({ type: KEYWORD, alg: KEYWORD }),
  timeout: KEYWORD,
  excludeCredentials: DESCRIPTOR,
  allowCredentials: DESCRIPTOR,
  authenticatorSelection: members({
    authenticatorAttachment: KEYWORD,
    residentKey: KEYWORD,
    requireResidentKey: KEYWORD,
    userVerification: KEYWORD,
  }),
  userVerification: KEYWORD,
  hints: KEYWORD,
  attestation: KEYWORD,
  attestationFormats: KEYWORD,
  extensions: EXTENSION_INPUTS,
});

const OPTIONS = members({
  publicKey: PUBLIC_KEY,
  mediation: KEYWORD,
  uiMode: KEYWORD,
  signal: KEEP,
  password: KEEP,
});

const CREDENTIAL = members({
  id: id("credential ID"),
  rawId: id("credential ID"),
  type: KEYWORD,
  authenticatorAttachment: KEYWORD,
  clientExtensionResults: members({
    appid: KEEP,
    appidExclude: KEEP,
    credProps: members({ rk: KEEP, authenticatorDisplayName: text("other value") }),
    largeBlob: members({ supported: KEEP, written: KEEP, blob: id("blob") }),
    prf: members({ enabled: KEEP, results: SALTS }),
    uvm: KEEP,
  }),
  response: members({
    clientDataJSON: structure("clientDataJSON", "client data"),
    attestationObject: structure("attestationObject", "attestation object"),
    authenticatorData: structure("authenticatorData", "authenticator data"),
    signature: structure("signature", "signature"),
    userHandle: id("user handle"),
    transports: KEYWORD,
    publicKey: structure("publicKey", "public key"),
    publicKeyAlgorithm: KEYWORD,
  }),
});

const SIGNAL = members({
  rpId: HOST,
  credentialId: id("credential ID"),
  userId: id("user handle"),
  allAcceptedCredentialIds: id("credential ID"),
  name: text("user name"),
  displayName: text("display name"),
});

/** The first argument of a call, and what it is answered with. */
export const PLACES: { readonly [api in Api]: { argument: Place; result: Place } } = {
  "credentials.create": { argument: OPTIONS, result: CREDENTIAL },
  "credentials.get": { argument: OPTIONS, result: CREDENTIAL },
  "credentials.store": { argument: CREDENTIAL, result: CREDENTIAL },
  "credentials.preventSilentAccess": { argument: UNKNOWN, result: UNKNOWN },
  "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable": { argument: UNKNOWN, result: KEEP },
  "PublicKeyCredential.isConditionalMediationAvailable": { argument: UNKNOWN, result: KEEP },
  "PublicKeyCredential.getClientCapabilities": { argument: UNKNOWN, result: UNKNOWN },
  "PublicKeyCredential.parseCreationOptionsFromJSON": { argument: PUBLIC_KEY, result: PUBLIC_KEY },
  "PublicKeyCredential.parseRequestOptionsFromJSON": { argument: PUBLIC_KEY, result: PUBLIC_KEY },
  "PublicKeyCredential.signalUnknownCredential": { argument: SIGNAL, result: UNKNOWN },
  "PublicKeyCredential.signalAllAcceptedCredentials": { argument: SIGNAL, result: UNKNOWN },
  "PublicKeyCredential.signalCurrentUserDetails": { argument: SIGNAL, result: UNKNOWN },
};

/** Why a page aborts a call. */
export const REASON: Place = members({
  name: KEYWORD,
  message: SENTENCE,
  code: KEEP,
  stack: { as: "sentence" },
});
