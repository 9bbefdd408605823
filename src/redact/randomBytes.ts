/** Unpredictable bytes: what they stand for can't be found by trying. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + AT_ONCE));
  return bytes;
}

/** An unpredictable number from 0 up to, but without, `limit`, which is at most 2^24. */
export function randomBelow(limit: number): number {
  if (at + 4 > pool.length) {
    pool = randomBytes(POOL);
    at = 0;
  }
  const number = pool[at]! * 0x1000000 + (pool[at + 1]! << 16) + (pool[at + 2]! << 8) + pool[at + 3]!;
  at += 4;
  return number % limit;
}

/** The most that one call of getRandomValues gives. */
const AT_ONCE = 65_536;
const POOL = 4_096;

let pool: Uint8Array = new Uint8Array(0);
let at = 0;

const { crypto } = globalThis as unknown as { crypto: { getRandomValues(into: Uint8Array): Uint8Array } };
