/**
 * COSE names by number.
 *
 * @see https://www.iana.org/assignments/cose/cose.xhtml
 */

export const COSE_ALGORITHMS: ReadonlyMap<number, string> = new Map([
  [-7, "ES256"],
  [-8, "EdDSA"],
  [-9, "ESP256"],
  [-19, "Ed25519"],
  [-35, "ES384"],
  [-36, "ES512"],
  [-37, "PS256"],
  [-38, "PS384"],
  [-39, "PS512"],
  [-47, "ES256K"],
  [-48, "ML-DSA-44"],
  [-49, "ML-DSA-65"],
  [-50, "ML-DSA-87"],
  [-51, "ESP384"],
  [-52, "ESP512"],
  [-53, "Ed448"],
  [-257, "RS256"],
  [-258, "RS384"],
  [-259, "RS512"],
  [-65535, "RS1"],
]);

export const COSE_KEY_TYPES: ReadonlyMap<number, string> = new Map([
  [1, "OKP"],
  [2, "EC2"],
  [3, "RSA"],
  [4, "Symmetric"],
  [7, "AKP"],
]);

export interface CoseCurve {
  name: string;
  /** bytes of a coordinate, or of an OKP public key */
  length: number;
}

export const COSE_CURVES: ReadonlyMap<number, CoseCurve> = new Map([
  [1, { name: "P-256", length: 32 }],
  [2, { name: "P-384", length: 48 }],
  [3, { name: "P-521", length: 66 }],
  [4, { name: "X25519", length: 32 }],
  [5, { name: "X448", length: 56 }],
  [6, { name: "Ed25519", length: 32 }],
  [7, { name: "Ed448", length: 57 }],
  [8, { name: "secp256k1", length: 32 }],
]);

/** Words for an algorithm of `pubKeyCredParams` or a key: "ES256 (-7)"; the number alone if unknown. */
export function describeCoseAlgorithm(algorithm: number): string {
  const name = COSE_ALGORITHMS.get(algorithm);
  return name === undefined ? String(algorithm) : `${name} (${algorithm})`;
}
