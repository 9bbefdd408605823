/** What a page may have written into any text of a recording, to get out of whatever shows it. */
export const HOSTILE_TEXT =
  "</failure>]]><script>alert(1)</script><img src=x onerror=alert(1)>\"'&`|\r\n::error file=x::forged%0A\u001b[2J\u001b]8;;https://evil.example\u0007\u0000\u0085\u202e\u2028\ud800\ufffe{0}[x](https://evil.example) $(id) `id`";

/** The value with every text in it replaced, but for those that `keep` wants as they are. */
export function makeHostile<T>(value: T, keep: (name: string, text: string) => boolean, name = ""): T {
  if (typeof value === "string") return (keep(name, value) ? value : HOSTILE_TEXT) as T;
  if (Array.isArray(value)) return value.map((item) => makeHostile(item, keep, name)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, makeHostile(member, keep, key)]),
  ) as T;
}
