import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBase64url } from "../../../src/bytes/base64url.js";
import { decodeHex } from "../../../src/bytes/hex.js";
import { jsonLayout } from "../../../src/bytes/jsonLayout.js";
import { decodeUtf8 } from "../../../src/bytes/utf8.js";
import type { CborItem } from "../../../src/cbor/cborLayout.js";
import {
  cborLayout,
  type Decoded,
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeCbor,
  decodeCertificate,
  decodeClientData,
  decodeCoseKey,
  decodeEcdsaSignature,
  decodeSpki,
  describeAaguid,
  describeExtensionOutputs,
  parseCertificates,
  parsePublicKey,
} from "../../../src/index.js";
import * as corpus from "../corpus.js";
import { anyBytesLike } from "../mutate/mutateBytes.js";
import { anyJsonLike } from "../mutate/mutateJson.js";
import { anyTextLike } from "../mutate/mutateText.js";
import { assertInside, assertWords } from "../promises/inside.js";
import { type AnyTarget, defineTarget } from "../target.js";

type Decode = (bytes: Uint8Array) => Decoded<unknown> | Promise<Decoded<unknown>>;

const clientDataTexts = corpus.CLIENT_DATA.map((bytes) => JSON.parse(Buffer.from(bytes).toString()));
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

const DECODERS: [name: string, decode: Decode, inputs: fc.Arbitrary<Uint8Array>][] = [
  ["attestationObject", decodeAttestationObject, anyBytesLike(corpus.ATTESTATION_OBJECTS)],
  ["authenticatorData", decodeAuthenticatorData, anyBytesLike(corpus.AUTHENTICATOR_DATA)],
  [
    "clientData",
    decodeClientData,
    fc.oneof(anyBytesLike(corpus.CLIENT_DATA), anyJsonLike(clientDataTexts).map(utf8)),
  ],
  ["coseKey", decodeCoseKey, anyBytesLike(corpus.KEYS)],
  ["signature", decodeEcdsaSignature, anyBytesLike(corpus.SIGNATURES)],
  ["publicKey", decodeSpki, anyBytesLike([...corpus.PUBLIC_KEYS, ...corpus.CERTIFICATES])],
  ["certificate", decodeCertificate, anyBytesLike(corpus.CERTIFICATES)],
];

const pemOf = (label: string, bytes: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;

/** Texts of bytes, some of which are as they were meant. */
const textsOf = (samples: readonly Uint8Array[], label: string) =>
  fc.oneof(
    anyTextLike(samples.map((bytes) => pemOf(label, bytes))),
    anyTextLike(samples.map((bytes) => Buffer.from(bytes).toString("hex"))),
    anyBytesLike(samples).map((bytes) => pemOf(label, bytes)),
    anyBytesLike(samples).map((bytes) => Buffer.from(bytes).toString("base64url")),
  );

export const decoders: readonly AnyTarget[] = [
  ...DECODERS.map(([name, decode, inputs]) =>
    defineTarget({
      name: `decoders/${name}`,
      inputs,
      runs: 250,
      async check(bytes) {
        const decoded = await decode(bytes);
        const { value, fields, problems, consumed } = decoded;
        assertInside([...fields, ...problems, { offset: 0, length: consumed }], bytes);
        assertWords(problems);
        assert(consumed === bytes.length || problems.length > 0, "bytes were left out without a word");
        const extensions = (value as { extensions?: unknown }).extensions;
        const outputs = extensions instanceof Map ? describeExtensionOutputs(extensions) : [];
        const { aaguid } = value as { aaguid?: string };
        return [decoded, outputs, aaguid === undefined ? "" : describeAaguid(aaguid)];
      },
    }),
  ),
  defineTarget({
    name: "decoders/cbor",
    inputs: anyBytesLike([...corpus.ATTESTATION_OBJECTS, ...corpus.KEYS]),
    runs: 250,
    check(bytes) {
      const layout = cborLayout(bytes);
      if (layout.item) assertNested(layout.item, 0, bytes.length);
      assertInside([...layout.problems, { offset: 0, length: layout.end }], bytes);
      assertWords(layout.problems);
      const { value, problems } = decodeCbor(bytes);
      assertInside(problems, bytes);
      return [value, problems, layout.item?.diagnostic];
    },
  }),
  defineTarget({
    name: "decoders/text",
    inputs: anyTextLike([
      ...corpus.KEYS.map((bytes) => Buffer.from(bytes).toString("base64url")),
      ...corpus.KEYS.map((bytes) => Buffer.from(bytes).toString("hex")),
      ...clientDataTexts.slice(0, 8).map((value) => JSON.stringify(value, null, 1)),
    ]),
    runs: 250,
    check(text) {
      const layout = jsonLayout(text, 100);
      if (layout.error) assert(layout.error.offset <= text.length);
      else assert.doesNotThrow(() => JSON.parse(text), "the layout of what is no JSON");
      const answers = [decodeBase64url(text), decodeHex(text)];
      for (const { bytes, problems } of answers) {
        assert(bytes !== undefined || problems.length > 0);
        assertInside(problems, text);
        assertWords(problems);
      }
      return [answers, decodeUtf8(utf8(text), 0, utf8(text).length)];
    },
  }),
  defineTarget({
    name: "decoders/parseCertificates",
    inputs: textsOf(corpus.CERTIFICATES, "CERTIFICATE"),
    runs: 120,
    async check(text) {
      const answer = await parseCertificates(text);
      assert(answer.certificates.length > 0 || answer.problems.length > 0);
      assertInside(answer.problems, text);
      return answer;
    },
  }),
  defineTarget({
    name: "decoders/parsePublicKey",
    inputs: fc.oneof(
      textsOf([...corpus.PUBLIC_KEYS, ...corpus.KEYS], "PUBLIC KEY"),
      anyJsonLike([{ kty: "EC", crv: "P-256", alg: "ES256", x: "A".repeat(43), y: "B".repeat(43) }]),
    ),
    runs: 120,
    check(text) {
      const answer = parsePublicKey(text);
      assert(answer.publicKey !== undefined || answer.problems.length > 0);
      assertInside(answer.problems, text);
      return answer;
    },
  }),
];

/** Children lie one after the other inside their parent. */
function assertNested(item: CborItem, start: number, end: number): void {
  assert(item.offset >= start && item.end <= end, "an item outside of its parent");
  let at = item.offset + item.headLength;
  for (const child of item.children) {
    assertNested(child, at, item.end);
    at = child.end;
  }
}
