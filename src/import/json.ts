/** An object of parsed JSON. Names come from outside: ask with `Object.hasOwn`, or `member`. */
export type Json = { [name: string]: unknown };

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own member; undefined if there is none, or `value` is no object. */
export function member(value: unknown, ...names: string[]): unknown {
  let found = value;
  for (const name of names) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

export function textOf(value: unknown, ...names: string[]): string | undefined {
  const found = member(value, ...names);
  return typeof found === "string" ? found : undefined;
}

export function numberOf(value: unknown, ...names: string[]): number | undefined {
  const found = member(value, ...names);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}
