import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { decodeSpki, type PublicKey } from "../../../src/decode/publicKey.js";
import type { StepSentence } from "../../../src/verify/said.js";
import {
  checkPublicKey,
  hashOf,
  verifyCertificateSignature,
  verifySignature,
  withoutZeros,
} from "../../../src/verify/verifySignature.js";

const DATA = new TextEncoder().encode("what was signed");
const OTHER = new TextEncoder().encode("something else");

const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const P384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
const P521 = generateKeyPairSync("ec", { namedCurve: "P-521" }).privateKey;
const ED25519 = generateKeyPairSync("ed25519").privateKey;
const ED448 = generateKeyPairSync("ed448").privateKey;
const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

function publicKeyOf(key: KeyObject): PublicKey {
  return decodeSpki(new Uint8Array(createPublicKey(key).export({ type: "spki", format: "der" }))).value;
}

const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
const signed = (hash: string | null, key: KeyObject, more: object = {}) =>
  new Uint8Array(sign(hash, DATA, { key, ...more }));

describe("a COSE algorithm", () => {
  test.each<[string, number, KeyObject, string | null, object]>([
    ["ES256", -7, P256, "sha256", {}],
    ["ESP256", -9, P256, "sha256", {}],
    ["ES384", -35, P384, "sha384", {}],
    ["ESP384", -51, P384, "sha384", {}],
    ["ES512", -36, P521, "sha512", {}],
    ["ESP512", -52, P521, "sha512", {}],
    ["EdDSA", -8, ED25519, null, {}],
    ["Ed25519", -19, ED25519, null, {}],
    ["Ed448", -53, ED448, null, {}],
    ["RS256", -257, RSA, "sha256", {}],
    ["RS384", -258, RSA, "sha384", {}],
    ["RS512", -259, RSA, "sha512", {}],
    ["RS1", -65535, RSA, "sha1", {}],
    ["PS256", -37, RSA, "sha256", pss(32)],
    ["PS384", -38, RSA, "sha384", pss(48)],
    ["PS512", -39, RSA, "sha512", pss(64)],
  ])(
    "%s: its signature is valid over what was signed and over nothing else",
    async (_, id, key, hash, more) => {
      const own = publicKeyOf(key);
      const signature = signed(hash, key, more);
      expect(await verifySignature(own, id, signature, DATA)).toEqual({ is: "valid" });
      expect(await verifySignature(own, id, signature, OTHER)).toEqual({
        is: "invalid",
        reason: said("it does not match the signed bytes"),
      });
      expect(await checkPublicKey(own, id)).toEqual({ is: "valid" });
    },
  );

  test("has its hash, where it is one that hashes first", () => {
    expect([-7, -35, -36, -257, -65535, -37, -8, -47].map(hashOf)).toEqual([
      "SHA-256",
      "SHA-384",
      "SHA-512",
      "SHA-256",
      "SHA-1",
      "SHA-256",
      undefined,
      undefined,
    ]);
  });

  test("that WebCrypto lacks says nothing about the signature", async () => {
    const own = publicKeyOf(P256);
    const lacking = { is: "unsupported", reason: said("WebCrypto has no") };
    expect(await verifySignature(own, -47, new Uint8Array(), DATA)).toEqual(lacking);
    expect(await checkPublicKey(own, -47)).toEqual(lacking);
  });

  test("a salt of another length is another algorithm's", async () => {
    const signature = signed("sha256", RSA, pss(20));
    expect(await verifySignature(publicKeyOf(RSA), -37, signature, DATA)).toMatchObject({ is: "invalid" });
  });
});

describe("what is wrong with a key", () => {
  const own = publicKeyOf(P256);
  const signature = signed("sha256", P256);
  test.each<[string, PublicKey, string]>([
    ["another kind", publicKeyOf(RSA), "needs a key of type EC2, this is RSA"],
    ["none at all", {}, "needs a key of type EC2, this is none"],
    ["another curve", publicKeyOf(P384), "needs the curve P-256, this key is on P-384"],
    ["no curve", { keyType: "EC2", x: own.x!, y: own.y! }, "this key is on none"],
    ["no y", { keyType: "EC2", curve: "P-256", x: own.x! }, "the key is incomplete"],
    ["no x", { keyType: "EC2", curve: "P-256", y: own.y! }, "the key is incomplete"],
    ["no point of the curve", { ...own, y: own.x! }, "the key is no ES256"],
  ])("%s", async (_, key, reason) => {
    const wrong = { is: "invalid", reason: said(reason) };
    expect(await verifySignature(key, -7, signature, DATA)).toEqual(wrong);
    expect(await checkPublicKey(key, -7)).toEqual(wrong);
  });

  test.each<[string, PublicKey, number]>([
    ["RSA without n", { keyType: "RSA", e: Uint8Array.of(1, 0, 1) }, -257],
    ["RSA without e", { keyType: "RSA", n: new Uint8Array(256).fill(1) }, -257],
    ["Ed25519 without x", { keyType: "OKP", curve: "Ed25519" }, -8],
    ["ML-DSA without pub", { keyType: "AKP" }, -48],
  ])("%s is incomplete", async (_, key, algorithm) => {
    expect(await checkPublicKey(key, algorithm)).toEqual({
      is: "invalid",
      reason: said("the key is incomplete"),
    });
  });

  test("a zero before the numbers of RSA is no matter", async () => {
    const { n, e, ...rest } = publicKeyOf(RSA);
    const padded = { ...rest, n: Uint8Array.of(0, ...n!), e: Uint8Array.of(0, ...e!) };
    expect(await verifySignature(padded, -257, signed("sha256", RSA), DATA)).toEqual({ is: "valid" });
  });
});

describe("what is wrong with an ECDSA signature", () => {
  const own = publicKeyOf(P256);
  test("r and s side by side are none in DER, and the other way round", async () => {
    const raw = signed("sha256", P256, { dsaEncoding: "ieee-p1363" });
    expect(await verifySignature(own, -7, raw, DATA, "raw")).toEqual({ is: "valid" });
    expect(await verifySignature(own, -7, raw, DATA)).toMatchObject({
      is: "invalid",
      reason: said("it is not DER"),
    });
    expect(await verifySignature(own, -7, signed("sha256", P256), DATA, "raw")).toMatchObject({
      is: "invalid",
    });
  });
  const number = (length: number) => [0x02, length, ...new Uint8Array(length).fill(1)];
  const der = (...parts: number[]) => Uint8Array.of(0x30, parts.length, ...parts);
  test.each([
    ["r", der(...number(33), ...number(32))],
    ["s", der(...number(32), ...number(33))],
  ])("%s is longer than the curve's numbers", async (_, signature) => {
    expect(await verifySignature(own, -7, signature, DATA)).toEqual({
      is: "invalid",
      reason: said("its numbers are longer than the curve’s"),
    });
  });
  test("numbers that are shorter are filled with zeros: the signature is right", async () => {
    for (let attempt = 0; ; attempt++) {
      const raw = signed("sha256", P256, { dsaEncoding: "ieee-p1363" });
      // One of 128 has a zero at the beginning of r or s, which DER leaves away.
      if (raw[0] !== 0 && raw[32] !== 0 && attempt < 5_000) continue;
      expect(raw[0] === 0 || raw[32] === 0).toBe(true);
      const short = (bytes: Uint8Array) => {
        const own = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
        const content = own[0]! > 127 ? [0, ...own] : [...own];
        return [0x02, content.length, ...content];
      };
      const signature = der(...short(raw.subarray(0, 32)), ...short(raw.subarray(32)));
      expect(await verifySignature(own, -7, signature, DATA)).toEqual({ is: "valid" });
      return;
    }
  });
});

describe("a certificate's algorithm", () => {
  test.each<[string, KeyObject, string | null]>([
    ["ECDSA with SHA-256", P256, "sha256"],
    ["ECDSA with SHA-256", P384, "sha256"],
    ["ECDSA with SHA-384", P256, "sha384"],
    ["ECDSA with SHA-512", P521, "sha512"],
    ["RSA with SHA-1", RSA, "sha1"],
    ["RSA with SHA-256", RSA, "sha256"],
    ["RSA with SHA-384", RSA, "sha384"],
    ["RSA with SHA-512", RSA, "sha512"],
    ["Ed25519", ED25519, null],
    ["Ed448", ED448, null],
  ])("%s", async (algorithm, key, hash) => {
    const own = publicKeyOf(key);
    const signature = signed(hash, key);
    expect(await verifyCertificateSignature(own, algorithm, signature, DATA)).toEqual({ is: "valid" });
    expect(await verifyCertificateSignature(own, algorithm, signature, OTHER)).toMatchObject({
      is: "invalid",
    });
  });

  test.each(["RSA-PSS", "1.2.3.4", "ECDSA with SHA-3", "RSA with MD5", "DSA with SHA-256"])(
    "%s is not known",
    async (algorithm) => {
      expect(
        await verifyCertificateSignature(publicKeyOf(RSA), algorithm, new Uint8Array(256), DATA),
      ).toEqual({ is: "unsupported", reason: said(`WebCrypto has no ${algorithm}`) });
    },
  );
});

test("ML-DSA keys are handed to WebCrypto as it takes them, where it has them", async () => {
  const asked: unknown[] = [];
  vi.stubGlobal("crypto", {
    subtle: {
      importKey: async (...given: unknown[]) => void asked.push(given),
      verify: async (...given: unknown[]) => asked.push(given) > 0,
    },
  });
  try {
    const own: PublicKey = { keyType: "AKP", pub: Uint8Array.of(251, 255) };
    expect(await verifySignature(own, -49, Uint8Array.of(1), DATA)).toEqual({ is: "valid" });
  } finally {
    vi.unstubAllGlobals();
  }
  expect(asked).toEqual([
    ["jwk", { kty: "AKP", alg: "ML-DSA-65", pub: "-_8" }, { name: "ML-DSA-65" }, false, ["verify"]],
    [{ name: "ML-DSA-65" }, undefined, Uint8Array.of(1), DATA],
  ]);
});

test("a number is what is left without the zeros before it; of zero, nothing", () => {
  expect(withoutZeros(Uint8Array.of(0, 0, 1, 0))).toEqual(Uint8Array.of(1, 0));
  expect(withoutZeros(Uint8Array.of(0, 0))).toEqual(new Uint8Array());
});

/** Words that begin, go on or end like this. */
function said(words: string) {
  return expect.objectContaining({ text: expect.stringContaining(words) as string }) as StepSentence;
}
