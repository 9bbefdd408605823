import { decodeAttestationObject } from "../decode/attestationObject.js";
import { decodeAuthenticatorData } from "../decode/authenticatorData.js";
import { decodeClientData } from "../decode/clientData.js";
import type { AuthenticatorData } from "../decode/decoded.js";
import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import { realmOf } from "../recording/realmOf.js";
import type { Call, Realm, Recording } from "../recording/recording.js";
import { areSecurityKeyTransports } from "../spec/transports.js";
import { readClientExtensionOutputs } from "../verify/clientExtensionOutputs.js";
import type { Ceremony, ReturnedCredential } from "./ceremony.js";

/** Understands every call of a recording; one ceremony each, in their order. */
export function readCeremonies(recording: Recording): Ceremony[] {
  const realm = realmOf(recording);
  return recording.calls.map((call) => readCeremony(call, realm(call)));
}

/** Understands one call: what was asked for and, with its bytes decoded, what came back. */
export function readCeremony(call: Call, realm: Realm): Ceremony {
  const kind = kindOf(call);
  if (kind === "other") return { callId: call.id, kind, decoded: {}, verdicts: [] };
  const publicKey = readSnapshot(call.arguments[0], "/arguments/0").member("publicKey");
  const rpId = rpIdOf(publicKey, kind, realm);
  const user = kind === "registration" ? userOf(publicKey) : undefined;
  const result = resultOf(call);
  const decoded = result ? decodedOf(result, kind) : {};
  const credential = result && credentialOf(result, decoded, publicKey);
  return {
    callId: call.id,
    kind,
    ...(rpId !== undefined && { rpId }),
    ...(user && { user }),
    ...(credential && { credential }),
    decoded,
    verdicts: [],
  };
}

/** What the call was answered with, or nothing. */
export function resultOf({ outcome }: Call): Reading | undefined {
  return outcome.status === "fulfilled" ? readSnapshot(outcome.value, "/outcome/value") : undefined;
}

function kindOf({ api, arguments: [options] }: Call): Ceremony["kind"] {
  if (api !== "credentials.create" && api !== "credentials.get") return "other";
  if (readSnapshot(options).member("publicKey").isAbsent) return "other";
  return api === "credentials.create" ? "registration" : "authentication";
}

function rpIdOf(publicKey: Reading, kind: Ceremony["kind"], realm: Realm): string | undefined {
  const rpId = kind === "registration" ? publicKey.member("rp", "id") : publicKey.member("rpId");
  return rpId.isAbsent ? hostOf(realm.origin) : rpId.text();
}

/** The host of an origin such as "https://example.com:8443"; undefined for opaque origins. */
export function hostOf(origin: string): string | undefined {
  return /^https?:\/\/(\[[^\]]*\]|[^:/?#]+)/.exec(origin)?.[1];
}

function userOf(publicKey: Reading): Ceremony["user"] {
  const id = publicKey.member("user", "id").base64url();
  const name = publicKey.member("user", "name").text();
  return id === undefined ? undefined : { id, ...(name !== undefined && { name }) };
}

function decodedOf(result: Reading, kind: "registration" | "authentication"): Ceremony["decoded"] {
  const response = result.member("response");
  const clientData = response.member("clientDataJSON").bytes();
  const attestationObject = response.member("attestationObject").bytes();
  const authenticatorData = response.member("authenticatorData").bytes();
  const clientExtensions = readClientExtensionOutputs(result.member("clientExtensionResults"), kind);
  return {
    ...(clientData && { clientData: decodeClientData(clientData) }),
    ...(attestationObject && { attestationObject: decodeAttestationObject(attestationObject) }),
    ...(authenticatorData && { authenticatorData: decodeAuthenticatorData(authenticatorData) }),
    ...(clientExtensions.length > 0 && { clientExtensions }),
  };
}

function credentialOf(
  result: Reading,
  decoded: Ceremony["decoded"],
  publicKey: Reading,
): ReturnedCredential | undefined {
  const credentialId = result.member("rawId").base64url() ?? result.member("id").text();
  if (credentialId === undefined) return undefined;
  const attestation = decoded.attestationObject?.value;
  const authenticatorData = attestation?.authenticatorData ?? decoded.authenticatorData?.value;
  const transports = textsOf(result.member("response", "transports"));
  const attachment = attachmentOf(result);
  const aaguid = aaguidOf(authenticatorData);
  const userHandle = result.member("response", "userHandle").base64url();
  // No security key is backed up, whatever the page lists it as.
  const isSyncedHere = attachment === "platform" && authenticatorData?.flags?.backupEligible;
  return {
    credentialId,
    holder: holderOf(
      attachment,
      transports ?? (isSyncedHere ? [] : listedTransports(publicKey, credentialId)),
    ),
    ...(attachment && { attachment }),
    ...(transports && { transports }),
    ...(authenticatorData && { authenticatorData }),
    ...(aaguid && { aaguid }),
    ...(attestation?.attestationFormat !== undefined && { attestationFormat: attestation.attestationFormat }),
    ...(userHandle !== undefined && { userHandle }),
  };
}

function attachmentOf(result: Reading): ReturnedCredential["attachment"] {
  const attachment = result.member("authenticatorAttachment").text();
  return attachment === "platform" || attachment === "cross-platform" ? attachment : undefined;
}

/** A sign-in does not tell transports, but what was sent of the credential may. */
function listedTransports(publicKey: Reading, credentialId: string): string[] | undefined {
  const list = publicKey.member("allowCredentials").items();
  const listed = list.find((descriptor) => descriptor.member("id").base64url() === credentialId);
  return listed && textsOf(listed.member("transports"));
}

/** Transports come first, because Safari 17.4 to 26.1 calls security keys "platform". */
function holderOf(
  attachment: ReturnedCredential["attachment"],
  transports: readonly string[] = [],
): ReturnedCredential["holder"] {
  if (areSecurityKeyTransports(transports)) return "security-key";
  if (attachment === "platform") return "platform";
  if (attachment === undefined) return "unknown";
  return transports.includes("hybrid") || transports.includes("internal") ? "hybrid" : "unknown";
}

function aaguidOf(data: Partial<AuthenticatorData> | undefined): string | undefined {
  const aaguid = data?.attestedCredentialData?.aaguid;
  return aaguid && /[^0-]/.test(aaguid) ? aaguid : undefined;
}

/** The strings of a list; undefined unless it is a list. */
export function textsOf(list: Reading): string[] | undefined {
  if (list.kind !== "list") return undefined;
  return list.items().flatMap((item) => item.text() ?? []);
}
