import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
} from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { encodeBase64url } from "../../src/bytes/base64url.js";
import { hostOf } from "../../src/ceremony/readCeremony.js";
import { type Reading, readSnapshot } from "../../src/recording/readSnapshot.js";
import type { Snapshot } from "../../src/recording/snapshot.js";
import { type AuthenticatorDataParts, authenticatorData, bytesOf } from "./authenticatorBytes.js";
import {
  type CertificateParts,
  certificate,
  certificateAuthority,
  distinguishedName,
  EXTENSIONS,
  leafParts,
} from "./certificate.js";
import { der } from "./der.js";
import { encodeCbor, joinBytes } from "./encodeCbor.js";
import { buffer, snapshotOf } from "./recordings.js";

export type AttestationKind =
  | "none"
  | "packed"
  | "packed-self"
  | "fido-u2f"
  | "apple"
  | "tpm"
  | "android-key"
  | "android-safetynet"
  | "compound";

export interface AuthenticatorParts {
  attestation: AttestationKind;
  aaguid: string;
  userVerified: boolean;
  backupEligible: boolean;
  backupState: boolean;
  /** false: the sign count stays 0, as synced passkeys have it */
  counts: boolean;
  /** of new credentials */
  signCount: number;
  attachment: "platform" | "cross-platform";
  transports: string[];
  /** outputs in the authenticator data, where the options ask for their extension */
  extensions: Record<string, unknown>;
}

/** Where the page runs. */
export interface Page {
  origin?: string;
  /** of the top-level page, where that is another one */
  topOrigin?: string;
}

/**
 * Changes on the way, each of a value as it is, by changing it in place or returning another. What is
 * changed before the signatures is signed as changed.
 */
export interface Alterations {
  /** COSE; makes a key of this one, whatever was asked for */
  algorithm?: number;
  clientData?: Alteration<Record<string, unknown>>;
  clientDataJSON?: Alteration<Uint8Array>;
  coseKey?: Alteration<Map<number, unknown>>;
  authenticatorData?: Alteration<AuthenticatorDataParts>;
  authenticatorDataBytes?: Alteration<Uint8Array>;
  /** of the attestation certificate, before it is issued */
  certificate?: Alteration<CertificateParts>;
  /** what binds a statement to this ceremony: Apple's nonce, SafetyNet's, the attestation challenge, extraData */
  nonce?: Alteration<Uint8Array>;
  keyDescription?: Alteration<KeyDescriptionParts>;
  tpm?: Alteration<TpmParts>;
  safetyNetPayload?: Alteration<Record<string, unknown>>;
  /** what the statement's or the assertion's signature is made over */
  signed?: Alteration<Uint8Array>;
  // from here on everything is signed
  signature?: Alteration<Uint8Array>;
  statement?: Alteration<Map<string, unknown>>;
  attestationObject?: Alteration<Map<string, unknown>>;
  attestationObjectBytes?: Alteration<Uint8Array>;
  answer?: Alteration<Answer>;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is what is meant
export type Alteration<T> = (value: T) => T | void;

/** What the page gets. */
export interface Answer {
  id: string;
  rawId: Uint8Array;
  type: string;
  authenticatorAttachment: string;
  clientExtensionResults: Record<string, unknown>;
  response: Record<string, unknown>;
}

export interface Registration {
  snapshot: Snapshot;
  json: RegistrationResponseJSON;
  /** COSE */
  publicKey: Uint8Array;
}

export interface Authentication {
  snapshot: Snapshot;
  json: AuthenticationResponseJSON;
}

/**
 * An authenticator and its client, whose keys, signatures and certificates are real. It answers
 * `credentials.create` and `credentials.get` options, given as a page has them or as snapshots.
 */
export class SoftwareAuthenticator {
  readonly parts: AuthenticatorParts;
  readonly credentials: SoftwareCredential[] = [];

  constructor(parts: Partial<AuthenticatorParts> = {}) {
    this.parts = {
      attestation: "none",
      aaguid: parts.attestation === "fido-u2f" ? ZERO_AAGUID : "5d1f5b5c-9e2a-4f0c-8b4e-2f6f3c1d7a90",
      userVerified: true,
      backupEligible: true,
      backupState: true,
      counts: false,
      signCount: 0,
      attachment: "platform",
      transports: ["internal", "hybrid"],
      extensions: {},
      ...parts,
    };
  }

  /** Makes a credential of the first algorithm that it can, whatever the options exclude. */
  create(options: unknown, page: Page = {}, alter: Alterations = {}): Registration {
    const publicKey = readSnapshot(snapshotOf(options)).member("publicKey");
    const rpId = publicKey.member("rp", "id").text() ?? hostOf(originOf(page)) ?? "";
    const algorithm = alter.algorithm ?? algorithmFor(publicKey);
    const credential: SoftwareCredential = {
      id: randomBytes(32),
      rpId,
      userHandle: publicKey.member("user", "id").bytes() ?? new Uint8Array(),
      algorithm,
      keys: newKeys(algorithm),
      signCount: this.parts.signCount,
    };
    this.credentials.push(credential);
    const coseKey = altered(coseKeyOf(algorithm, credential.keys.publicKey), alter.coseKey);
    const clientDataJSON = clientDataFor("webauthn.create", publicKey, page, alter);
    const authData = this.#authenticatorData(credential, publicKey, alter, {
      attested: { aaguid: this.parts.aaguid, credentialId: credential.id, coseKey: encodeCbor(coseKey) },
    });
    const [fmt, attStmt] = statementOf(this.parts.attestation, {
      authData,
      clientDataHash: sha256(clientDataJSON),
      rpIdHash: sha256(text(rpId)),
      aaguid: this.parts.aaguid,
      credential,
      alter,
    });
    const object = altered(
      new Map<string, unknown>([
        ["fmt", fmt],
        ["attStmt", attStmt],
        ["authData", authData],
      ]),
      alter.attestationObject,
    );
    const attestationObject = altered(encodeCbor(object), alter.attestationObjectBytes);
    const answer = altered(
      this.#answer(credential, clientOutputs(publicKey, { rk: true }), {
        clientDataJSON,
        attestationObject,
        authenticatorData: authData,
        publicKey: new Uint8Array(credential.keys.publicKey.export({ type: "spki", format: "der" })),
        publicKeyAlgorithm: algorithm,
        transports: this.parts.transports,
      }),
      alter.answer,
    );
    return {
      snapshot: credentialSnapshot(answer),
      json: credentialJson(answer) as unknown as RegistrationResponseJSON,
      publicKey: encodeCbor(coseKeyOf(algorithm, credential.keys.publicKey)),
    };
  }

  /** Uses the first of its credentials that the options allow, or the newest for the RP ID. */
  get(
    options: unknown,
    page: Page = {},
    alter: Alterations & { useAppId?: boolean; userHandle?: Uint8Array | null } = {},
  ): Authentication {
    const publicKey = readSnapshot(snapshotOf(options)).member("publicKey");
    const rpId = publicKey.member("rpId").text() ?? hostOf(originOf(page)) ?? "";
    const appId = publicKey.member("extensions", "appid").text();
    const credential = this.#credentialFor(publicKey, rpId);
    if (this.parts.counts) credential.signCount += 1;
    const clientDataJSON = clientDataFor("webauthn.get", publicKey, page, alter);
    const authData = this.#authenticatorData(
      { ...credential, rpId: alter.useAppId && appId ? appId : rpId },
      publicKey,
      alter,
      {},
    );
    const signed = altered(joinBytes(authData, sha256(clientDataJSON)), alter.signed);
    const signature = altered(
      signWith(credential.keys.privateKey, credential.algorithm, signed),
      alter.signature,
    );
    const userHandle = alter.userHandle === undefined ? credential.userHandle : alter.userHandle;
    const outputs = clientOutputs(publicKey, undefined, alter.useAppId);
    const answer = altered(
      this.#answer(credential, outputs, {
        clientDataJSON,
        authenticatorData: authData,
        signature,
        userHandle,
      }),
      alter.answer,
    );
    return {
      snapshot: credentialSnapshot(answer),
      json: credentialJson(answer) as unknown as AuthenticationResponseJSON,
    };
  }

  #credentialFor(publicKey: Reading, rpId: string): SoftwareCredential {
    const allowed = publicKey
      .member("allowCredentials")
      .items()
      .flatMap((item) => item.member("id").base64url() ?? []);
    const fit = this.credentials.filter(
      ({ id, rpId: own }) => own === rpId && (allowed.length === 0 || allowed.includes(encodeBase64url(id))),
    );
    const credential = fit.at(-1) ?? this.credentials.at(-1);
    if (!credential) throw new Error("create a credential first");
    return credential;
  }

  #authenticatorData(
    { rpId, signCount }: Pick<SoftwareCredential, "rpId" | "signCount">,
    publicKey: Reading,
    alter: Alterations,
    more: Partial<AuthenticatorDataParts>,
  ): Uint8Array {
    const { userVerified, backupEligible, backupState } = this.parts;
    const extensions = new Map(
      Object.entries(this.parts.extensions).filter(
        ([name]) => !publicKey.member("extensions", CLIENT_NAMES[name] ?? name).isAbsent,
      ),
    );
    const parts: AuthenticatorDataParts = {
      rpId,
      userVerified,
      backupEligible,
      backupState,
      signCount,
      ...more,
    };
    if (extensions.size > 0) parts.extensions = extensions;
    return altered(authenticatorData(altered(parts, alter.authenticatorData)), alter.authenticatorDataBytes);
  }

  #answer(
    { id }: SoftwareCredential,
    clientExtensionResults: Record<string, unknown>,
    response: Record<string, unknown>,
  ): Answer {
    return {
      id: encodeBase64url(id),
      rawId: id,
      type: "public-key",
      authenticatorAttachment: this.parts.attachment,
      clientExtensionResults,
      response,
    };
  }
}

export interface SoftwareCredential {
  id: Uint8Array;
  rpId: string;
  userHandle: Uint8Array;
  algorithm: number;
  keys: KeyPairKeyObjectResult;
  signCount: number;
}

/** Every attestation certificate of this process is made under it. */
export const ATTESTATION_ROOT = certificateAuthority("Attestation root");

const ZERO_AAGUID = "00000000-0000-0000-0000-000000000000";

/** Names of the client extensions that ask for these authenticator extensions. */
const CLIENT_NAMES: Record<string, string> = {
  credProtect: "credentialProtectionPolicy",
  "hmac-secret": "prf",
};

function clientOutputs(
  publicKey: Reading,
  credProps?: { rk: boolean },
  appid?: boolean,
): Record<string, unknown> {
  const asked = publicKey.member("extensions");
  return {
    ...(credProps && asked.member("credProps").boolean() && { credProps }),
    ...(!asked.member("appid").isAbsent && { appid: appid === true }),
    ...(!asked.member("prf").isAbsent && credProps && { prf: { enabled: true } }),
  };
}

function clientDataFor(type: string, publicKey: Reading, page: Page, alter: Alterations): Uint8Array {
  const members: Record<string, unknown> = {
    type,
    challenge: publicKey.member("challenge").base64url() ?? "",
    origin: originOf(page),
    crossOrigin: page.topOrigin !== undefined,
    ...(page.topOrigin !== undefined && { topOrigin: page.topOrigin }),
  };
  return altered(text(JSON.stringify(altered(members, alter.clientData))), alter.clientDataJSON);
}

function originOf({ origin = "https://example.com" }: Page): string {
  return origin;
}

// ------------------------------------------------------------------ keys

export const ALGORITHMS = { ES256: -7, EdDSA: -8, ES384: -35, ES512: -36, PS256: -37, RS256: -257 } as const;

function algorithmFor(publicKey: Reading): number {
  const asked = publicKey
    .member("pubKeyCredParams")
    .items()
    .flatMap((item) => item.member("alg").number() ?? []);
  const known = new Set<number>(Object.values(ALGORITHMS));
  return asked.find((algorithm) => known.has(algorithm)) ?? ALGORITHMS.ES256;
}

function newKeys(algorithm: number): KeyPairKeyObjectResult {
  switch (algorithm) {
    case ALGORITHMS.ES256:
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case ALGORITHMS.ES384:
      return generateKeyPairSync("ec", { namedCurve: "P-384" });
    case ALGORITHMS.ES512:
      return generateKeyPairSync("ec", { namedCurve: "P-521" });
    case ALGORITHMS.EdDSA:
      return generateKeyPairSync("ed25519");
    default:
      return rsaKeys();
  }
}

/** RSA keys take long to make, and no test needs two. */
function rsaKeys(): KeyPairKeyObjectResult {
  madeRsaKeys ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
  return madeRsaKeys;
}
let madeRsaKeys: KeyPairKeyObjectResult | undefined;

function coseKeyOf(algorithm: number, key: KeyObject): Map<number, unknown> {
  const jwk = key.export({ format: "jwk" });
  const member = (name: "x" | "y" | "n" | "e") => new Uint8Array(Buffer.from(jwk[name] ?? "", "base64url"));
  if (jwk.kty === "RSA") {
    return new Map<number, unknown>([
      [1, 3],
      [3, algorithm],
      [-1, member("n")],
      [-2, member("e")],
    ]);
  }
  if (jwk.kty === "OKP") {
    return new Map<number, unknown>([
      [1, 1],
      [3, algorithm],
      [-1, 6],
      [-2, member("x")],
    ]);
  }
  return new Map<number, unknown>([
    [1, 2],
    [3, algorithm],
    [-1, { "P-256": 1, "P-384": 2, "P-521": 3 }[jwk.crv ?? ""]],
    [-2, member("x")],
    [-3, member("y")],
  ]);
}

function signWith(key: KeyObject, algorithm: number, data: Uint8Array): Uint8Array {
  return new Uint8Array(
    algorithm === ALGORITHMS.EdDSA
      ? sign(null, data, key)
      : algorithm === ALGORITHMS.PS256
        ? sign("sha256", data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
        : sign(HASHES[algorithm] ?? "sha256", data, key),
  );
}

const HASHES: Record<number, string> = { [ALGORITHMS.ES384]: "sha384", [ALGORITHMS.ES512]: "sha512" };

// ------------------------------------------------------------------ attestation statements

interface Attested {
  authData: Uint8Array;
  clientDataHash: Uint8Array;
  rpIdHash: Uint8Array;
  aaguid: string;
  credential: SoftwareCredential;
  alter: Alterations;
}

function statementOf(kind: AttestationKind, attested: Attested): [fmt: string, statement: unknown] {
  if (kind === "compound") {
    const parts = (["packed", "android-key"] as const).map((each) => {
      const [fmt, attStmt] = statementOf(each, attested);
      return new Map<string, unknown>([
        ["fmt", fmt],
        ["attStmt", attStmt],
      ]);
    });
    return ["compound", parts];
  }
  const members = Object.entries(STATEMENTS[kind](attested)).sort(canonically);
  const statement = altered(new Map(members), attested.alter.statement);
  return [kind === "packed-self" ? "packed" : kind, statement];
}

/** As CTAP2's canonical CBOR orders text keys. */
function canonically([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

type Statement = (attested: Attested) => Record<string, unknown>;

const STATEMENTS: Record<Exclude<AttestationKind, "compound">, Statement> = {
  none: () => ({}),

  packed: (attested) => {
    const { aaguid, alter } = attested;
    const { privateKey, publicKey } = newKeys(ALGORITHMS.ES256);
    const x5c = [
      attestationCertificate(publicKey, BATCH_SUBJECT, alter, {
        oid: EXTENSIONS.fidoAaguid,
        value: der.octetString(bytesOf(aaguid)),
      }),
    ];
    return { alg: ALGORITHMS.ES256, sig: signatureOver(attested, privateKey, ALGORITHMS.ES256), x5c };
  },

  "packed-self": (attested) => {
    const { algorithm, keys } = attested.credential;
    return { alg: algorithm, sig: signatureOver(attested, keys.privateKey, algorithm) };
  },

  "fido-u2f": ({ clientDataHash, rpIdHash, credential, alter }) => {
    const { privateKey, publicKey } = newKeys(ALGORITHMS.ES256);
    const jwk = credential.keys.publicKey.export({ format: "jwk" });
    const point = [Uint8Array.of(4), Buffer.from(jwk.x!, "base64url"), Buffer.from(jwk.y!, "base64url")];
    const data = joinBytes(Uint8Array.of(0), rpIdHash, clientDataHash, credential.id, ...point);
    const sig = altered(signWith(privateKey, ALGORITHMS.ES256, altered(data, alter.signed)), alter.signature);
    return { sig, x5c: [attestationCertificate(publicKey, [["CN", "U2F key"]], alter)] };
  },

  apple: ({ authData, clientDataHash, credential, alter }) => {
    const nonce = altered(sha256(joinBytes(authData, clientDataHash)), alter.nonce);
    const x5c = [
      attestationCertificate(credential.keys.publicKey, [["CN", "0123456789abcdef"]], alter, {
        oid: EXTENSIONS.appleNonce,
        value: der.sequence(der.context(1, der.octetString(nonce))),
      }),
    ];
    return { x5c };
  },

  tpm: ({ authData, clientDataHash, credential, aaguid, alter }) => {
    const { privateKey, publicKey } = newKeys(ALGORITHMS.ES256);
    const pubArea = tpmPubArea(credential.keys.publicKey);
    const extraData = altered(sha256(joinBytes(authData, clientDataHash)), alter.nonce);
    const tpm = altered(
      {
        ver: "2.0",
        pubArea,
        magic: 0xff544347,
        type: 0x8017,
        extraData,
        name: joinBytes(Uint8Array.of(0, 0x0b), sha256(pubArea)),
      },
      alter.tpm,
    );
    const certInfo = tpmCertInfo(tpm);
    const sig = altered(
      signWith(privateKey, ALGORITHMS.ES256, altered(certInfo, alter.signed)),
      alter.signature,
    );
    const manufacturer = distinguishedName([
      ["tpmManufacturer", "id:FFFFF1D0"],
      ["tpmModel", "Software"],
      ["tpmVersion", "id:13"],
    ]);
    const x5c = [
      attestationCertificate(
        publicKey,
        [],
        alter,
        {
          oid: EXTENSIONS.subjectAltName,
          critical: true,
          value: der.sequence(der.context(4, manufacturer)),
        },
        { oid: EXTENSIONS.extendedKeyUsage, value: der.sequence(der.oid("2.23.133.8.3")) },
        { oid: EXTENSIONS.fidoAaguid, value: der.octetString(bytesOf(aaguid)) },
      ),
    ];
    // in CTAP2's canonical order, as Windows Hello writes it
    return { alg: ALGORITHMS.ES256, sig, ver: tpm.ver, x5c, pubArea: tpm.pubArea, certInfo };
  },

  "android-key": (attested) => {
    const { clientDataHash, credential, alter } = attested;
    const { algorithm, keys } = credential;
    const description = altered(
      {
        challenge: altered(clientDataHash, alter.nonce),
        softwareEnforced: [],
        teeEnforced: [
          der.context(1, der.set(der.integer(2))), // purpose: sign
          der.context(702, der.integer(0)), // origin: generated
        ],
      },
      alter.keyDescription,
    );
    const leaf = attestationCertificate(keys.publicKey, [["CN", "Android Keystore Key"]], alter, {
      oid: EXTENSIONS.androidKeyDescription,
      value: keyDescription(description),
    });
    const sig = signatureOver(attested, keys.privateKey, algorithm);
    return { alg: algorithm, sig, x5c: [leaf, ATTESTATION_ROOT.certificate] };
  },

  "android-safetynet": ({ authData, clientDataHash, alter }) => {
    const { privateKey, publicKey } = rsaKeys();
    const nonce = altered(sha256(joinBytes(authData, clientDataHash)), alter.nonce);
    const leaf = attestationCertificate(publicKey, [["CN", "attest.android.com"]], alter);
    const payload = altered(
      {
        nonce: Buffer.from(nonce).toString("base64"),
        timestampMs: Date.now() - 1_000,
        apkPackageName: "com.google.android.gms",
        ctsProfileMatch: true,
        basicIntegrity: true,
      } as Record<string, unknown>,
      alter.safetyNetPayload,
    );
    const header = { alg: "RS256", x5c: [Buffer.from(leaf).toString("base64")] };
    const input = [header, payload].map((part) => encodeBase64url(text(JSON.stringify(part)))).join(".");
    const signature = altered(
      signWith(privateKey, ALGORITHMS.RS256, altered(text(input), alter.signed)),
      alter.signature,
    );
    return { ver: "241234037", response: text(`${input}.${encodeBase64url(signature)}`) };
  },
};

const BATCH_SUBJECT: [string, string][] = [
  ["C", "AA"],
  ["O", "Keyhole tests"],
  ["OU", "Authenticator Attestation"],
  ["CN", "Software authenticator"],
];

function signatureOver(
  { authData, clientDataHash, alter }: Attested,
  key: KeyObject,
  algorithm: number,
): Uint8Array {
  const data = altered(joinBytes(authData, clientDataHash), alter.signed);
  return altered(signWith(key, algorithm, data), alter.signature);
}

function attestationCertificate(
  publicKey: KeyObject,
  subject: [string, string][],
  alter: Alterations,
  ...extensions: CertificateParts["extensions"]
): Uint8Array {
  const parts = leafParts(subject, publicKey, ATTESTATION_ROOT);
  parts.extensions.push(...extensions);
  return certificate(altered(parts, alter.certificate), ATTESTATION_ROOT);
}

export interface KeyDescriptionParts {
  challenge: Uint8Array;
  softwareEnforced: Uint8Array[];
  teeEnforced: Uint8Array[];
}

/** @see https://source.android.com/docs/security/features/keystore/attestation#schema */
function keyDescription({ challenge, softwareEnforced, teeEnforced }: KeyDescriptionParts): Uint8Array {
  return der.sequence(
    der.integer(4),
    der.enumerated(1),
    der.integer(41),
    der.enumerated(1),
    der.octetString(challenge),
    der.octetString(new Uint8Array()),
    der.sequence(...softwareEnforced),
    der.sequence(...teeEnforced),
  );
}

export interface TpmParts {
  ver: string;
  pubArea: Uint8Array;
  magic: number;
  type: number;
  extraData: Uint8Array;
  name: Uint8Array;
}

/** TPMT_PUBLIC. @see https://trustedcomputinggroup.org/resource/tpm-library-specification/ (Part 2, 12.2.4) */
function tpmPubArea(key: KeyObject): Uint8Array {
  const jwk = key.export({ format: "jwk" });
  const attributes = uint(4, 0x00040072);
  if (jwk.kty === "RSA") {
    const n = new Uint8Array(Buffer.from(jwk.n!, "base64url"));
    return joinBytes(
      uint(2, 1), // TPM_ALG_RSA
      uint(2, 0x0b), // TPM_ALG_SHA256
      attributes,
      uint(2, 0), // no authPolicy
      uint(2, 0x10), // no symmetric
      uint(2, 0x10), // no scheme
      uint(2, n.length * 8),
      uint(4, 0), // the default exponent
      sized(n),
    );
  }
  return joinBytes(
    uint(2, 0x23), // TPM_ALG_ECC
    uint(2, 0x0b),
    attributes,
    uint(2, 0),
    uint(2, 0x10),
    uint(2, 0x10),
    uint(2, { "P-256": 3, "P-384": 4, "P-521": 5 }[jwk.crv ?? ""] ?? 0),
    uint(2, 0x10), // no key derivation
    sized(new Uint8Array(Buffer.from(jwk.x!, "base64url"))),
    sized(new Uint8Array(Buffer.from(jwk.y!, "base64url"))),
  );
}

/** TPMS_ATTEST of TPM2_Certify. (Part 2, 10.12.8) */
function tpmCertInfo({ magic, type, extraData, name }: TpmParts): Uint8Array {
  return joinBytes(
    uint(4, magic),
    uint(2, type),
    sized(joinBytes(Uint8Array.of(0, 0x0b), new Uint8Array(32).fill(1))), // qualifiedSigner
    sized(extraData),
    new Uint8Array(8), // clock
    uint(4, 1), // resetCount
    uint(4, 1), // restartCount
    Uint8Array.of(1), // safe
    new Uint8Array(8), // firmwareVersion
    sized(name),
    sized(joinBytes(Uint8Array.of(0, 0x0b), new Uint8Array(32).fill(2))), // qualifiedName
  );
}

function sized(bytes: Uint8Array): Uint8Array {
  return joinBytes(uint(2, bytes.length), bytes);
}

function uint(length: 2 | 4, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes.subarray(4 - length);
}

// ------------------------------------------------------------------ as pages and servers get it

function credentialSnapshot(answer: Answer): Snapshot {
  const asBuffers = (value: unknown): unknown =>
    value instanceof Uint8Array
      ? buffer(value)
      : typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asBuffers(member)]))
        : value;
  const value = snapshotOf(asBuffers({ ...answer })) as { [key: string]: Snapshot };
  return { $: "PublicKeyCredential", value };
}

function credentialJson(answer: Answer): Record<string, unknown> {
  const asText = (value: unknown): unknown =>
    value instanceof Uint8Array
      ? encodeBase64url(value)
      : Array.isArray(value)
        ? value.map(asText)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asText(member)]))
          : value;
  const json = asText(answer) as { response: Record<string, unknown> };
  if (json.response.userHandle === null) delete json.response.userHandle;
  return json;
}

function altered<T>(value: T, alter: Alteration<T> | undefined): T {
  const other = alter?.(value);
  return other === undefined ? value : (other as T);
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function randomBytes(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}
