import { type JsonError, type JsonLayout, JsonReader } from "./jsonLayout.js";
import { type Steps, within } from "./steps.js";

/** What `jsonLayout` and `JSON.parse` say of a text, found out in steps. `value` is there if there is no error. */
export interface ParsedJson extends JsonLayout {
  value?: unknown;
}

/**
 * Reads the JSON value with which a text begins. What is refused is refused before anything is made of it. An
 * object's arrays, in which files have their many, are made some items at a time; every other value at once.
 *
 * @param maxDepth levels of arrays and objects in each other
 */
export function* parseJson(text: string, maxDepth: number): Steps<ParsedJson> {
  const layout = yield* within(new JsonReader(text, maxDepth, true).steps(), 0, LAYOUT_SHARE);
  if (isWrong(layout.error)) return layout;
  const share = (at: number) => LAYOUT_SHARE + (1 - LAYOUT_SHARE) * (at / text.length);
  if (layout.members.every(({ items = [] }) => items.length < MANY)) {
    const value: unknown = JSON.parse(text.slice(layout.start, layout.end));
    return { ...layout, value };
  }
  const members: [string, unknown][] = [];
  for (const { name, start, end, items = [] } of layout.members) {
    if (items.length < MANY) {
      members.push([name, JSON.parse(text.slice(start, end))]);
      continue;
    }
    const list: unknown[] = [];
    for (let first = 0; first < items.length; ) {
      let last = first;
      while (last + 1 < items.length && items[last + 1]!.end - items[first]!.start < AT_ONCE) last++;
      const several = JSON.parse(`[${text.slice(items[first]!.start, items[last]!.end)}]`) as unknown[];
      for (const item of several) list.push(item);
      first = last + 1;
      yield share(items[last]!.end);
    }
    members.push([name, list]);
  }
  return { ...layout, value: Object.fromEntries(members) };
}

/** What follows the value is for the caller to judge. */
const isWrong = (error: JsonError | undefined) => error !== undefined && error.kind !== "trailing";

/** Of the time that both take, roughly. */
const LAYOUT_SHARE = 0.6;
/** items of an array from which on it is made in steps */
const MANY = 100;
/** characters */
const AT_ONCE = 100_000;
