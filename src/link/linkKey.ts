import { encodeHex } from "../bytes/hex.js";

/**
 * What a reader and the bootstrap script share and a page does not know: 24 random bytes in hex.
 * The first 16 are said when a reading is asked for, where a page that replaced a built-in before
 * may overhear them; the last 8 mark lines on the console, are never said in the page, and cannot be
 * concluded from the first.
 */
export function createLinkKey(): string {
  const { crypto } = globalThis as unknown as { crypto: { getRandomValues(bytes: Uint8Array): Uint8Array } };
  return encodeHex(crypto.getRandomValues(new Uint8Array(24)));
}

export function isLinkKey(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{48}$/.test(value);
}

/** The two halves. Throws on what `createLinkKey` did not make. */
export function halvesOf(key: string): { ask: string; mark: string } {
  if (!isLinkKey(key)) throw new TypeError("not a link key: it has to be made by createLinkKey");
  return { ask: key.slice(0, 32), mark: key.slice(32) };
}
