import type { Problem } from "./problem.js";

/** Bytes as lower-case hexadecimal digits, two a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

/**
 * Hexadecimal digits as bytes. Upper and lower case; white space, colons and hyphens between
 * bytes are passed over, as people paste them. Bad input: no bytes, and a problem whose
 * offset is the place in the text.
 */
export function decodeHex(text: string): { bytes?: Uint8Array; problems: Problem[] } {
  const bytes: number[] = [];
  let high = -1;
  for (let offset = 0; offset < text.length; offset++) {
    const digit = digitOf(text.charCodeAt(offset));
    if (digit >= 0) {
      if (high < 0) high = digit;
      else {
        bytes.push(high * 16 + digit);
        high = -1;
      }
    } else if (high >= 0 || !SEPARATOR.test(text.charAt(offset))) {
      return failed(`"${text.charAt(offset)}" at position ${offset} is not a hexadecimal digit.`, offset, 1);
    }
  }
  if (high >= 0) return failed("The last byte has one hexadecimal digit; it needs two.", text.length - 1, 1);
  return { bytes: Uint8Array.from(bytes), problems: [] };
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const SEPARATOR = /[\s:-]/;

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function failed(message: string, offset: number, length: number): { problems: Problem[] } {
  return { problems: [{ code: "not-hex", message, offset, length }] };
}
