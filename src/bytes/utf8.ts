/**
 * UTF-8 as text. `firstBad` is the position of the first byte that is not UTF-8; it and every
 * other bad byte stand as U+FFFD in the text. A byte order mark stays in the text.
 */
export function decodeUtf8(
  bytes: Uint8Array,
  start = 0,
  end: number = bytes.length,
): { text: string; firstBad?: number } {
  if (isAscii(bytes, start, end) && end - start <= CHUNK) return { text: decodeAscii(bytes, start, end) };
  let text = "";
  let units: number[] = [];
  let firstBad: number | undefined;
  let at = start;
  while (at < end) {
    const length = sequenceLength(bytes, at, end);
    if (length === 0) {
      firstBad ??= at;
      units.push(0xfffd);
      at++;
    } else {
      pushCodePoint(units, bytes, at, length);
      at += length;
    }
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  text += String.fromCharCode(...units);
  return firstBad === undefined ? { text } : { text, firstBad };
}

/** Position of the first byte that is not UTF-8, if there is one; without making the text. */
export function firstNotUtf8(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = start; at < end; ) {
    const length = sequenceLength(bytes, at, end);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** Number of bytes that a text takes in UTF-8. A lone surrogate counts as U+FFFD: three. */
export function utf8Length(text: string, start = 0, end: number = text.length): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) length += 1;
    else if (code < 0x800) length += 2;
    else if ((code & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00 && at + 1 < end) {
      length += 4;
      at++;
    } else length += 3;
  }
  return length;
}

/** Text as UTF-8. A lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes[at++] = code;
    else {
      const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes[at++] = [0, 0xc0, 0xe0, 0xf0][more]! | (code >> (6 * more));
      for (let left = more - 1; left >= 0; left--) bytes[at++] = 0x80 | ((code >> (6 * left)) & 0x3f);
    }
  }
  return bytes;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}

function decodeAscii(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT)
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** Characters up to which adding them one by one is faster than a call with all of them. */
const SHORT = 24;
/** String.fromCharCode takes its units as arguments, and engines bound their number. */
const CHUNK = 0x1000;

/** Bytes of the well-formed sequence that starts here; 0 if there is none. @see https://www.rfc-editor.org/rfc/rfc3629#section-4 */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[at + 1]! < lowest || bytes[at + 1]! > highest) return 0;
  for (let next = at + 2; next < at + length; next++) if ((bytes[next]! & 0xc0) !== 0x80) return 0;
  return length;
}

function pushCodePoint(units: number[], bytes: Uint8Array, at: number, length: number): void {
  const lead = bytes[at]!;
  if (length === 1) {
    units.push(lead);
    return;
  }
  let point = lead & (0x7f >> length);
  for (let next = at + 1; next < at + length; next++) point = (point << 6) | (bytes[next]! & 0x3f);
  if (point < 0x10000) units.push(point);
  else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
}
