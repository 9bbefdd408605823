import type { Natives } from "./natives.js";

/**
 * The first 4 bytes of the SHA-256 of a secret, in hex: enough to compare two, too little to know one.
 *
 * Own code for two reasons: `crypto.subtle` is asynchronous, so a page that navigates away would
 * take the event with it; and a library would call built-ins that the page may have replaced.
 *
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final section 6.2
 */
export function createFingerprint(natives: Natives) {
  let tables: { k: Uint32Array; initial: Uint32Array } | undefined;

  /** `length` is an argument, because that of a typed array is a getter which the page may have replaced. */
  return (message: Uint8Array, length: number): string => {
    tables ??= deriveTables(natives.Uint32Array);
    const { k } = tables;
    const state = new natives.Uint32Array(8);
    for (let i = 0; i < 8; i++) state[i] = tables.initial[i]!;
    const w = new natives.Uint32Array(64);
    // One bit, zeros, and the length in bits as a big-endian 64-bit number, to a multiple of 64 bytes.
    const size = (((length + 8) >>> 6) + 1) * 64;
    const padded = new natives.Uint8Array(size);
    for (let i = 0; i < length; i++) padded[i] = message[i]!;
    padded[length] = 0x80;
    for (let i = 1, bits = length * 8; bits >= 1; i++, bits /= 256) padded[size - i] = bits % 256;

    for (let at = 0; at < size; at += 64) {
      let a = state[0]!;
      let b = state[1]!;
      let c = state[2]!;
      let d = state[3]!;
      let e = state[4]!;
      let f = state[5]!;
      let g = state[6]!;
      let h = state[7]!;
      for (let i = 0; i < 64; i++) {
        const j = at + i * 4;
        w[i] =
          i < 16
            ? (padded[j]! << 24) | (padded[j + 1]! << 16) | (padded[j + 2]! << 8) | padded[j + 3]!
            : (rotate(w[i - 2]!, 17) ^ rotate(w[i - 2]!, 19) ^ (w[i - 2]! >>> 10)) +
              w[i - 7]! +
              (rotate(w[i - 15]!, 7) ^ rotate(w[i - 15]!, 18) ^ (w[i - 15]! >>> 3)) +
              w[i - 16]!;
        const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!;
        const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      state[0] = state[0]! + a;
      state[1] = state[1]! + b;
      state[2] = state[2]! + c;
      state[3] = state[3]! + d;
      state[4] = state[4]! + e;
      state[5] = state[5]! + f;
      state[6] = state[6]! + g;
      state[7] = state[7]! + h;
    }
    return hex(state[0]!);
  };
}

/** The constants are the first 32 bits of the fractions of the roots of primes: shorter derived than listed. */
function deriveTables(Words: typeof Uint32Array) {
  const k = new Words(64);
  const initial = new Words(8);
  for (let candidate = 2, found = 0; found < 64; candidate++) {
    let divisor = 2;
    while (candidate % divisor) divisor++;
    if (divisor < candidate) continue;
    if (found < 8) initial[found] = (candidate ** (1 / 2) % 1) * 2 ** 32;
    k[found++] = (candidate ** (1 / 3) % 1) * 2 ** 32;
  }
  return { k, initial };
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function hex(word: number): string {
  let text = "";
  for (let shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[(word >>> shift) & 15];
  return text;
}
