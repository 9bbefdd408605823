/** The part of SubtleCrypto that verifying needs. Keys stay opaque. @see https://w3c.github.io/webcrypto/#subtlecrypto-interface */
export interface WebCrypto {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: "jwk",
    key: object,
    algorithm: object,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<object>;
  verify(algorithm: object, key: object, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
}

/** The runtime's; undefined where there is none, as in pages of plain http. */
export function webCrypto(): WebCrypto | undefined {
  return (globalThis as { crypto?: { subtle?: WebCrypto } }).crypto?.subtle;
}

export type HashName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** Undefined where the runtime has no WebCrypto. */
export async function digest(hash: HashName, data: Uint8Array): Promise<Uint8Array | undefined> {
  const crypto = webCrypto();
  return crypto && new Uint8Array(await crypto.digest(hash, data));
}
