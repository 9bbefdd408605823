/** A text of at most `limit` UTF-16 units; what was cut is marked by "…". */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/**
 * Characters that can't be seen, or that turn the text around them, as the escapes of JavaScript: a
 * page must not be able to make a value look like another.
 */
export function showControls(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const known = ESCAPES[character];
    return known ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

const ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/gu;
