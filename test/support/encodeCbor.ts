/** Values as CBOR in CTAP2's canonical form; a Map keeps its order, so that tests can break it. */
export function encodeCbor(value: unknown): Uint8Array {
  if (typeof value === "number" && Number.isInteger(value))
    return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (typeof value === "bigint") return value < 0n ? cborHead(1, -1n - value) : cborHead(0, value);
  if (value === false || value === true) return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (value === null || value === undefined) return Uint8Array.of(value === null ? 0xf6 : 0xf7);
  if (value instanceof Uint8Array) return joinBytes(cborHead(2, value.length), value);
  if (typeof value === "string") {
    const text = new TextEncoder().encode(value);
    return joinBytes(cborHead(3, text.length), text);
  }
  if (Array.isArray(value)) return joinBytes(cborHead(4, value.length), ...value.map(encodeCbor));
  if (value instanceof Map) {
    const pairs = [...value].map(([key, member]) => joinBytes(encodeCbor(key), encodeCbor(member)));
    return joinBytes(cborHead(5, value.size), ...pairs);
  }
  if (typeof value === "object") {
    const names = Object.keys(value).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    return encodeCbor(new Map(names.map((name) => [name, (value as Record<string, unknown>)[name]])));
  }
  throw new TypeError(`no CBOR for ${String(value)}`);
}

/** The head of an item, as short as can be; `width` forces the number of bytes after the first. */
export function cborHead(major: number, argument: number | bigint, width?: 1 | 2 | 4 | 8): Uint8Array {
  const initial = major << 5;
  const size =
    width ?? (argument < 24 ? 0 : argument < 256 ? 1 : argument < 65536 ? 2 : argument < 2 ** 32 ? 4 : 8);
  if (size === 0) return Uint8Array.of(initial | Number(argument));
  const head = new Uint8Array(1 + size);
  head[0] = initial | (24 + Math.log2(size));
  let left = BigInt(argument);
  for (let at = size; at > 0; at--, left >>= 8n) head[at] = Number(left & 255n);
  return head;
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
