import { createHash, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/index.js";
import { type CertificateParts, distinguishedName, EXTENSIONS } from "../../support/certificate.js";
import { der } from "../../support/der.js";
import { bytes, descriptor } from "../../support/recordings.js";
import type {
  Alterations,
  AttestationKind,
  KeyDescriptionParts,
  TpmParts,
} from "../../support/softwareAuthenticator.js";
import { authentication, type CeremonyParts, checks, expectSentences, registration } from "./ceremony.js";

/*
 * What lies just within, or where a server's policy decides: the named step has this outcome and says
 * why. No step fails but one that is expected to.
 */

interface Borderline extends CeremonyParts {
  check: string;
  outcome: Verdict["outcome"];
  because: string;
  /** steps that fail beside it; where it fails itself, any may */
  alsoFail?: string[];
}

const answer =
  (clientExtensionResults: unknown): NonNullable<Alterations["answer"]> =>
  (value) => {
    Object.assign(value, { clientExtensionResults });
  };
const withExtensions = (extensions: Record<string, unknown>): Alterations => ({
  authenticatorData: (parts) => {
    parts.extensions = new Map(Object.entries(extensions));
  },
});
const flag =
  (name: "userPresent" | "userVerified"): NonNullable<Alterations["authenticatorData"]> =>
  (parts) => {
    parts[name] = false;
  };
const FRAME = { ancestorOrigins: ["https://example.com", "https://shop.example", "https://portal.example"] };
const P384_KEY = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey;
const RSA_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
/** in pubArea, after type, hash, attributes, policy, symmetric, scheme and size */
const RSA_EXPONENT_AT = 16;
const UNREADABLE = { type: "public-key", id: "text" };

const REGISTRATIONS: Record<string, Borderline> = {
  "a client output that nobody asked for": {
    alter: { answer: answer({ largeBlob: { supported: true } }) },
    check: "extensions",
    outcome: "cannot-tell",
    because: "“largeBlob” came back without being asked for",
  },
  "an authenticator output that nobody asked for": {
    alter: withExtensions({ credProtect: 2 }),
    check: "extensions",
    outcome: "cannot-tell",
    because: "“credProtect” came back without being asked for",
  },
  "an authenticator output that was asked for by the client extension's name": {
    options: { extensions: { credentialProtectionPolicy: "userVerificationOptionalWithCredentialIDList" } },
    authenticator: { extensions: { credProtect: 2 } },
    check: "extensions",
    outcome: "pass",
    because: "“credProtect”",
  },
  "more protection than was asked for": {
    options: { extensions: { credentialProtectionPolicy: "userVerificationOptional" } },
    authenticator: { extensions: { credProtect: 3 } },
    check: "extensions",
    outcome: "pass",
    because: "“credProtect”",
  },
  "one step less protection than was asked for": {
    options: { extensions: { credentialProtectionPolicy: "userVerificationRequired" } },
    authenticator: { extensions: { credProtect: 2 } },
    check: "extensions",
    outcome: "fail",
    because: "credProtect is 2; “userVerificationRequired” asks for 3",
  },
  "a length of PINs that was asked for": {
    options: { extensions: { minPinLength: true } },
    alter: withExtensions({ minPinLength: 4 }),
    check: "extensions",
    outcome: "pass",
    because: "“minPinLength”",
  },
  "what was asked for did not come": {
    options: { extensions: { credProps: true } },
    alter: { answer: answer({}) },
    check: "extensions",
    outcome: "not-applicable",
    because: "“credProps”",
  },
  "a length of PINs that is no number": {
    options: { extensions: { minPinLength: true } },
    alter: withExtensions({ minPinLength: "four" }),
    check: "extensions",
    outcome: "fail",
    because: "minPinLength",
  },
  "a level of protection that is no number": {
    options: { extensions: { credentialProtectionPolicy: "userVerificationOptional" } },
    alter: withExtensions({ credProtect: false }),
    check: "extensions",
    outcome: "fail",
    because: "credProtect is not a number",
  },
  "a level of protection below every other": {
    options: { extensions: { credentialProtectionPolicy: "userVerificationOptional" } },
    alter: withExtensions({ credProtect: 0 }),
    check: "extensions",
    outcome: "fail",
    because: "credProtect is 0; “userVerificationOptional” asks for 1",
  },
  "an output that is undefined did not come": {
    alter: { answer: answer({ credProps: undefined }) },
    check: "extensions",
    outcome: "not-applicable",
    because: "None of “credProps” came back",
  },
  ...Object.fromEntries(
    [
      ["hmac-secret", "hmacCreateSecret", true],
      ["hmac-secret", "prf", true],
      ["hmac-secret-mc", "prf", bytes(48)],
      ["hmac-secret-mc", "hmacGetSecret", bytes(48)],
      ["credBlob", "credBlob", true],
      ["largeBlobKey", "largeBlob", bytes(32)],
      ["thirdPartyPayment", "payment", true],
      ["uvm", "uvm", [[2, 4, 2]]],
    ].map(([output, input, value]): [string, Borderline] => [
      `an output of ${output as string}, which ${input as string} asks for`,
      {
        options: { extensions: { [input as string]: {} } },
        alter: { ...withExtensions({ [output as string]: value }), answer: answer({}) },
        check: "extensions",
        outcome: "pass",
        because: `asked for: “${output as string}”`,
      },
    ]),
  ),
  "outputs that are no object": {
    alter: { answer: answer("none") },
    check: "extensions",
    outcome: "fail",
    because: "not an object",
  },
  "nobody had to be there when it is made conditionally": {
    mediation: "conditional",
    alter: { authenticatorData: flag("userPresent") },
    check: "user-present",
    outcome: "not-applicable",
    because: "conditionally",
  },
  "an attestation object without authenticator data": {
    alter: { attestationObject: (object) => void object.delete("authData") },
    check: "authenticator-data",
    outcome: "fail",
    because: "no readable authenticator data",
  },
  "an attestation object whose authenticator data is no bytes": {
    alter: { attestationObject: (object) => void object.set("authData", "text") },
    check: "rp-id-hash",
    outcome: "fail",
    because: "no readable authenticator data",
  },
  "an attestation object that is no bytes": {
    alter: {
      answer: ({ response }) => {
        response.attestationObject = "text";
        delete response.authenticatorData;
      },
    },
    check: "authenticator-data",
    outcome: "fail",
    because: "attestationObject is",
  },
  "nobody was verified, and it was required": {
    options: { authenticatorSelection: { userVerification: "required" } },
    alter: { authenticatorData: flag("userVerified") },
    check: "user-verified",
    outcome: "fail",
    because: "The flag UV is clear, but userVerification was “required”",
  },
  "nobody was verified, and it was only preferred": {
    options: { authenticatorSelection: { userVerification: "preferred" } },
    alter: { authenticatorData: flag("userVerified") },
    check: "user-verified",
    outcome: "not-applicable",
    because: "“preferred”",
  },
  "no algorithms in the options: the browser's own are asked for": {
    options: { pubKeyCredParams: [] },
    check: "algorithm",
    outcome: "pass",
    because: "ES256",
  },
  "an algorithm beyond the browser's own": {
    options: { pubKeyCredParams: [] },
    alter: { algorithm: -8 },
    check: "algorithm",
    outcome: "fail",
    because: "pubKeyCredParams has ES256",
  },
  "an algorithm in the options that can't be read": {
    options: { pubKeyCredParams: [{ type: "public-key", alg: "RS256" }] },
    check: "algorithm",
    outcome: "cannot-tell",
    because: "can’t be read",
  },
  "a credential ID of 1023 bytes": {
    alter: withCredentialId(bytes(1023, 5)),
    check: "credential-id-length",
    outcome: "pass",
    because: "1023 bytes",
  },
  "a credential ID of no bytes": {
    alter: withCredentialId(new Uint8Array()),
    check: "credential-id-length",
    outcome: "fail",
    because: "0 bytes",
  },
  "a reserved flag": {
    alter: {
      authenticatorDataBytes: (data) => data.map((byte, index) => (index === 32 ? byte | 0x02 : byte)),
    },
    check: "authenticator-data",
    outcome: "pass",
    because: "all of them accounted for",
  },
  "a key whose members are not in canonical order": {
    alter: {
      coseKey: (key) => new Map([...key].reverse()),
    },
    check: "authenticator-data",
    outcome: "cannot-tell",
    because: "canonical",
  },
  "backed up and eligible": {
    check: "backup-flags",
    outcome: "pass",
    because: "BE and BS are set: backed up",
  },
  "fido-u2f: a number of the key is longer than U2F's": {
    authenticator: { attestation: "fido-u2f" },
    alter: {
      coseKey: (key) => {
        key.set(-2, Uint8Array.of(0, ...(key.get(-2) as Uint8Array)));
      },
    },
    check: "attestation-key",
    outcome: "fail",
    because: "not a point of P-256",
  },
  "fido-u2f: an AAGUID, which U2F does not know": {
    authenticator: { attestation: "fido-u2f", aaguid: "5d1f5b5c-9e2a-4f0c-8b4e-2f6f3c1d7a90" },
    check: "attestation-aaguid",
    outcome: "cannot-tell",
    because: "5d1f5b5c",
  },
  "fido-u2f: two certificates": {
    authenticator: { attestation: "fido-u2f" },
    alter: {
      statement: (statement) =>
        void statement.set("x5c", [...(statement.get("x5c") as []), new Uint8Array()]),
    },
    check: "attestation-statement",
    outcome: "fail",
    because: "The statement has 2 certificates",
  },
  "fido-u2f: the certificate's key is on no curve": {
    authenticator: { attestation: "fido-u2f" },
    alter: { certificate: (parts) => void Object.assign(parts, { publicKey: RSA_KEY }) },
    check: "attestation-certificate",
    outcome: "fail",
    because: "is on no known curve",
  },
  "fido-u2f: the certificate's key is on another curve": {
    authenticator: { attestation: "fido-u2f" },
    alter: { certificate: (parts) => void Object.assign(parts, { publicKey: P384_KEY }) },
    check: "attestation-certificate",
    outcome: "fail",
    because: "is on P-384",
  },
  "fido-u2f: no credential": {
    authenticator: { attestation: "fido-u2f" },
    alter: { authenticatorData: ({ attested: _, ...parts }) => parts },
    check: "attestation-key",
    outcome: "fail",
    because: "not a point of P-256",
  },
  "fido-u2f: a key whose credential ID is cut off": {
    authenticator: { attestation: "fido-u2f" },
    alter: { authenticatorDataBytes: (data) => data.slice(0, 60) },
    check: "attestation-signature",
    outcome: "fail",
    because: "Without a U2F key",
  },
  "packed: signed with ECDAA": {
    authenticator: { attestation: "packed" },
    alter: {
      statement: (statement) => {
        statement.delete("x5c");
        statement.set("ecdaaKeyId", bytes(32));
      },
    },
    check: "attestation-signature",
    outcome: "cannot-tell",
    because: "ECDAA",
  },
  "self: no algorithm": {
    authenticator: { attestation: "packed-self" },
    alter: { statement: (statement) => void statement.delete("alg") },
    check: "attestation-statement",
    outcome: "fail",
    because: "algorithm is none; the credential’s is ES256",
  },
  "self: no credential to attest itself": {
    authenticator: { attestation: "packed-self" },
    alter: { authenticatorData: ({ attested: _, ...parts }) => parts },
    check: "attestation-statement",
    outcome: "fail",
    because: "the credential’s is none",
  },
  ...Object.fromEntries(
    (
      [
        ["C", "AAA", "country is “AAA”"],
        ["C", undefined, "country is “”"],
        ["O", undefined, "names no organization"],
        ["OU", "Attestation", "OU is “Attestation”"],
        ["OU", undefined, "OU is “”"],
        ["CN", undefined, "names no common name"],
      ] as const
    ).map(([type, value, because]): [string, Borderline] => [
      `packed: ${type} of the certificate is ${value ?? "missing"}`,
      certified("packed", because, (parts) => {
        parts.subject = parts.subject.filter(([name]) => name !== type);
        if (value !== undefined) parts.subject.push([type, value]);
      }),
    ]),
  ),
  "packed: a certificate of version 1": certified(
    "packed",
    "of version 1; it must be of version 3",
    (parts) => {
      parts.version = 1;
      parts.extensions = [];
    },
  ),
  "packed: an authority's certificate": certified("packed", "that of an authority", asAuthority),
  "packed: a critical AAGUID": certified("packed", "AAGUID extension is critical", (parts) => {
    parts.extensions.find(({ oid }) => oid === EXTENSIONS.fidoAaguid)!.critical = true;
  }),
  "tpm: the key is RSA's": {
    ...tpm(() => undefined),
    algorithm: -257,
    check: "attestation-key",
    outcome: "pass",
    because: "certInfo certifies it",
  },
  "tpm: the usual exponent is written out": {
    ...tpm((parts) => namedAnew(parts, (area) => area.set([0, 1, 0, 1], RSA_EXPONENT_AT))),
    algorithm: -257,
    check: "attestation-key",
    outcome: "pass",
    because: "certInfo certifies it",
  },
  "tpm: another exponent, in every one of its four bytes": {
    ...tpm((parts) => namedAnew(parts, (area) => area.set([1, 2, 4, 3], RSA_EXPONENT_AT))),
    algorithm: -257,
    check: "attestation-key",
    outcome: "fail",
    because: "is not the credential public key",
  },
  "tpm: another exponent, which is the credential's as well": {
    authenticator: { attestation: "tpm" },
    alter: {
      coseKey: (key) => void key.set(-2, Uint8Array.of(1, 2, 4, 3)),
      tpm: (parts) => namedAnew(parts, (area) => area.set([1, 2, 4, 3], RSA_EXPONENT_AT)),
    },
    algorithm: -257,
    check: "attestation-key",
    outcome: "pass",
    because: "certInfo certifies it",
  },
  "tpm: certInfo certifies a key that is not the credential's": {
    ...tpm((parts) => namedAnew(parts, (area) => area.set([area.at(-1)! ^ 1], area.length - 1))),
    check: "attestation-key",
    outcome: "fail",
    because: "The key in pubArea, EC2 P-256",
  },
  ...Object.fromEntries(
    [
      ["SHA-1", 0x0004, "sha1", "a SHA1 hash; pubArea asks for SHA256"],
      ["SHA-384", 0x000c, "sha384", "a SHA384 hash; pubArea asks for SHA256"],
      ["SHA-512", 0x000d, "sha512", "a SHA512 hash; pubArea asks for SHA256"],
    ].map(([name, id, hash, because]): [string, Borderline] => [
      `tpm: the key's name is of ${name}, which pubArea does not ask for`,
      {
        ...tpm(
          (parts) => void Object.assign(parts, { name: tpmName(parts.pubArea, id as number, `${hash}`) }),
        ),
        check: "attestation-key",
        outcome: "fail",
        because: `${because}`,
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ["SHA-1", 0x0004, "sha1"],
      ["SHA-384", 0x000c, "sha384"],
      ["SHA-512", 0x000d, "sha512"],
    ].map(([name, id, hash]): [string, Borderline] => [
      `tpm: pubArea asks for ${name}, and the key's name is of it`,
      {
        ...tpm((parts) => {
          parts.pubArea[3] = id as number;
          parts.name = tpmName(parts.pubArea, id as number, `${hash}`);
        }),
        check: "attestation-key",
        outcome: "pass",
        because: "certInfo certifies it",
      },
    ]),
  ),
  "tpm: the key's name is of a hash that nobody knows": {
    ...tpm((parts) => void Object.assign(parts, { name: Uint8Array.of(1, 0x0b, ...parts.name.slice(2)) })),
    check: "attestation-key",
    outcome: "cannot-tell",
    because: "unknown hash algorithm",
  },
  "tpm: a name that is cut off": {
    ...tpm((parts) => void Object.assign(parts, { name: parts.name.slice(0, -1) })),
    check: "attestation-key",
    outcome: "fail",
    because: "the hash of pubArea is",
  },
  "tpm: certInfo is a quote, which names no key": {
    ...tpm((parts) => void Object.assign(parts, { type: 0x8018 })),
    check: "attestation-key",
    outcome: "fail",
    because: "certInfo names no key",
  },
  "tpm: pubArea is missing": {
    ...stated("tpm", (statement) => void statement.delete("pubArea")),
    check: "attestation-key",
    outcome: "fail",
    because: "The key in pubArea, unreadable",
  },
  "tpm: another version": {
    ...tpm((parts) => void Object.assign(parts, { ver: "1.2" })),
    check: "attestation-statement",
    outcome: "fail",
    because: "The TPM’s version is “1.2”",
  },
  "tpm: no version": {
    ...stated("tpm", (statement) => void statement.delete("ver")),
    check: "attestation-statement",
    outcome: "fail",
    because: "The TPM’s version is “”",
  },
  "tpm: made by something else": {
    ...tpm((parts) => void Object.assign(parts, { magic: 0x12345678 })),
    check: "attestation-statement",
    outcome: "fail",
    because: "certInfo begins with 305419896",
  },
  "tpm: no algorithm": {
    ...stated("tpm", (statement) => void statement.delete("alg")),
    check: "attestation-nonce",
    outcome: "cannot-tell",
    because: "a hash of no algorithm",
    alsoFail: ["attestation-statement", "attestation-signature"],
  },
  "tpm: an algorithm that does not hash first": {
    ...stated("tpm", (statement) => void statement.set("alg", -8)),
    check: "attestation-nonce",
    outcome: "cannot-tell",
    because: "a hash of EdDSA",
    alsoFail: ["attestation-signature"],
  },
  "tpm: a certificate of version 2": certified(
    "tpm",
    "of version 2; it must be of version 3",
    (parts) => void Object.assign(parts, { version: 2 }),
  ),
  "tpm: the certificate has a subject": certified(
    "tpm",
    "it must be empty",
    (parts) => void Object.assign(parts, { subject: [["CN", "A TPM"]] }),
  ),
  "tpm: a certificate for another purpose": certified("tpm", "attestation identity key", (parts) => {
    parts.extensions = parts.extensions.filter(({ oid }) => oid !== EXTENSIONS.extendedKeyUsage);
  }),
  "tpm: an authority's certificate": certified("tpm", "that of an authority", asAuthority),
  ...Object.fromEntries(
    (["Manufacturer", "Model", "Version"] as const).map((missing): [string, Borderline] => [
      `tpm: the certificate does not tell its ${missing.toLowerCase()}`,
      certified(
        "tpm",
        `does not tell the TPM’s ${missing.toLowerCase()}`,
        alternativeName(
          ["tpmManufacturer", "tpmModel", "tpmVersion"].filter((name) => name !== `tpm${missing}`),
        ),
      ),
    ]),
  ),
  "android-key: imported by one of the two lists": {
    ...describedKey(({ softwareEnforced }) => void softwareEnforced.push(der.context(702, der.integer(2)))),
    check: "attestation-certificate",
    outcome: "fail",
    because: "origin is 2 and 0",
  },
  "android-key: generated, as both lists say": {
    ...describedKey(({ softwareEnforced }) => void softwareEnforced.push(der.context(702, der.integer(0)))),
    check: "attestation-certificate",
    outcome: "pass",
    because: "every demand",
  },
  "android-key: the software alone vouches for the key": {
    ...describedKey((parts) => {
      parts.softwareEnforced = parts.teeEnforced;
      parts.teeEnforced = [];
    }),
    check: "attestation-certificate",
    outcome: "pass",
    because: "every demand",
  },
  "android-key: nothing is said of the key's origin": {
    ...describedKey(({ teeEnforced }) => void teeEnforced.pop()),
    check: "attestation-certificate",
    outcome: "fail",
    because: "origin is not told",
  },
  "android-key: nothing is said of the key's purposes": {
    ...describedKey(({ teeEnforced }) => void teeEnforced.shift()),
    check: "attestation-certificate",
    outcome: "fail",
    because: "purposes are not told",
  },
  "android-key: signing is one purpose of two": {
    ...describedKey(({ teeEnforced }) => {
      teeEnforced[0] = der.context(1, der.set(der.integer(2), der.integer(3)));
    }),
    check: "attestation-certificate",
    outcome: "pass",
    because: "every demand",
  },
  "android-key: for all applications, as the software has it": {
    ...describedKey(({ softwareEnforced }) => void softwareEnforced.push(der.context(600, der.null()))),
    check: "attestation-certificate",
    outcome: "fail",
    because: "all applications",
  },
  "apple: the nonce is the hash of the client data alone": {
    authenticator: { attestation: "apple" },
    alter: { nonce: () => bytes(32, 1) },
    check: "attestation-nonce",
    outcome: "fail",
    because: "that of this ceremony is",
  },
  "fido-u2f: no certificate": {
    authenticator: { attestation: "fido-u2f" },
    alter: { statement: (statement) => void statement.delete("x5c") },
    check: "attestation-certificate",
    outcome: "fail",
    because: "has no certificate",
  },
  "fido-u2f: no signature": {
    authenticator: { attestation: "fido-u2f" },
    alter: { statement: (statement) => void statement.delete("sig") },
    check: "attestation-signature",
    outcome: "fail",
    because: "no signature",
  },
  "fido-u2f: a number of the key is too short": {
    authenticator: { attestation: "fido-u2f" },
    alter: { coseKey: (key) => void key.set(-3, (key.get(-3) as Uint8Array).slice(1)) },
    check: "attestation-signature",
    outcome: "fail",
    because: "Without a U2F key",
  },
  "fido-u2f: all zeros for an AAGUID": {
    authenticator: { attestation: "fido-u2f" },
    check: "attestation-aaguid",
    outcome: "pass",
    because: "all zeros",
  },
  "safetynet: the host is an alternative name": {
    authenticator: { attestation: "android-safetynet" },
    alter: {
      certificate: (parts) => {
        parts.subject = [["CN", "Google"]];
        const host = Uint8Array.of(0x82, 18, ...new TextEncoder().encode("attest.android.com"));
        parts.extensions.push({ oid: EXTENSIONS.subjectAltName, value: der.sequence(host) });
      },
    },
    check: "attestation-certificate",
    outcome: "pass",
    because: "every demand",
  },
  "safetynet: the certificate names nobody": {
    authenticator: { attestation: "android-safetynet" },
    alter: { certificate: (parts) => void Object.assign(parts, { subject: [] }) },
    check: "attestation-certificate",
    outcome: "fail",
    because: "is for “”",
  },
  "safetynet: no nonce": {
    ...safetyNet((payload) => void delete payload.nonce),
    check: "attestation-nonce",
    outcome: "fail",
    because: "has no nonce",
  },
  "safetynet: a nonce that is no text": {
    ...safetyNet((payload) => void Object.assign(payload, { nonce: 5 })),
    check: "attestation-nonce",
    outcome: "fail",
    because: "has no nonce",
  },
  "safetynet: not a word of the device": {
    ...safetyNet((payload) => void delete payload.ctsProfileMatch),
    check: "attestation-statement",
    outcome: "fail",
    because: "ctsProfileMatch is undefined",
  },
  "safetynet: true as a text": {
    ...safetyNet((payload) => void Object.assign(payload, { ctsProfileMatch: "true" })),
    check: "attestation-statement",
    outcome: "fail",
    because: 'ctsProfileMatch is "true"',
  },
  "safetynet: signed with another algorithm than is said": {
    ...safetyNetHeader({ alg: "RS512" }),
    check: "attestation-signature",
    outcome: "fail",
    because: "is not by",
  },
  "safetynet: an algorithm that is no text": {
    ...safetyNetHeader({ alg: 5 }),
    check: "attestation-signature",
    outcome: "cannot-tell",
    because: "signed with 5",
  },
  "safetynet: no document": {
    authenticator: { attestation: "android-safetynet" },
    alter: {
      statement: (statement) => void statement.set("response", new TextEncoder().encode("e30.e30")),
    },
    check: "attestation-signature",
    outcome: "fail",
    because: "no signed document",
  },
  "safetynet: an algorithm that no such document has": {
    ...safetyNetHeader({ alg: "none" }),
    check: "attestation-signature",
    outcome: "cannot-tell",
    because: '"none"',
  },
};

const AUTHENTICATIONS: Record<string, Borderline> = {
  "id is padded: the same bytes in another spelling": {
    alter: { answer: (value) => void Object.assign(value, { id: `${value.id}=` }) },
    check: "credential-id",
    outcome: "fail",
    because: "is another spelling of",
  },
  "id is another credential's": {
    alter: { answer: (value) => void Object.assign(value, { id: "AAAA" }) },
    check: "credential-id",
    outcome: "fail",
    because: "stands for other bytes than",
  },
  "id is no text": {
    alter: { answer: (value) => void Object.assign(value, { id: 5 }) },
    check: "credential-id",
    outcome: "fail",
    because: "not a string",
  },
  "rawId is no bytes": {
    alter: { answer: (value) => void Object.assign(value, { rawId: value.id }) },
    check: "credential-id",
    outcome: "fail",
    because: "not bytes",
  },
  "a binding to the connection, as clients once told it": {
    alter: { clientData: (members) => ({ ...members, tokenBinding: { status: "supported" } }) },
    check: "client-data",
    outcome: "pass",
    because: "every required member",
  },
  "a binding to the connection with a status that nobody defines": {
    alter: { clientData: (members) => ({ ...members, tokenBinding: { status: "odd" } }) },
    check: "client-data",
    outcome: "cannot-tell",
    because: 'tokenBinding has the status "odd"',
  },
  "a binding to the connection without a status": {
    alter: { clientData: (members) => ({ ...members, tokenBinding: {} }) },
    check: "client-data",
    outcome: "cannot-tell",
    because: "tokenBinding has no status",
  },
  "verified, as required": {
    options: { userVerification: "required" },
    check: "user-verified",
    outcome: "pass",
    because: "set, and userVerification was “required”",
  },
  "nothing is asked of verification: preferred": {
    check: "user-verified",
    outcome: "not-applicable",
    because: "The flag UV is set; userVerification was “preferred”",
  },
  "bound to one device": {
    authenticator: { backupEligible: false, backupState: false },
    check: "backup-flags",
    outcome: "pass",
    because: "bound to one device",
  },
  "the hash is that of the parent domain, which is named": {
    page: { origin: "https://login.example.com" },
    options: { rpId: "login.example.com" },
    alter: { authenticatorData: (parts) => void Object.assign(parts, { rpId: "example.com" }) },
    check: "rp-id-hash",
    outcome: "fail",
    because: "that of “example.com”; expected was that of the RP ID “login.example.com”",
  },
  "the hash is that of the RP ID, which is named, and the App ID was used": {
    options: { extensions: { appid: "https://example.com/appid.json" } },
    alter: { answer: answer({ appid: true }) },
    check: "rp-id-hash",
    outcome: "fail",
    because: "that of “example.com”; expected was that of the App ID",
  },
  "the hash is of nothing that could be meant": {
    alter: { authenticatorData: (parts) => void Object.assign(parts, { rpId: "elsewhere.example" }) },
    check: "rp-id-hash",
    outcome: "fail",
    because: "is not that of the RP ID “example.com”",
  },
  "nothing was asked of extensions, and nothing came": {
    check: "extensions",
    outcome: "not-applicable",
    because: "No extension was asked for, and none came back.",
  },
  "an extension is named and not asked for": {
    options: { extensions: { getCredBlob: undefined } },
    alter: withExtensions({ credBlob: bytes(4) }),
    check: "extensions",
    outcome: "cannot-tell",
    because: "“credBlob” came back without being asked for",
  },
  ...Object.fromEntries(
    [
      ["hmac-secret", "hmacGetSecret"],
      ["credBlob", "getCredBlob"],
      ["largeBlob", "largeBlob"],
    ].map(([output, input]): [string, Borderline] => [
      `an output of ${output}, which ${input} asks for`,
      {
        options: { extensions: { [input!]: {} } },
        alter: { ...withExtensions({ [output!]: bytes(48) }), answer: answer({}) },
        check: "extensions",
        outcome: "pass",
        because: `asked for: “${output}”`,
      },
    ]),
  ),
  "no authenticator data that could have extensions": {
    alter: {
      answer: ({ response }) => {
        response.authenticatorData = "text";
      },
    },
    check: "extensions",
    outcome: "not-applicable",
    because: "none came back",
    alsoFail: [
      "authenticator-data",
      "rp-id-hash",
      "user-present",
      "user-verified",
      "backup-flags",
      "backup-eligible",
      "signature",
      "sign-count",
    ],
  },
  "an output of a secret that prf asked for": {
    options: { extensions: { prf: { eval: { first: bytes(32) } } } },
    alter: { ...withExtensions({ "hmac-secret": bytes(48) }), answer: answer({ prf: {} }) },
    check: "extensions",
    outcome: "pass",
    because: "“prf”, “hmac-secret”",
  },
  "one output of two was not asked for": {
    options: { extensions: { credProps: true } },
    alter: { answer: answer({ credProps: {}, other: 1 }) },
    check: "extensions",
    outcome: "cannot-tell",
    because: "“other” came back",
  },
  "an App ID is said to be used, and none was given": {
    alter: { answer: answer({ appid: true }) },
    check: "extensions",
    outcome: "fail",
    because: "no App ID was given",
  },
  "the App ID was used": {
    options: { extensions: { appid: "https://example.com/appid.json" } },
    alter: { useAppId: true },
    check: "rp-id-hash",
    outcome: "pass",
    because: "App ID",
  },
  "the hash is that of the App ID, which is named, and the RP ID was used": {
    options: { extensions: { appid: "https://example.com/appid.json" } },
    alter: {
      authenticatorData: (parts) => void Object.assign(parts, { rpId: "https://example.com/appid.json" }),
    },
    check: "rp-id-hash",
    outcome: "fail",
    because: "that of “https://example.com/appid.json”; expected was that of the RP ID “example.com”",
  },
  "the hash is that of the origin, which is named": {
    alter: { authenticatorData: (parts) => void Object.assign(parts, { rpId: "https://example.com" }) },
    check: "rp-id-hash",
    outcome: "fail",
    because: "that of “https://example.com”; expected",
  },
  "authenticator data that ends within the hash": {
    alter: { authenticatorDataBytes: (data) => data.slice(0, 31) },
    check: "rp-id-hash",
    outcome: "fail",
    because: "ends before the RP ID hash does",
  },
  ...Object.fromEntries(
    ["user-present", "user-verified", "backup-flags"].map((check): [string, Borderline] => [
      `authenticator data that ends before the flags: ${check}`,
      {
        alter: { authenticatorDataBytes: (data) => data.slice(0, 32) },
        check,
        outcome: "fail",
        because: "ends before the flags",
      },
    ]),
  ),
  "nobody was present, and the flags are told": {
    alter: { authenticatorData: (parts) => void Object.assign(parts, { flags: 0x04 }) },
    check: "user-present",
    outcome: "fail",
    because: "(flags 0x04)",
  },
  "nobody was present, though conditional": {
    mediation: "conditional",
    alter: { authenticatorData: flag("userPresent") },
    check: "user-present",
    outcome: "fail",
    because: "every server requires it",
  },
  "an allowed credential that can't be read": {
    options: { allowCredentials: [descriptor("another"), UNREADABLE] },
    check: "allow-credentials",
    outcome: "cannot-tell",
    because: "1 can’t",
  },
  "no user handle, and the account is known from the credential": {
    options: { allowCredentials: [UNREADABLE] },
    alter: { userHandle: null },
    check: "user-handle",
    outcome: "not-applicable",
    because: "known from allowCredentials",
  },
  "the sign count is 0, as it was": {
    check: "sign-count",
    outcome: "not-applicable",
    because: "does not count",
  },
  "the sign count is one more": {
    authenticator: { signCount: 7, counts: true },
    check: "sign-count",
    outcome: "pass",
    because: "the last one was 7",
  },
  "not eligible for backup any more": {
    alter: {
      authenticatorData: (parts) => {
        Object.assign(parts, { backupEligible: false, backupState: false });
      },
    },
    check: "backup-eligible",
    outcome: "fail",
    because: "it was set before",
  },
  "no longer backed up": {
    alter: {
      authenticatorData: (parts) => {
        parts.backupState = false;
      },
    },
    check: "backup-flags",
    outcome: "pass",
    because: "is not yet",
  },
  "in a frame within a frame: the topmost page's origin": {
    page: FRAME,
    check: "top-origin",
    outcome: "pass",
    because: "https://portal.example",
  },
  "in a frame within a frame: the nearest stranger": {
    page: FRAME,
    check: "cross-origin",
    outcome: "pass",
    because: "https://shop.example",
  },
  "the topmost page's origin, and no word of crossOrigin": {
    page: FRAME,
    alter: { clientData: ({ crossOrigin: _, ...others }) => others },
    check: "top-origin",
    outcome: "fail",
    because: "crossOrigin is undefined",
  },
};

function describedKey(change: (parts: KeyDescriptionParts) => void): CeremonyParts {
  return { authenticator: { attestation: "android-key" }, alter: { keyDescription: change } };
}

function stated(attestation: AttestationKind, statement: Alterations["statement"]): CeremonyParts {
  return { authenticator: { attestation }, alter: { ...(statement && { statement }) } };
}

/** A certificate that does not meet a demand. */
function certified(
  attestation: AttestationKind,
  because: string,
  certificate: (parts: CertificateParts) => void,
): Borderline {
  const parts = { authenticator: { attestation }, alter: { certificate } };
  return { ...parts, check: "attestation-certificate", outcome: "fail", because };
}

function asAuthority({ extensions }: CertificateParts): void {
  const constraints = extensions.find(({ oid }) => oid === EXTENSIONS.basicConstraints)!;
  constraints.value = der.sequence(der.boolean(true));
}

function alternativeName(attributes: string[]) {
  return ({ extensions }: CertificateParts): void => {
    const name = distinguishedName(attributes.map((attribute) => [attribute, "id:1"]));
    const extension = extensions.find(({ oid }) => oid === EXTENSIONS.subjectAltName)!;
    extension.value = der.sequence(der.context(4, name));
  };
}

function tpm(change: (parts: TpmParts) => void): CeremonyParts {
  return { authenticator: { attestation: "tpm" }, alter: { tpm: change } };
}

function tpmName(pubArea: Uint8Array, id: number, hash: string): Uint8Array {
  return Uint8Array.of(0, id, ...createHash(hash).update(pubArea).digest());
}

/** Changes pubArea and certifies it as changed. */
function namedAnew(parts: TpmParts, change: (pubArea: Uint8Array) => void): void {
  change(parts.pubArea);
  parts.name = tpmName(parts.pubArea, 0x0b, "sha256");
}

function safetyNet(change: (payload: Record<string, unknown>) => void): CeremonyParts {
  return { authenticator: { attestation: "android-safetynet" }, alter: { safetyNetPayload: change } };
}

/** The header is changed after it was signed. */
function safetyNetHeader(members: object): CeremonyParts {
  const statement: NonNullable<Alterations["statement"]> = (own) => {
    const parts = new TextDecoder().decode(own.get("response") as Uint8Array).split(".");
    const header = JSON.parse(Buffer.from(parts[0]!, "base64url").toString()) as object;
    parts[0] = Buffer.from(JSON.stringify({ ...header, ...members })).toString("base64url");
    own.set("response", new TextEncoder().encode(parts.join(".")));
  };
  return { authenticator: { attestation: "android-safetynet" }, alter: { statement } };
}

function withCredentialId(credentialId: Uint8Array): Alterations {
  return {
    authenticatorData: (parts) => {
      parts.attested!.credentialId = credentialId;
    },
    answer: (value) => {
      Object.assign(value, { rawId: credentialId, id: Buffer.from(credentialId).toString("base64url") });
    },
  };
}

describe("registration", () => {
  for (const [name, { check, outcome, because, alsoFail, ...parts }] of Object.entries(REGISTRATIONS))
    it(name, async () =>
      expectOutcome((await registration(parts)).verdicts, check, outcome, because, alsoFail),
    );
});

describe("authentication", () => {
  for (const [name, { check, outcome, because, alsoFail, ...parts }] of Object.entries(AUTHENTICATIONS))
    it(name, async () =>
      expectOutcome((await authentication(parts)).verdicts, check, outcome, because, alsoFail),
    );
});

function expectOutcome(
  verdicts: readonly Verdict[],
  check: string,
  outcome: Verdict["outcome"],
  because: string,
  alsoFail: string[] = [],
): void {
  expect(verdicts.find((verdict) => verdict.check === check)).toMatchObject({
    outcome,
    because: expect.stringContaining(because) as string,
  });
  expectSentences(verdicts);
  const failed = checks(verdicts, "fail");
  if (outcome !== "fail") expect(failed).toEqual(alsoFail);
}
