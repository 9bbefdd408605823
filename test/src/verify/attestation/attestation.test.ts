import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { PublicKey } from "../../../../src/decode/publicKey.js";
import {
  type Attested,
  judgeKey,
  judgeNonce,
  judgeSignature,
} from "../../../../src/verify/attestation/attestation.js";
import { sentence } from "../../../../src/verify/said.js";

const X = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
const Y = Uint8Array.from({ length: 32 }, (_, index) => index + 101);
const EC: PublicKey = { keyType: "EC2", curve: "P-256", x: X, y: Y };
const RSA: PublicKey = { keyType: "RSA", n: Uint8Array.of(200, ...X), e: Uint8Array.of(1, 0, 1) };
const AKP: PublicKey = { keyType: "AKP", pub: X };

function keys(one: PublicKey, own: PublicKey | undefined) {
  return judgeKey(sentence("the-certificate"), one, { credential: own ? { coseKey: own } : {} } as Attested);
}

describe("the key of a statement and the credential's", () => {
  test.each([
    ["of a curve", EC, EC],
    ["of RSA", RSA, RSA],
    ["of an algorithm key pair", AKP, AKP],
    ["of RSA, with a zero before the modulus", { ...RSA, n: Uint8Array.of(0, ...RSA.n!) }, RSA],
    ["of RSA, with a zero before the exponent", RSA, { ...RSA, e: Uint8Array.of(0, 1, 0, 1) }],
  ])("are the same %s", (_, one, own) => expect(keys(one, own)).toMatchObject({ outcome: "pass" }));

  test.each([
    ["x", EC, { ...EC, x: Y }],
    ["y", EC, { ...EC, y: X }],
    ["y is missing in one", EC, { keyType: "EC2", curve: "P-256", x: X }],
    ["y is missing in the other", { keyType: "EC2", curve: "P-256", x: X }, EC],
    ["curve", EC, { ...EC, curve: "secp256k1" }],
    ["kind", { keyType: "OKP", x: X }, { keyType: "EC2", x: X }],
    ["modulus", RSA, { ...RSA, n: X }],
    ["exponent", RSA, { ...RSA, e: Uint8Array.of(3) }],
    ["pub", AKP, { ...AKP, pub: Y }],
    ["anything", {}, EC],
  ] as [string, PublicKey, PublicKey][])("differ in %s", (_, one, own) => {
    expect(keys(one, own)).toMatchObject({
      outcome: "fail",
      because: expect.stringContaining("is not the credential public key") as string,
    });
  });

  test("are named where they differ", () => {
    expect(keys({}, RSA).because).toMatch(
      /^The key in the certificate, unreadable, is not the credential public key, RSA yAEC/,
    );
    expect(keys(EC, RSA).because).toContain("EC2 P-256 AQID");
  });

  test("cannot be compared if the authenticator data has none", () => {
    expect(keys(EC, undefined)).toMatchObject({ outcome: "fail" });
  });
});

test("what binds to the ceremony has to be there, and to be the same", () => {
  expect(judgeNonce("nonce-in-certificate", undefined, X)).toMatchObject({
    outcome: "fail",
    because: "The nonce in the certificate is missing.",
  });
  expect(judgeNonce("nonce-in-certificate", X.slice(), X).outcome).toBe("pass");
  expect(judgeNonce("nonce-in-certificate", X.subarray(0, 31), X).outcome).toBe("fail");
  expect(judgeNonce("nonce-in-certificate", Y, X).outcome).toBe("fail");
});

describe("the signature of a statement", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = publicKey.export({ format: "jwk" });
  const part = (name: "x" | "y") => new Uint8Array(Buffer.from(jwk[name]!, "base64url"));
  const key: PublicKey = { keyType: "EC2", curve: "P-256", x: part("x"), y: part("y") };
  const signature = new Uint8Array(sign("sha256", X, privateKey));
  const said = (...[algorithm, given]: [number | undefined, Uint8Array | undefined]) =>
    judgeSignature("of-certificate", key, algorithm, given, X);

  test("is there and right", async () =>
    expect(await said(-7, signature)).toMatchObject({ outcome: "pass" }));
  test("names no algorithm", async () =>
    expect(await said(undefined, signature)).toMatchObject({
      outcome: "fail",
      because: "The statement does not say the algorithm of its signature.",
    }));
  test("is missing", async () =>
    expect(await said(-7, undefined)).toMatchObject({
      outcome: "fail",
      because: "The statement has no signature.",
    }));
  test("is of an algorithm that the runtime lacks", async () =>
    expect(await said(-47, signature)).toMatchObject({
      outcome: "cannot-tell",
      because: expect.stringContaining("can’t be checked") as string,
    }));
  test("is over something else", async () =>
    expect(await judgeSignature("of-certificate", key, -7, signature, Y)).toMatchObject({
      outcome: "fail",
      because: expect.stringContaining("is not by") as string,
    }));
});
