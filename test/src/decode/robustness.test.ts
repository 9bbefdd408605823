import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decoded } from "../../../src/index.js";
import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  decodeCoseKey,
  decodeEcdsaSignature,
  decodeSpki,
} from "../../../src/index.js";
import { GENUINE_ATTESTATIONS } from "../../support/attestationSamples.js";
import { bytesOfCeremonies } from "../../support/recordedCeremonies.js";
import {
  ATTESTATION_OBJECT_SAMPLES,
  AUTHENTICATOR_DATA_SAMPLES,
  CLIENT_DATA_SAMPLES,
  KEY_SAMPLES,
} from "../../support/samples.js";

interface Decoder {
  name: string;
  decode: (bytes: Uint8Array) => Decoded<unknown>;
  samples: readonly { name: string; bytes: Uint8Array }[];
}

const DECODERS: readonly Decoder[] = [
  { name: "decodeCoseKey", decode: decodeCoseKey, samples: KEY_SAMPLES },
  {
    name: "decodeAuthenticatorData",
    decode: decodeAuthenticatorData,
    samples: [...AUTHENTICATOR_DATA_SAMPLES, ...bytesOfCeremonies("authenticatorData")],
  },
  {
    name: "decodeAttestationObject",
    decode: decodeAttestationObject,
    samples: [
      ...ATTESTATION_OBJECT_SAMPLES,
      ...GENUINE_ATTESTATIONS,
      ...bytesOfCeremonies("attestationObject"),
    ],
  },
  {
    name: "decodeClientData",
    decode: decodeClientData,
    samples: [...CLIENT_DATA_SAMPLES, ...bytesOfCeremonies("clientDataJSON")],
  },
  {
    name: "decodeEcdsaSignature",
    decode: decodeEcdsaSignature,
    samples: bytesOfCeremonies("signature").filter(({ name }) => !/Ed448|EdDSA|RS256/.test(name)),
  },
  { name: "decodeSpki", decode: decodeSpki, samples: bytesOfCeremonies("publicKey") },
];

describe.each(DECODERS)("$name", ({ decode, samples }) => {
  test.each(samples)("$name: read to its end without a problem", ({ bytes }) => {
    const decoded = decode(bytes);
    expect(decoded.problems).toEqual([]);
    expect(decoded.consumed).toBe(bytes.length);
    expectInside(decoded, bytes);
    expect(new Set(decoded.fields.map(({ path }) => path)).size).toBe(decoded.fields.length);
  });

  test.each(samples)("$name: every prefix has a problem", ({ bytes }) => {
    for (let length = 0; length < bytes.length; length++) {
      const prefix = bytes.slice(0, length);
      const decoded = decode(prefix);
      if (decoded.problems.length === 0) expect.fail(`no problem with ${length} of ${bytes.length} bytes`);
      expectInside(decoded, prefix);
    }
  });

  test.each(samples)("$name: every flipped bit gives an answer", ({ bytes }) => {
    const flipped = bytes.slice();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expectInside(decode(flipped), flipped);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
    }
  });

  test.each(samples)("$name: bytes after the end are a problem", ({ bytes }) => {
    expect(decode(Uint8Array.of(...bytes, 0)).problems).not.toEqual([]);
  });

  test("any bytes give an answer", () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc
        .tuple(fc.constantFrom(...samples), fc.nat(), fc.uint8Array({ maxLength: 12 }))
        .map(([{ bytes }, at, patch]) => {
          const patched = bytes.slice();
          patched.set(patch, at % Math.max(1, bytes.length - patch.length));
          return patched;
        }),
    );
    fc.assert(
      fc.property(pieces, (bytes) => expectInside(decode(bytes), bytes)),
      { numRuns: 2000 },
    );
  });

  test("bytes that begin inside a larger buffer are read alike", () => {
    for (const { bytes } of samples) {
      const larger = new Uint8Array(bytes.length + 32);
      larger.set(bytes, 13);
      expect(decode(larger.subarray(13, 13 + bytes.length))).toEqual(decode(bytes));
    }
  });
});

/** Plain comparisons: this runs hundreds of thousands of times. */
function expectInside({ fields, problems, consumed }: Decoded<unknown>, bytes: Uint8Array): void {
  for (const { offset, length } of [...fields, ...problems, { offset: 0, length: consumed }]) {
    const inside = offset >= 0 && length >= 0 && offset + length <= bytes.length;
    if (!inside) expect.fail(`${offset} + ${length} of ${bytes.length} bytes`);
  }
}
