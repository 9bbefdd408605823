/** Values in a sentence, by the names of their places. */
export type Values = Readonly<Record<string, Value>>;

/** `{ ms }` is a duration in milliseconds, a list one of names: every language writes these in its own way. */
export type Value = string | number | readonly string[] | { readonly ms: number };

/** The sentence with its values in their places: "Send `{host}`." */
export function fillPlaces(sentence: string, values: Values = {}): string {
  return sentence.replace(PLACE, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    if (isList(value)) return value.join(" and ");
    return typeof value === "object" ? describeDuration(value.ms) : String(value);
  });
}

/** The names of the places that sentences have, each once, in alphabetical order. */
export function placesIn(...sentences: readonly string[]): string[] {
  const names = sentences.flatMap((sentence) => [...sentence.matchAll(PLACE)].map(([, name]) => name!));
  return [...new Set(names)].sort();
}

const PLACE = /\{(\w+)\}/g;

/** Array.isArray does not know lists that are only read. */
export const isList = (value: Value): value is readonly string[] => Array.isArray(value);

function describeDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
