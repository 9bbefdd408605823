/** A JSON pointer, one step further. @see https://www.rfc-editor.org/rfc/rfc6901 */
export function pointer(at: string, step: string | number): string {
  const shown = String(step).slice(0, 60).replaceAll("~", "~0").replaceAll("/", "~1");
  return `${at}/${shown}`;
}

/** "line 3, column 14", both from 1. */
export function lineAndColumn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}

/** A text of the material in a sentence: in quotes, no longer than a line. */
export function quoted(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
}
