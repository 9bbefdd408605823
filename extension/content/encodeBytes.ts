import { encodeBase64url } from "../../src/index.js";

/** More than any snapshot of the hook nests. */
const MAX_DEPTH = 50;

/**
 * Writes base64url where the hook's event has bytes, which JSON cannot carry: quicker here than in the page's
 * own world, where the browser's functions may be the page's.
 */
export function encodeBytes(value: unknown, depth = 0): void {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return;
  const found = value as { base64url?: unknown };
  // To a content script of Firefox these are the page's, of which only a copy can be read.
  if (ArrayBuffer.isView(found.base64url))
    found.base64url = encodeBase64url(new Uint8Array(found.base64url as Uint8Array));
  else for (const member of Object.values(value)) encodeBytes(member, depth + 1);
}
