import {
  type Call,
  type Decoded,
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  decodeCoseKey,
  decodeEcdsaSignature,
  decodeSpki,
  type Reading,
  readSnapshot,
} from "../../src/index.js";

/** One member of a response that holds bytes, or should. */
export interface ResponseBuffer {
  name: string;
  reading: Reading;
  decode: (bytes: Uint8Array) => Decoded<object>;
}

/**
 * The byte members of what a call was answered with, in the specification's order: those that its kind
 * of response always has, and others that are there. None if no credential with a response came back.
 */
export function responseBuffers({ api, outcome, imported }: Call): ResponseBuffer[] {
  if (outcome.status !== "fulfilled") return [];
  const response = readSnapshot(outcome.value, "/outcome/value").member("response");
  if (response.isAbsent || response.kind === "null") return [];
  const expected = imported ? [] : (EXPECTED[api] ?? []);
  const decoders = imported ? [...DECODERS, ...IMPORTED_DECODERS] : DECODERS;
  return decoders
    .map(([name, decode]) => ({ name, decode, reading: response.member(name) }))
    .filter(
      ({ name, reading }) =>
        expected.includes(name) || !(reading.isAbsent || (imported !== undefined && reading.isUnknown)),
    );
}

const DECODERS: readonly [name: string, decode: ResponseBuffer["decode"]][] = [
  ["clientDataJSON", decodeClientData],
  ["attestationObject", decodeAttestationObject],
  ["authenticatorData", decodeAuthenticatorData],
  ["signature", decodeSignature],
];

/** What came alone, with no word of the rest of its response. */
const IMPORTED_DECODERS: readonly [name: string, decode: ResponseBuffer["decode"]][] = [
  ["publicKey", decodeSpki],
  ["coseKey", decodeCoseKey],
  ["certificate", (bytes) => ({ value: {}, fields: [], problems: [], consumed: bytes.length })],
];

const EXPECTED: Partial<Record<Call["api"], readonly string[]>> = {
  "credentials.create": ["clientDataJSON", "attestationObject"],
  "credentials.get": ["clientDataJSON", "authenticatorData", "signature"],
};

/** Only ECDSA wraps its signature in DER: of another algorithm's, no byte is wrong for being no DER. */
function decodeSignature(bytes: Uint8Array): Decoded<object> {
  const decoded = decodeEcdsaSignature(bytes);
  const isOpaque = decoded.problems.some(({ code }) => code === "signature-not-der");
  return isOpaque ? { ...decoded, problems: [] } : decoded;
}
