import type { Problem } from "./problem.js";

/** Bytes as base64url without padding. @see https://www.rfc-editor.org/rfc/rfc4648#section-5 */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  for (; at + 2 < bytes.length; at += 3) {
    const triple = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text += ALPHABET[triple >> 18]! + ALPHABET[(triple >> 12) & 63] + ALPHABET[(triple >> 6) & 63];
    text += ALPHABET[triple & 63];
  }
  const rest = bytes.length - at;
  if (rest === 1) text += ALPHABET[bytes[at]! >> 2]! + ALPHABET[(bytes[at]! & 3) << 4];
  if (rest === 2) {
    const pair = (bytes[at]! << 8) | bytes[at + 1]!;
    text += ALPHABET[pair >> 10]! + ALPHABET[(pair >> 4) & 63] + ALPHABET[(pair & 15) << 2];
  }
  return text;
}

/** Bytes as base64 with padding, as PEM has it. @see https://www.rfc-editor.org/rfc/rfc4648#section-4 */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll("-", "+").replaceAll("_", "/");
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/**
 * Base64url as bytes. What the specification does not allow but can only be read in one way
 * (padding, the `+` and `/` of plain base64, spare bits that are not zero) is read and reported;
 * anything else yields no bytes and a problem whose offset is the place in the text.
 *
 * @see https://www.w3.org/TR/webauthn-3/#base64url-encoding
 */
export function decodeBase64url(text: string): { bytes?: Uint8Array; problems: Problem[] } {
  const problems: Problem[] = [];
  const end = endWithoutPadding(text);
  if (end < text.length) {
    problems.push({
      code: "base64url-padding",
      message: "The text is padded with =; base64url in WebAuthn has no padding.",
      offset: end,
      length: text.length - end,
    });
  }
  if (end % 4 === 1) {
    problems.push({
      code: "not-base64url",
      message: `${end} characters of base64url can't stand for a whole number of bytes.`,
      offset: end - 1,
      length: 1,
    });
    return { problems };
  }
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let written = 0;
  let bits = 0;
  let held = 0;
  let plain = -1;
  for (let offset = 0; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    const six = code < 128 ? SIXES[code]! : NONE;
    if (six === NONE) {
      problems.push({
        code: "not-base64url",
        message: `"${text.charAt(offset)}" at position ${offset} is not a character of base64url.`,
        offset,
        length: 1,
      });
      return { problems };
    }
    if ((code === PLUS || code === SLASH) && plain < 0) plain = offset;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[written++] = held >> bits;
    }
  }
  if (plain >= 0) {
    problems.push({
      code: "base64-not-base64url",
      message: `"${text.charAt(plain)}" at position ${plain} belongs to base64; base64url writes - and _.`,
      offset: plain,
      length: 1,
    });
  }
  if ((held & ((1 << bits) - 1)) !== 0) {
    problems.push({
      code: "base64url-spare-bits",
      message: "The last character carries bits that belong to no byte.",
      offset: end - 1,
      length: 1,
    });
  }
  return { bytes, problems };
}

/** Base64url as the specification writes it, whatever padding or alphabet it came in; undefined if it can't be read. */
export function normalizeBase64url(text: string): string | undefined {
  const { bytes } = decodeBase64url(text);
  return bytes && encodeBase64url(bytes);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const PLUS = 0x2b;
const SLASH = 0x2f;
const NONE = 255;
const SIXES = new Uint8Array(128).fill(NONE);
for (let six = 0; six < 64; six++) SIXES[ALPHABET.charCodeAt(six)] = six;
SIXES[PLUS] = 62;
SIXES[SLASH] = 63;

function endWithoutPadding(text: string): number {
  let end = text.length;
  while (end > text.length - 2 && text.charCodeAt(end - 1) === 0x3d) end--;
  return end;
}
