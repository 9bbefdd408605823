import { describe, expect, it } from "vitest";
import { bytes, descriptor } from "../../support/recordings.js";
import { authentication, type CeremonyParts, checks, registration } from "./ceremony.js";

/*
 * Each manipulation is one that a server has to notice: the named steps fail and no other. What
 * @simplewebauthn/server makes of the same answer stands beside it; where it is laxer, the reason is told.
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
    alter: {
      authenticatorData: (parts) => {
        parts.attested!.credentialId = bytes(1024, 5);
      },
      answer: (answer) => ({
        ...answer,
        rawId: bytes(1024, 5),
        id: Buffer.from(bytes(1024, 5)).toString("base64url"),
      }),
    },
    fails: ["credential-id-length"],
    laxer: "it sets no limit",
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

function compare(
  { verdicts, oracle }: Awaited<ReturnType<typeof registration>>,
  fails: string[],
  laxer: string | undefined,
): void {
  const failed = verdicts.filter(({ outcome }) => outcome === "fail");
  expect(checks(verdicts, "fail"), JSON.stringify(failed, null, 1)).toEqual(fails);
  expect(oracle.accepted, `the oracle says: ${oracle.reason}`).toBe(laxer !== undefined);
}
