import { encodeHex } from "./hex.js";

/** 16 bytes as a UUID, lower-case with hyphens, as AAGUIDs are written. @see https://www.rfc-editor.org/rfc/rfc9562#section-4 */
export function encodeUuid(bytes: Uint8Array): string {
  const hex = encodeHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
