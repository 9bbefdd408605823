import { attestationObject, authenticatorData, bytesOf, clientDataJson } from "./authenticatorBytes.js";
import { encodeCoseKey, generateKeyPair } from "./coseKeys.js";
import { encodeCbor } from "./encodeCbor.js";

/** Well-formed bytes of every kind that decoders know, by name. Keys are fresh in every run. */
export const KEY_SAMPLES: readonly { name: string; algorithm: number; bytes: Uint8Array }[] = [
  ...[-7, -35, -36, -47, -8, -19, -53, -257, -37].map((algorithm) => ({
    name: `key with algorithm ${algorithm}`,
    algorithm,
    bytes: encodeCoseKey(generateKeyPair(algorithm).publicKey, algorithm),
  })),
  {
    name: "key with algorithm -48 (ML-DSA-44)",
    algorithm: -48,
    bytes: encodeCbor(
      new Map<number, unknown>([
        [1, 7],
        [3, -48],
        [-1, new Uint8Array(1312).fill(7)],
      ]),
    ),
  },
];

const extensions = new Map<string, unknown>([
  ["credBlob", true],
  ["credProtect", 2],
  ["hmac-secret", true],
  ["minPinLength", 4],
]);

export const AUTHENTICATOR_DATA_SAMPLES: readonly { name: string; bytes: Uint8Array }[] = [
  { name: "assertion", bytes: authenticatorData({ signCount: 0xfffefdfc }) },
  {
    name: "assertion with extensions",
    bytes: authenticatorData({ extensions: { "hmac-secret": new Uint8Array(48) } }),
  },
  ...KEY_SAMPLES.map(({ name, bytes }) => ({
    name: `registration, ${name}`,
    bytes: authenticatorData({ backupEligible: true, backupState: true, attested: { coseKey: bytes } }),
  })),
  {
    name: "registration with extensions",
    bytes: authenticatorData({ attested: { aaguid: "ee882879-721c-4913-9775-3dfcce97072a" }, extensions }),
  },
];

export const ATTESTATION_OBJECT_SAMPLES: readonly { name: string; bytes: Uint8Array }[] = [
  ...AUTHENTICATOR_DATA_SAMPLES.map(({ name, bytes }) => ({
    name: `none, ${name}`,
    bytes: attestationObject({ authData: bytes }),
  })),
  {
    name: "packed",
    bytes: attestationObject({
      fmt: "packed",
      attStmt: { alg: -7, sig: new Uint8Array(71).fill(1), x5c: [new Uint8Array(500).fill(2)] },
      authData: authenticatorData({ attested: {}, extensions }),
    }),
  },
];

export const CLIENT_DATA_SAMPLES: readonly { name: string; bytes: Uint8Array }[] = [
  { name: "registration", bytes: clientDataJson() },
  {
    name: "authentication in a frame",
    bytes: clientDataJson({
      type: "webauthn.get",
      challenge: bytesOf("00ff10"),
      crossOrigin: true,
      topOrigin: "https://top.example",
      other_keys_can_be_added_here: "do not compare clientDataJSON against a template",
    }),
  },
  {
    name: "with text beyond ASCII",
    bytes: clientDataJson({
      origin: "https://日本語.example",
      note: "é\ud83d\ude00",
      tokenBinding: { status: "supported" },
    }),
  },
];
