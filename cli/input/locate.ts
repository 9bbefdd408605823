/** Where something stands in a text; line and column count from 1, in UTF-16 units, as SARIF does. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/**
 * Finds values in the text of a recording by the index of their call and a JSON pointer into the call.
 * The text has to be JSON that was parsed already. Finding a value costs no more than its call is long.
 *
 * A pointer that leads nowhere (a rule may point at what is missing) gives the nearest value around it.
 */
export function createLocator(text: string): (callIndex: number, pointer: string) => Place | undefined {
  const calls = startsOfCalls(text);
  const lines = startsOfLines(text);
  return (callIndex, pointer) => {
    let start = calls[callIndex];
    if (start === undefined) return undefined;
    for (const name of pointer.split("/").slice(1)) {
      const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
      const next = childStart(text, start, key);
      if (next === undefined) break;
      start = next;
    }
    const [line, column] = positionOf(lines, start);
    const [endLine, endColumn] = positionOf(lines, skipValue(text, start));
    return { line, column, endLine, endColumn };
  };
}

function startsOfCalls(text: string): number[] {
  const root = skipSpace(text, text.startsWith("\uFEFF") ? 1 : 0);
  const calls = childStart(text, root, "calls");
  return calls === undefined ? [] : [...children(text, calls)].map(([, start]) => start);
}

/** Of members of the same name, the last: that is the one that JSON.parse keeps. */
function childStart(text: string, parent: number, key: string): number | undefined {
  let found: number | undefined;
  for (const [name, start] of children(text, parent)) if (name === key) found = start;
  return found;
}

/** Names (or indices) and starts of the values directly inside an object or array. */
function* children(text: string, parent: number): Generator<[string, number]> {
  const isObject = text[parent] === "{";
  if (!isObject && text[parent] !== "[") return;
  let at = skipSpace(text, parent + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index++) {
    let name = String(index);
    if (isObject) {
      const end = skipString(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    yield [name, at];
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
}

/** Where the value that starts here ends. */
function skipValue(text: string, start: number): number {
  if (text[start] === '"') return skipString(text, start);
  if (text[start] !== "{" && text[start] !== "[") {
    let at = start;
    while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = skipString(text, at) - 1;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return text.length;
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (" \n\r\t".includes(text[at] ?? "x")) at++;
  return at;
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function positionOf(lines: readonly number[], offset: number): [line: number, column: number] {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - lines[low]! + 1];
}
