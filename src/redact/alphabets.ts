import { randomBelow } from "./randomBytes.js";

/**
 * Another character of the same kind, which takes as many bytes and UTF-16 units: letters for letters,
 * digits for digits. What builds a text (spaces, punctuation, marks) stays as it is. Where there are too
 * few of a kind to tell apart, `wide` goes from 0 to 1: then digits may stand for letters, then signs.
 */
export function randomLike(character: string, { hex = false, wide = 0 } = {}): string {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return randomAscii(character, code, hex, wide);
  if (!MASKED.test(character)) return character;
  if (code < 0x800) {
    if (isLetterWithCase(character)) {
      const letter = oneOf(character.normalize("NFD") === character ? LATIN_WHOLE : LATIN_ACCENTED);
      return isUpper(character) ? letter.toUpperCase() : letter;
    }
    return fromRange(0x5d0, 27);
  }
  if (code < 0x10000) {
    if (isLetterWithCase(character))
      return fromCodePoint(0x1e00 + 2 * randomBelow(75) + (isUpper(character) ? 0 : 1));
    return /\p{So}/u.test(character) ? fromRange(0x2600, 0x60) : fromRange(0x4e00, 0x5000);
  }
  return /\p{So}/u.test(character) ? fromRange(0x1f400, 0x3e) : fromRange(0x20000, 0xa000);
}

/** Whether a character says something of its own, rather than building the text. */
export function isMasked(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return !KEPT_CONTROLS.includes(code);
  return code < 0x80 ? /[a-z0-9]/i.test(character) : MASKED.test(character);
}

function randomAscii(character: string, code: number, hex: boolean, wide: number): string {
  if (code < 0x20) {
    if (KEPT_CONTROLS.includes(code)) return character;
    return wide > 0.25 ? oneOf(LOWER + DIGITS) : fromCodePoint(oneOf(CONTROLS));
  }
  const kind = /[0-9]/.test(character)
    ? DIGITS
    : /[a-z]/.test(character)
      ? LOWER
      : /[A-Z]/.test(character)
        ? UPPER
        : "";
  if (kind === "") return character;
  if (wide > 0.5) return oneOf(LOWER + DIGITS + SIGNS);
  if (wide > 0.25) return oneOf(hex ? "abcdef0123456789" : (kind === UPPER ? UPPER : LOWER) + DIGITS);
  return hex && kind !== DIGITS ? kind[randomBelow(6)]! : oneOf(kind);
}

const MASKED = /[\p{L}\p{N}\p{So}\p{Co}]/u;
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const SIGNS = "!#$%&*~^|<>";
const DIGITS = "0123456789";
/** Latin letters that have a capital and take two bytes: with an accent, which may be written apart, and without. */
const LATIN_ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüý";
const LATIN_WHOLE = "æðøþđħłŋœŧ";
/** NUL, tab, line feed, carriage return */
const KEPT_CONTROLS: readonly number[] = [0, 9, 10, 13];
const CONTROLS = [...Array(32).keys()].filter((code) => !KEPT_CONTROLS.includes(code));

function isLetterWithCase(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}

function isUpper(character: string): boolean {
  return character !== character.toLowerCase();
}

function oneOf<Item>(items: ArrayLike<Item>): Item {
  return items[randomBelow(items.length)]!;
}

function fromRange(first: number, size: number): string {
  return fromCodePoint(first + randomBelow(size));
}

function fromCodePoint(code: number): string {
  return String.fromCodePoint(code);
}
