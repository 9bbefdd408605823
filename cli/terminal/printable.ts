/**
 * A text on one line that a terminal shows and does nothing else with: control characters (escape
 * sequences begin with one) and those that turn the direction of writing are spelled out.
 */
export function printable(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, " ")
    .replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;
