/** A decoded value as JSON: bytes as `{ "$": "bytes", "base64url": … }`, maps as lists of pairs, big integers as texts. */
export function toPlainJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return { $: "truncated" };
  if (value instanceof Uint8Array) return { $: "bytes", base64url: Buffer.from(value).toString("base64url") };
  if (typeof value === "bigint") return { $: "bigint", value: String(value) };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Map)
    return [...value].map((pair) => pair.map((each: unknown) => toPlainJson(each, depth + 1)));
  if (Array.isArray(value)) return value.map((item) => toPlainJson(item, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, toPlainJson(member, depth + 1)]);
  return Object.fromEntries(members);
}

/** Deeper than any ceremony; what is deeper was made to be. */
const MAX_DEPTH = 300;
