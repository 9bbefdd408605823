/** The value at a JSON pointer. The last member may be missing: findings point at what is not there, too. */
export function resolvePointer(root: unknown, pointer: string): unknown {
  const names = pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  return names.reduce<unknown>((value, name, index) => {
    if (typeof value !== "object" || value === null)
      throw new Error(`${pointer}: nothing at ${names[index - 1]}`);
    if (index < names.length - 1 && !Object.hasOwn(value, name)) throw new Error(`${pointer}: no ${name}`);
    return (value as Record<string, unknown>)[name];
  }, root);
}
