import { generateKeyPairSync, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeHex } from "../../../src/bytes/hex.js";
import { decodeCoseKey } from "../../../src/decode/coseKey.js";
import { parsePublicKey } from "../../../src/verify/parsePublicKey.js";
import { ES256_COSE_KEY } from "../../support/authenticatorBytes.js";
import { encodeCbor } from "../../support/encodeCbor.js";
import { create, get } from "../../support/recordings.js";
import { ALGORITHMS, SoftwareAuthenticator } from "../../support/softwareAuthenticator.js";

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
const KEYS: Record<string, { key: KeyObject; algorithm: number; keyType: string }> = {
  "P-256": { key: ec, algorithm: -7, keyType: "EC2" },
  "P-384": {
    key: generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey,
    algorithm: -35,
    keyType: "EC2",
  },
  "P-521": {
    key: generateKeyPairSync("ec", { namedCurve: "P-521" }).publicKey,
    algorithm: -36,
    keyType: "EC2",
  },
  Ed25519: { key: generateKeyPairSync("ed25519").publicKey, algorithm: -8, keyType: "OKP" },
  RSA: {
    key: generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey,
    algorithm: -257,
    keyType: "RSA",
  },
};

describe("a public key is read the same from every way of writing it", () => {
  for (const [name, { key, algorithm, keyType }] of Object.entries(KEYS)) {
    it(name, () => {
      const der = key.export({ type: "spki", format: "der" });
      const texts = [
        key.export({ type: "spki", format: "pem" }).toString(),
        JSON.stringify(key.export({ format: "jwk" })),
        der.toString("base64"),
        der.toString("base64url"),
        der.toString("hex"),
        `  ${der.toString("hex").match(/../g)!.join(":")}\n`,
      ];
      const [first, ...others] = texts.map((text) => parsePublicKey(text));
      expect(first?.problems).toEqual([]);
      expect(first?.publicKey).toMatchObject({ keyType, algorithm });
      for (const other of others) expect(other).toEqual(first);
    });
  }

  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    it(`a COSE key for ${name}`, () => {
      const { publicKey } = new SoftwareAuthenticator().create(
        create({ pubKeyCredParams: [{ type: "public-key", alg: algorithm }] }).args[0],
      );
      const { publicKey: parsed, problems } = parsePublicKey(encodeHex(publicKey));
      expect(problems).toEqual([]);
      expect(parsed).toMatchObject({ algorithm });
      expect(parsePublicKey(Buffer.from(publicKey).toString("base64"))).toEqual({
        publicKey: parsed,
        problems,
      });
    });
  }
});

it("a COSE key whose members are in another order is the same key", () => {
  const { labels } = decodeCoseKey(ES256_COSE_KEY).value;
  const reordered = encodeCbor(new Map([...labels!].reverse()));
  expect(parsePublicKey(encodeHex(reordered))).toEqual(parsePublicKey(encodeHex(ES256_COSE_KEY)));
});

describe("what is no public key has no key, and says why", () => {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const cases: Record<string, [text: string, code: string]> = {
    "a private key": [pem, "pem-not-public-key"],
    "a PEM text that is cut off": ["-----BEGIN PUBLIC KEY-----\nMIIB", "pem-not-public-key"],
    nothing: ["", "public-key-unknown"],
    prose: ["the key, please", "public-key-unknown"],
    "JSON that is none": ["{kty", "jwk-not-json"],
    "a JSON Web Key of another type": ['{"kty":"oct","k":"AAAA"}', "jwk-key-type"],
    "a JSON Web Key without y": ['{"kty":"EC","crv":"P-256","x":"AAAA"}', "jwk-member-missing"],
    "a COSE key with a member twice": [encodeHex(withMemberTwice(ES256_COSE_KEY)), "cbor-duplicate-key"],
    "a COSE key with something after it": [`${encodeHex(ES256_COSE_KEY)}00`, "trailing-bytes"],
  };
  for (const [name, [text, code]] of Object.entries(cases)) {
    it(name, () => {
      const { publicKey, problems } = parsePublicKey(text);
      expect(publicKey).toBeUndefined();
      expect(problems.map((problem) => problem.code)).toEqual([code]);
    });
  }

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((json) => ` ${json}`),
        ),
        (text) => {
          const { publicKey, problems } = parsePublicKey(text);
          expect(publicKey !== undefined || problems.length > 0).toBe(true);
        },
      ),
    );
  });
});

it("the key verifies what its authenticator signed, where the registration was not recorded", async () => {
  const { analyze } = await import("../../../src/analyze.js");
  const { recordingOf } = await import("../../support/recordings.js");
  const authenticator = new SoftwareAuthenticator();
  const { publicKey } = authenticator.create(create().args[0]);
  const draft = get();
  const answer = authenticator.get(draft.args[0]);
  const recording = recordingOf([draft.returns(answer.snapshot)]);
  const signature = async (options = {}) =>
    (await analyze(recording, options)).ceremonies[0]!.verdicts.find(({ check }) => check === "signature");
  expect(await signature()).toMatchObject({ outcome: "cannot-tell" });
  const given = (text: string) => new Map([[answer.json.id, parsePublicKey(text).publicKey!]]);
  expect(await signature({ publicKeys: given(encodeHex(publicKey)) })).toMatchObject({ outcome: "pass" });
  expect(await signature({ publicKeys: given(encodeHex(ES256_COSE_KEY)) })).toMatchObject({
    outcome: "fail",
  });
});

/** One more entry in the map's head, and the key's type once more at the end. */
function withMemberTwice(key: Uint8Array): Uint8Array {
  return Uint8Array.of(key[0]! + 1, ...key.subarray(1), 1, 2);
}
