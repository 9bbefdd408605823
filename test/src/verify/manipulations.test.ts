import { createHash, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type CertificateParts, certificateAuthority, EXTENSIONS } from "../../support/certificate.js";
import { der } from "../../support/der.js";
import { bytes, descriptor } from "../../support/recordings.js";
import {
  type Alterations,
  ATTESTATION_ROOT,
  type AttestationKind,
} from "../../support/softwareAuthenticator.js";
import { authentication, type CeremonyParts, checks, registration } from "./ceremony.js";

/*
 * Each manipulation is one that a server has to notice: the named steps fail and no other. What
 * @simplewebauthn/server makes of the same answer stands beside it; where it is laxer, the reason is told.
 * It refuses every compound attestation, genuine ones too.
 */

interface Manipulation extends CeremonyParts {
  /** steps that fail */
  fails: string[];
  /** why the oracle accepts all the same; absent: it refuses */
  laxer?: string;
}

const set =
  (members: Record<string, unknown>) =>
  (value: object): void => {
    Object.assign(value, members);
  };

/** The first byte is another one. */
const flipped = (value: Uint8Array): Uint8Array =>
  value.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
const lastFlipped = (value: Uint8Array): Uint8Array =>
  value.map((byte, index) => (index === value.length - 1 ? byte ^ 1 : byte));
const append = (value: Uint8Array): Uint8Array => Uint8Array.from([...value, 0]);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const FRAME = { ancestorOrigins: ["https://shop.example"] };
const NO_TYPE_CHECK = "it takes the client's word for members that carry no security";

const AUTHENTICATIONS: Record<string, Manipulation> = {
  "the credential's type is another": {
    alter: { answer: set({ type: "password" }) },
    fails: ["credential-type"],
  },
  "id is not that of rawId": {
    alter: { answer: ({ rawId, ...others }) => ({ ...others, rawId: flipped(rawId) }) },
    // a credential ID that nobody registered: its key, history and user are unknown
    fails: ["credential-id"],
  },
  "id is padded base64": {
    alter: { answer: (answer) => set({ id: `${answer.id}=` })(answer) },
    fails: ["credential-id"],
  },
  "the credential is not among those allowed": {
    options: { allowCredentials: [descriptor("another")] },
    fails: ["allow-credentials"],
    laxer: "allowCredentials is not among its inputs",
  },
  "the user handle is another account's": {
    alter: { userHandle: bytes(32, 99) },
    fails: ["user-handle"],
    laxer: "it leaves finding the account to its caller",
  },
  "no user handle, and nothing else to know the account by": {
    alter: { userHandle: null },
    fails: ["user-handle"],
    laxer: "it leaves finding the account to its caller",
  },
  "the client data's type is that of a registration": {
    alter: { clientData: set({ type: "webauthn.create" }) },
    fails: ["type"],
  },
  "the client data's type is that of a payment": {
    alter: { clientData: set({ type: "payment.get" }) },
    fails: ["type"],
  },
  "another challenge": {
    alter: { clientData: set({ challenge: "AAECAwQFBgcICQoLDA0ODw" }) },
    fails: ["challenge"],
  },
  "the challenge in base64 instead of base64url": {
    options: { challenge: Uint8Array.of(251, 255, 254, 251, 255, 254, 0, 1) },
    alter: { clientData: set({ challenge: "+//++//+AAE" }) },
    fails: ["client-data", "challenge"],
  },
  "another origin": {
    alter: { clientData: set({ origin: "https://example.com.evil.example" }) },
    fails: ["origin"],
  },
  "an origin with a port": {
    alter: { clientData: set({ origin: "https://example.com:8443" }) },
    fails: ["origin"],
  },
  "an origin of plain http": {
    alter: { clientData: set({ origin: "http://example.com" }) },
    fails: ["origin"],
  },
  "crossOrigin is true on a top-level page": {
    alter: { clientData: set({ crossOrigin: true }) },
    fails: ["cross-origin"],
    laxer: "it asks for expectedTopOrigin only where there is a topOrigin",
  },
  "crossOrigin is false in another site's frame": {
    page: FRAME,
    alter: { clientData: ({ topOrigin: _, ...others }) => ({ ...others, crossOrigin: false }) },
    fails: ["cross-origin"],
    laxer: "it does not know where the page was",
  },
  "topOrigin without crossOrigin": {
    alter: { clientData: set({ topOrigin: "https://shop.example" }) },
    fails: ["top-origin"],
  },
  "topOrigin is another site's": {
    page: FRAME,
    alter: { clientData: set({ topOrigin: "https://evil.example" }) },
    fails: ["top-origin"],
  },
  "the client data has no challenge": {
    alter: { clientData: ({ challenge: _, ...others }) => others },
    fails: ["client-data", "challenge"],
  },
  "the client data has a member twice": {
    alter: {
      clientDataJSON: (json) => utf8(new TextDecoder().decode(json).replace("{", '{"crossOrigin":false,')),
    },
    fails: ["client-data"],
    laxer: "JSON.parse takes the last one",
  },
  "the client data is cut off": {
    alter: { clientDataJSON: (json) => json.slice(0, -1) },
    fails: ["client-data", "type", "challenge", "origin"],
  },
  "the RP ID is the parent domain": {
    page: { origin: "https://login.example.com" },
    options: { rpId: "login.example.com" },
    alter: { authenticatorData: set({ rpId: "example.com" }) },
    fails: ["rp-id-hash"],
  },
  "the RP ID is the origin": {
    alter: { authenticatorData: set({ rpId: "https://example.com" }) },
    fails: ["rp-id-hash"],
  },
  "the hash is of an App ID that wasn't used": {
    options: { extensions: { appid: "https://example.com/appid.json" } },
    alter: { authenticatorData: set({ rpId: "https://example.com/appid.json" }) },
    fails: ["rp-id-hash"],
  },
  "the hash is of the RP ID though the App ID was used": {
    options: { extensions: { appid: "https://example.com/appid.json" } },
    alter: { answer: set({ clientExtensionResults: { appid: true } }) },
    fails: ["rp-id-hash"],
    laxer: "extension outputs are not among its inputs",
  },
  "nobody was present": {
    alter: { authenticatorData: set({ userPresent: false }) },
    fails: ["user-present"],
  },
  "nobody was verified, though it was required": {
    options: { userVerification: "required" },
    alter: { authenticatorData: set({ userVerified: false }) },
    fails: ["user-verified"],
  },
  "backed up, though not eligible": {
    authenticator: { backupEligible: false, backupState: false },
    alter: { authenticatorData: set({ backupState: true }) },
    fails: ["backup-flags"],
  },
  "eligible for backup, though it was not": {
    authenticator: { backupEligible: false, backupState: false },
    alter: { authenticatorData: set({ backupEligible: true }) },
    fails: ["backup-eligible"],
    laxer: "it does not compare with the registration",
  },
  "bytes follow the authenticator data": {
    alter: { authenticatorDataBytes: append },
    fails: ["authenticator-data"],
  },
  "the authenticator data is cut off": {
    alter: { authenticatorDataBytes: (data) => data.slice(0, 36) },
    fails: ["authenticator-data", "sign-count"],
  },
  "ED is set, and no extensions follow": {
    alter: { authenticatorData: set({ flags: 0x9d }) },
    fails: ["authenticator-data"],
  },
  "the authenticator data was changed after it was signed": {
    alter: {
      answer: (answer) => {
        const { authenticatorData } = answer.response as { authenticatorData: Uint8Array };
        answer.response.authenticatorData = lastFlipped(authenticatorData);
      },
    },
    fails: ["signature"],
  },
  "the client data was changed after it was signed": {
    alter: {
      answer: ({ response }) => {
        const json = new TextDecoder().decode(response.clientDataJSON as Uint8Array);
        response.clientDataJSON = utf8(json.replace("{", "{ "));
      },
    },
    fails: ["signature"],
  },
  "the signature is over something else": { alter: { signed: lastFlipped }, fails: ["signature"] },
  "a bit of the signature is another": { alter: { signature: lastFlipped }, fails: ["signature"] },
  "the signature is not DER": { alter: { signature: (der) => der.slice(2) }, fails: ["signature"] },
  "the signature is empty": { alter: { signature: () => new Uint8Array() }, fails: ["signature"] },
  "the sign count stands still": {
    authenticator: { signCount: 7 },
    fails: ["sign-count"],
  },
  "the sign count goes back": {
    authenticator: { signCount: 7, counts: true },
    alter: { authenticatorData: set({ signCount: 3 }) },
    fails: ["sign-count"],
  },
  "the sign count goes back to 0": {
    authenticator: { signCount: 7 },
    alter: { authenticatorData: set({ signCount: 0 }) },
    fails: ["sign-count"],
  },
  "credProps is no object": {
    options: { extensions: { credProps: true } },
    alter: { answer: set({ clientExtensionResults: { credProps: true } }) },
    fails: ["extensions"],
    laxer: NO_TYPE_CHECK,
  },
};

function withCredentialId(credentialId: Uint8Array): Alterations {
  return {
    authenticatorData: (parts) => {
      parts.attested!.credentialId = credentialId;
    },
    answer: set({ rawId: credentialId, id: Buffer.from(credentialId).toString("base64url") }),
  };
}

const REGISTRATIONS: Record<string, Manipulation> = {
  "the credential's type is another": {
    alter: { answer: set({ type: "password" }) },
    fails: ["credential-type"],
  },
  "the answer's credential ID is not the authenticator's": {
    alter: {
      answer: (answer) => {
        const rawId = flipped(answer.rawId);
        return { ...answer, rawId, id: Buffer.from(rawId).toString("base64url") };
      },
    },
    fails: ["credential-id"],
    laxer: "it takes the ID from the authenticator data and never compares",
  },
  "the client data's type is that of an authentication": {
    alter: { clientData: set({ type: "webauthn.get" }) },
    fails: ["type"],
  },
  "another challenge": {
    alter: { clientData: set({ challenge: "AAECAwQFBgcICQoLDA0ODw" }) },
    fails: ["challenge"],
  },
  "another origin": { alter: { clientData: set({ origin: "https://evil.example" }) }, fails: ["origin"] },
  "crossOrigin is true on a top-level page": {
    alter: { clientData: set({ crossOrigin: true }) },
    fails: ["cross-origin"],
    laxer: "it does not look at crossOrigin in registrations",
  },
  "topOrigin is another site's": {
    page: FRAME,
    alter: { clientData: set({ topOrigin: "https://evil.example" }) },
    fails: ["top-origin"],
    laxer: "it does not look at topOrigin in registrations",
  },
  "another RP ID": { alter: { authenticatorData: set({ rpId: "evil.example" }) }, fails: ["rp-id-hash"] },
  "nobody was present": {
    alter: { authenticatorData: set({ userPresent: false }) },
    fails: ["user-present"],
  },
  "nobody was verified, though it was required": {
    options: { authenticatorSelection: { userVerification: "required" } },
    alter: { authenticatorData: set({ userVerified: false }) },
    fails: ["user-verified"],
  },
  "backed up, though not eligible": {
    alter: { authenticatorData: set({ backupEligible: false, backupState: true }) },
    fails: ["backup-flags"],
  },
  "a key of an algorithm that wasn't asked for": { alter: { algorithm: -8 }, fails: ["algorithm"] },
  "a public key that is not on its curve": {
    alter: {
      coseKey: (key) => {
        key.set(-2, flipped(key.get(-2) as Uint8Array));
      },
    },
    fails: ["public-key"],
    laxer: "it does not use the key before the first authentication",
  },
  "a public key without y": {
    alter: {
      coseKey: (key) => {
        key.delete(-3);
      },
    },
    fails: ["authenticator-data", "public-key"],
    laxer: "it does not use the key before the first authentication",
  },
  "bytes follow the authenticator data": {
    alter: { authenticatorDataBytes: append },
    fails: ["authenticator-data"],
  },
  "bytes follow the attestation object": {
    alter: { attestationObjectBytes: append },
    fails: ["attestation-object"],
    laxer: "it reads the first CBOR item and ignores the rest",
  },
  "an unknown member in the attestation object": {
    alter: {
      attestationObject: (object) => {
        object.set("extra", 1);
      },
    },
    fails: ["attestation-object"],
    laxer: "it reads the members that it knows",
  },
  "no attested credential data": {
    alter: {
      authenticatorData: ({ attested: _, ...parts }) => parts,
    },
    fails: ["algorithm", "public-key", "credential-id-length"],
  },
  "a credential ID of 1024 bytes": {
    alter: withCredentialId(bytes(1024, 5)),
    fails: ["credential-id-length"],
    laxer: "it sets no limit",
  },
  "a credential ID that was to be excluded": {
    options: { excludeCredentials: [{ type: "public-key", id: bytes(32, 8) }] },
    alter: withCredentialId(bytes(32, 8)),
    fails: ["credential-id-unique"],
    laxer: "which IDs are taken is not among its inputs",
  },
  "credProps is no object": {
    alter: { answer: set({ clientExtensionResults: { credProps: true } }) },
    fails: ["extensions"],
    laxer: NO_TYPE_CHECK,
  },
  "less protection than was asked for": {
    authenticator: { extensions: { credProtect: 1 } },
    options: { extensions: { credentialProtectionPolicy: "userVerificationRequired" } },
    fails: ["extensions"],
    laxer: "extension inputs are not among its inputs",
  },
};

const attested = (
  attestation: AttestationKind,
  alter: Alterations,
  fails: string[],
  laxer?: string,
): Manipulation => ({
  authenticator: { attestation },
  alter,
  fails,
  verify: { roots: [ATTESTATION_ROOT.certificate] },
  ...(laxer !== undefined && { laxer }),
});
const remove =
  (name: string) =>
  (statement: Map<string, unknown>): void => {
    statement.delete(name);
  };
const put =
  (name: string, change: (value: never) => unknown) =>
  (statement: Map<string, unknown>): void => {
    statement.set(name, change(statement.get(name) as never));
  };
const subject =
  (type: string, value: string | undefined) =>
  (parts: CertificateParts): void => {
    parts.subject = parts.subject.flatMap(([name, old]) =>
      name !== type ? [[name, old]] : value === undefined ? [] : [[name, value]],
    );
  };
const withoutExtension =
  (oid: string) =>
  (parts: CertificateParts): void => {
    parts.extensions = parts.extensions.filter((extension) => extension.oid !== oid);
  };
const asAuthority = (parts: CertificateParts): void => {
  parts.extensions[0]!.value = der.sequence(der.boolean(true));
};
const ANOTHER_AAGUID = der.octetString(bytes(16, 3));

const ATTESTATIONS: Record<string, Manipulation> = {
  "none, with a statement": attested("none", { statement: put("x", () => 1) }, ["attestation-statement"]),
  "a format that nobody knows": {
    ...attested("none", { attestationObject: put("fmt", () => "secret") }, ["attestation-format"]),
  },

  "packed: the statement has no signature": attested("packed", { statement: remove("sig") }, [
    "attestation-statement",
    "attestation-signature",
  ]),
  "packed: the statement has no algorithm": attested("packed", { statement: remove("alg") }, [
    "attestation-statement",
    "attestation-signature",
  ]),
  "packed: another algorithm than was signed with": attested("packed", { statement: put("alg", () => -35) }, [
    "attestation-signature",
  ]),
  "packed: the signature is over something else": attested("packed", { signed: lastFlipped }, [
    "attestation-signature",
  ]),
  "packed: a bit of the signature is another": attested("packed", { signature: lastFlipped }, [
    "attestation-signature",
  ]),
  "packed: the authenticator data was changed after it was signed": attested(
    "packed",
    {
      attestationObject: put("authData", (data: Uint8Array) =>
        data.map((byte, index) => (index === 36 ? byte ^ 1 : byte)),
      ),
    },
    ["attestation-signature"],
  ),
  "packed: x5c is empty": attested("packed", { statement: put("x5c", () => []) }, [
    "attestation-statement",
    "attestation-signature",
    "attestation-certificate",
    "attestation-trust",
  ]),
  "packed: a certificate of version 1": attested(
    "packed",
    {
      certificate: (parts) => {
        parts.version = 1;
        parts.extensions = [];
      },
    },
    ["attestation-certificate"],
  ),
  "packed: the certificate's OU is another": attested(
    "packed",
    { certificate: subject("OU", "Attestation") },
    ["attestation-certificate"],
  ),
  "packed: the certificate names no organization": attested(
    "packed",
    { certificate: subject("O", undefined) },
    ["attestation-certificate"],
  ),
  "packed: the certificate names no common name": attested(
    "packed",
    { certificate: subject("CN", undefined) },
    ["attestation-certificate"],
  ),
  "packed: the certificate's country has three letters": attested(
    "packed",
    { certificate: subject("C", "AAA") },
    ["attestation-certificate"],
  ),
  "packed: the certificate is an authority's": attested("packed", { certificate: asAuthority }, [
    "attestation-certificate",
  ]),
  "packed: the certificate has another AAGUID": attested(
    "packed",
    {
      certificate: (parts) => {
        parts.extensions.find(({ oid }) => oid === EXTENSIONS.fidoAaguid)!.value = ANOTHER_AAGUID;
      },
    },
    ["attestation-aaguid"],
  ),
  "packed: the certificate's AAGUID is critical": attested(
    "packed",
    {
      certificate: (parts) => {
        parts.extensions.find(({ oid }) => oid === EXTENSIONS.fidoAaguid)!.critical = true;
      },
    },
    ["attestation-certificate"],
    "it does not look at the extension's critical bit",
  ),
  "packed: the certificate has expired": attested(
    "packed",
    {
      certificate: (parts) => {
        parts.notAfter = Date.UTC(2025, 0, 1);
      },
    },
    ["attestation-trust"],
  ),
  "packed: the certificate names another issuer": attested(
    "packed",
    { certificate: set({ issuer: [["CN", "Somebody"]] }) },
    ["attestation-trust"],
  ),
  "packed: the root is another one": {
    ...attested(
      "packed",
      {},
      ["attestation-trust"],
      "its roots are those that the certificate was made under",
    ),
    verify: { roots: [certificateAuthority("Another root").certificate] },
  },
  "packed: the root has the right name and another key": {
    ...attested(
      "packed",
      {},
      ["attestation-trust"],
      "its roots are those that the certificate was made under",
    ),
    verify: { roots: [certificateAuthority("Attestation root").certificate] },
  },
  "packed: the certificate was changed after it was signed": attested(
    "packed",
    {
      statement: put("x5c", ([leaf]: Uint8Array[]) => [
        leaf!.map((byte, index) => (index === 20 ? byte ^ 1 : byte)), // in the serial number
      ]),
    },
    ["attestation-trust"],
  ),

  "packed: the certificate's signature leaves a bit unused": attested(
    "packed",
    {
      statement: put("x5c", ([leaf]: Uint8Array[]) => {
        const signature = Buffer.from(leaf!).lastIndexOf(Buffer.from("2a8648ce3d040302", "hex")) + 8;
        return [leaf!.map((byte, index) => (index === signature + 2 ? byte | 1 : byte))];
      }),
    },
    ["attestation-trust"],
    "it reads over bits that nobody signed",
  ),

  "self: the algorithm is not the credential's": attested(
    "packed-self",
    { statement: put("alg", () => -35) },
    ["attestation-statement"],
  ),
  "self: the signature is over something else": attested("packed-self", { signed: lastFlipped }, [
    "attestation-signature",
  ]),

  "fido-u2f: the signature is over something else": attested("fido-u2f", { signed: lastFlipped }, [
    "attestation-signature",
  ]),
  "fido-u2f: two certificates": attested(
    "fido-u2f",
    { statement: put("x5c", ([leaf]: Uint8Array[]) => [leaf, ATTESTATION_ROOT.certificate]) },
    ["attestation-statement"],
  ),
  "fido-u2f: the certificate's key is on P-384": attested(
    "fido-u2f",
    {
      certificate: (parts) => {
        parts.publicKey = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey;
      },
    },
    ["attestation-signature", "attestation-certificate"],
  ),

  "apple: the nonce is another ceremony's": attested("apple", { nonce: lastFlipped }, ["attestation-nonce"]),
  "apple: the certificate has no nonce": attested(
    "apple",
    { certificate: withoutExtension(EXTENSIONS.appleNonce) },
    ["attestation-nonce"],
  ),
  "apple: the certificate is for another key": attested(
    "apple",
    {
      certificate: (parts) => {
        parts.publicKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
      },
    },
    ["attestation-key"],
  ),

  "tpm: the version is 1.2": attested("tpm", { tpm: set({ ver: "1.2" }) }, ["attestation-statement"]),
  "tpm: certInfo was not made by a TPM": attested("tpm", { tpm: set({ magic: 0x12345678 }) }, [
    "attestation-statement",
  ]),
  "tpm: certInfo is a quote": attested("tpm", { tpm: set({ type: 0x8018 }) }, [
    "attestation-statement",
    "attestation-key",
  ]),
  "tpm: extraData is another ceremony's": attested("tpm", { nonce: lastFlipped }, ["attestation-nonce"]),
  "tpm: certInfo certifies another key": attested(
    "tpm",
    {
      tpm: (parts) => {
        parts.name = lastFlipped(parts.name);
      },
    },
    ["attestation-key"],
  ),
  "tpm: the key's name is of another hash than pubArea asks for": attested(
    "tpm",
    {
      tpm: (parts) => {
        const hash = createHash("sha1").update(parts.pubArea).digest();
        parts.name = Uint8Array.of(0x00, 0x04, ...hash);
      },
    },
    ["attestation-key"],
  ),
  "tpm: a certificate of version 2": attested("tpm", { certificate: set({ version: 2 }) }, [
    "attestation-certificate",
  ]),
  "tpm: the certificate is an authority's": attested(
    "tpm",
    {
      certificate: (parts) => {
        const constraints = parts.extensions.find(({ oid }) => oid === EXTENSIONS.basicConstraints)!;
        constraints.value = der.sequence(der.boolean(true));
      },
    },
    ["attestation-certificate"],
  ),
  "tpm: pubArea is another key": attested("tpm", { statement: put("pubArea", lastFlipped) }, [
    "attestation-key",
  ]),
  "tpm: the signature is over something else": attested("tpm", { signed: lastFlipped }, [
    "attestation-signature",
  ]),
  "tpm: the certificate has a subject": attested(
    "tpm",
    { certificate: set({ subject: [["CN", "A TPM"]] }) },
    ["attestation-certificate"],
  ),
  "tpm: the certificate tells nothing of the TPM": attested(
    "tpm",
    { certificate: withoutExtension(EXTENSIONS.subjectAltName) },
    ["attestation-certificate"],
  ),
  "tpm: the certificate is for another purpose": attested(
    "tpm",
    {
      certificate: (parts) => {
        const usage = parts.extensions.find(({ oid }) => oid === EXTENSIONS.extendedKeyUsage)!;
        usage.value = der.sequence(der.oid("1.3.6.1.5.5.7.3.1"));
      },
    },
    ["attestation-certificate"],
  ),
  "tpm: the certificate has another AAGUID": attested(
    "tpm",
    {
      certificate: (parts) => {
        parts.extensions.find(({ oid }) => oid === EXTENSIONS.fidoAaguid)!.value = ANOTHER_AAGUID;
      },
    },
    ["attestation-aaguid"],
  ),

  "android-key: the challenge is another ceremony's": attested("android-key", { nonce: lastFlipped }, [
    "attestation-nonce",
  ]),
  "android-key: the certificate is for another key": attested(
    "android-key",
    {
      certificate: (parts) => {
        parts.publicKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
      },
    },
    ["attestation-signature", "attestation-key"],
  ),
  "android-key: the certificate does not describe its key": attested(
    "android-key",
    { certificate: withoutExtension(EXTENSIONS.androidKeyDescription) },
    ["attestation-certificate", "attestation-nonce"],
  ),
  "android-key: the key is for all applications": attested(
    "android-key",
    {
      keyDescription: ({ teeEnforced }) => {
        teeEnforced.splice(1, 0, der.context(600, der.null()));
      },
    },
    ["attestation-certificate"],
  ),
  "android-key: the key was imported": attested(
    "android-key",
    {
      keyDescription: ({ teeEnforced }) => {
        teeEnforced[1] = der.context(702, der.integer(2));
      },
    },
    ["attestation-certificate"],
    "it does not look at the key's origin",
  ),
  "android-key: the key is for decrypting": attested(
    "android-key",
    {
      keyDescription: ({ teeEnforced }) => {
        teeEnforced[0] = der.context(1, der.set(der.integer(1)));
      },
    },
    ["attestation-certificate"],
    "it does not look at the key's purpose",
  ),
  "android-key: the signature is over something else": attested("android-key", { signed: lastFlipped }, [
    "attestation-signature",
  ]),

  "safetynet: the nonce is another ceremony's": attested("android-safetynet", { nonce: lastFlipped }, [
    "attestation-nonce",
  ]),
  "safetynet: Google did not vouch for the device": attested(
    "android-safetynet",
    { safetyNetPayload: set({ ctsProfileMatch: false }) },
    ["attestation-statement"],
  ),
  "safetynet: the certificate is for another host": attested(
    "android-safetynet",
    { certificate: subject("CN", "attest.example") },
    ["attestation-certificate"],
  ),
  "safetynet: the signature is over something else": attested("android-safetynet", { signed: lastFlipped }, [
    "attestation-signature",
  ]),
  "safetynet: no version": attested("android-safetynet", { statement: put("ver", () => "") }, [
    "attestation-statement",
  ]),

  "compound: one of the signatures is over something else": attested("compound", { signed: lastFlipped }, [
    "attestation-signature",
  ]),
  "compound: the certificate has expired": attested(
    "compound",
    {
      certificate: (parts) => {
        parts.notAfter = Date.UTC(2025, 0, 1);
      },
    },
    ["attestation-trust"],
  ),
};

describe("authentication", () => {
  for (const [name, { fails, laxer, ...parts }] of Object.entries(AUTHENTICATIONS)) {
    it(name, async () => compare(await authentication(parts), fails, laxer));
  }
});

describe("registration", () => {
  for (const [name, { fails, laxer, ...parts }] of Object.entries(REGISTRATIONS)) {
    it(name, async () => compare(await registration(parts), fails, laxer));
  }
});

describe("attestation", () => {
  for (const [name, { fails, laxer, ...parts }] of Object.entries(ATTESTATIONS)) {
    it(name, async () => compare(await registration(parts), fails, laxer));
  }
});

describe("the manipulations together", () => {
  const all = [AUTHENTICATIONS, REGISTRATIONS, ATTESTATIONS].flatMap((each) => Object.values(each));

  it("are more than forty", () => expect(all.length).toBeGreaterThan(40));

  it("have one for each step that no other step notices", async () => {
    const alone = new Set(all.filter(({ fails }) => fails.length === 1).flatMap(({ fails }) => fails));
    const steps = [await registration(), await authentication()].flatMap(({ verdicts }) =>
      verdicts.map(({ check }) => check),
    );
    expect([...new Set(steps)].filter((step) => !alone.has(step))).toEqual([]);
  });
});

function compare(
  { verdicts, oracle }: Awaited<ReturnType<typeof registration>>,
  fails: string[],
  laxer: string | undefined,
): void {
  const failed = verdicts.filter(({ outcome }) => outcome === "fail");
  expect(checks(verdicts, "fail"), JSON.stringify(failed, null, 1)).toEqual(fails);
  expect(oracle.accepted, `the oracle says: ${oracle.reason}`).toBe(laxer !== undefined);
}
