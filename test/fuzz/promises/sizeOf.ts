/** Values, characters and bytes in it, all together; each object once. */
export function sizeOf(root: unknown): number {
  const seen = new Set<object>();
  const open: unknown[] = [root];
  let size = 0;
  while (open.length > 0) {
    const value = open.pop();
    size += 1;
    if (typeof value === "string") size += value.length;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) size += value.byteLength;
    else if (value instanceof Map) for (const entry of value) open.push(...entry);
    else if (Array.isArray(value) || value instanceof Set) for (const item of value) open.push(item);
    else
      for (const name of Object.keys(value)) {
        size += name.length;
        open.push((value as Record<string, unknown>)[name]);
      }
  }
  return size;
}
