import { type Members, membersOf } from "./message.js";

/**
 * A JSON list of objects; undefined where it is none. ios-webkit-debug-proxy writes the titles of pages
 * as they are: one with a quote makes the whole list no JSON. It is read by its lines then.
 */
export function parseList(text: string): Members[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(membersOf) : undefined;
  } catch {
    return readLines(text);
  }
}

function readLines(text: string): Members[] | undefined {
  const items: Record<string, string>[] = [];
  for (const line of text.split("\n")) {
    if (/^[[,}]*\{$/.test(line)) items.push({});
    const [, name, value] = /^ {3}"(\w+)": "(.*)",?$/.exec(line) ?? [];
    const item = items.at(-1);
    if (item && name && value !== undefined && name !== "__proto__") item[name] = value;
  }
  return items.length > 0 ? items : undefined;
}
