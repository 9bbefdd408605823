import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { encodeCbor } from "./encodeCbor.js";

const fromJwk = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? "", "base64url"));

/** A public key of node:crypto as COSE bytes with the algorithm said to be used. */
export function encodeCoseKey(publicKey: KeyObject, algorithm: number): Uint8Array {
  const jwk = publicKey.export({ format: "jwk" });
  if (jwk.kty === "EC") {
    const curve = { "P-256": 1, "P-384": 2, "P-521": 3, secp256k1: 8 }[jwk.crv as string];
    return encodeCbor(
      new Map<number, unknown>([
        [1, 2],
        [3, algorithm],
        [-1, curve],
        [-2, fromJwk(jwk.x)],
        [-3, fromJwk(jwk.y)],
      ]),
    );
  }
  if (jwk.kty === "OKP") {
    return encodeCbor(
      new Map<number, unknown>([
        [1, 1],
        [3, algorithm],
        [-1, jwk.crv === "Ed448" ? 7 : 6],
        [-2, fromJwk(jwk.x)],
      ]),
    );
  }
  return encodeCbor(
    new Map<number, unknown>([
      [1, 3],
      [3, algorithm],
      [-1, fromJwk(jwk.n)],
      [-2, fromJwk(jwk.e)],
    ]),
  );
}

/** A fresh key pair for a COSE algorithm. */
export function generateKeyPair(algorithm: number): { publicKey: KeyObject; privateKey: KeyObject } {
  const curve = { [-7]: "P-256", [-9]: "P-256", [-35]: "P-384", [-36]: "P-521", [-47]: "secp256k1" }[
    algorithm
  ];
  if (curve) return generateKeyPairSync("ec", { namedCurve: curve });
  if (algorithm === -8 || algorithm === -19) return generateKeyPairSync("ed25519");
  if (algorithm === -53) return generateKeyPairSync("ed448");
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}
