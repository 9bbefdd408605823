import { Bytes, numberToString, slice, Words } from "./natives.js";

/**
 * The first 4 bytes of the SHA-256 of a secret, in hex: enough to compare two, too little to know one.
 * `length` is an argument, because that of a typed array is a getter which the page may have replaced.
 *
 * Own code for two reasons: `crypto.subtle` is asynchronous, so a page that navigates away would
 * take the event with it; and a library would call built-ins that the page may have replaced.
 *
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final section 6.2
 */
export function fingerprint(message: Uint8Array, length: number): string {
  if (!k[0]) deriveTables();
  const state = new Words(8);
  for (let i = 0; i < 8; i++) state[i] = initial[i]!;

  // One bit, zeros, and the length in bits as a big-endian 64-bit number, to a multiple of 64 bytes.
  const size = (((length + 8) >>> 6) + 1) * 64;
  const padded = new Bytes(size);
  for (let i = 0; i < length; i++) padded[i] = message[i]!;
  padded[length] = 0x80;
  for (let i = 1, bits = length * 8; bits >= 1; i++, bits /= 256) padded[size - i] = bits % 256;

  const w = new Words(64);
  // a to h of the specification; a new a and e push the others on, so they are kept in one sequence.
  const working = new Words(8);
  for (let at = 0; at < size; at += 64) {
    for (let i = 0; i < 8; i++) working[i] = state[i]!;
    for (let i = 0; i < 64; i++) {
      const j = at + i * 4;
      w[i] =
        i < 16
          ? (padded[j]! << 24) | (padded[j + 1]! << 16) | (padded[j + 2]! << 8) | padded[j + 3]!
          : mix(w[i - 2]!, 17, 19, -10) + w[i - 7]! + mix(w[i - 15]!, 7, 18, -3) + w[i - 16]!;
      const a = working[0]!;
      const b = working[1]!;
      const c = working[2]!;
      const e = working[4]!;
      const t1 = working[7]! + mix(e, 6, 11, 25) + ((e & working[5]!) ^ (~e & working[6]!)) + k[i]! + w[i]!;
      const t2 = mix(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
      for (let n = 7; n; n--) working[n] = working[n - 1]!;
      working[4] = working[4]! + t1;
      working[0] = t1 + t2;
    }
    for (let i = 0; i < 8; i++) state[i] = state[i]! + working[i]!;
  }
  return slice(numberToString(2 ** 32 + state[0]!, 16), 1);
}

const k = new Words(64);
const initial = new Words(8);

/** The constants are the first 32 bits of the fractions of the roots of primes: shorter derived than listed. */
function deriveTables(): void {
  for (let candidate = 2, found = 0; found < 64; candidate++) {
    let divisor = 2;
    while (candidate % divisor) divisor++;
    if (divisor < candidate) continue;
    if (found < 8) initial[found] = (candidate ** (1 / 2) % 1) * 2 ** 32;
    k[found++] = (candidate ** (1 / 3) % 1) * 2 ** 32;
  }
}

/** The word rotated by each number of bits, or shifted where that is negative, in exclusive or. */
function mix(word: number, first: number, second: number, third: number): number {
  const rotate = (bits: number) => (word >>> bits) | (word << (32 - bits));
  return rotate(first) ^ rotate(second) ^ (third < 0 ? word >>> -third : rotate(third));
}
