import { joinBytes } from "./encodeCbor.js";

/** Values as DER. @see https://www.itu.int/rec/T-REC-X.690 */
export const der = {
  sequence: (...parts: Uint8Array[]) => tagged(0x30, ...parts),
  set: (...parts: Uint8Array[]) => tagged(0x31, ...parts),
  /** unsigned, of as many bytes as given; a zero byte goes before a set first bit */
  integer: (value: number | Uint8Array) => tagged(0x02, integerContent(value)),
  enumerated: (value: number) => tagged(0x0a, integerContent(value)),
  boolean: (value: boolean) => tagged(0x01, Uint8Array.of(value ? 255 : 0)),
  null: () => tagged(0x05),
  oid: (dotted: string) => tagged(0x06, oidContent(dotted)),
  octetString: (bytes: Uint8Array) => tagged(0x04, bytes),
  bitString: (bytes: Uint8Array, unusedBits = 0) => tagged(0x03, Uint8Array.of(unusedBits), bytes),
  utf8String: (text: string) => tagged(0x0c, new TextEncoder().encode(text)),
  printableString: (text: string) => tagged(0x13, new TextEncoder().encode(text)),
  /** two digits of the year until 2049, four after, as X.509 wants it */
  time: (epochMilliseconds: number) => {
    const digits = new Date(epochMilliseconds).toISOString().replace(/\.\d+|[-:T]/g, "");
    const short = digits < "2050";
    return tagged(short ? 0x17 : 0x18, new TextEncoder().encode(short ? digits.slice(2) : digits));
  },
  /** a constructed, context-specific tag */
  context: (tag: number, ...parts: Uint8Array[]) => tagged(contextTag(tag), ...parts),
};

function tagged(tag: number | Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const content = joinBytes(...parts);
  return joinBytes(typeof tag === "number" ? Uint8Array.of(tag) : tag, lengthOf(content.length), content);
}

function lengthOf(length: number): Uint8Array {
  if (length < 128) return Uint8Array.of(length);
  if (length < 256) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 255);
}

function contextTag(tag: number): number | Uint8Array {
  return tag < 31 ? 0xa0 | tag : Uint8Array.of(0xbf, ...base128(tag));
}

function integerContent(value: number | Uint8Array): Uint8Array {
  const bytes = typeof value === "number" ? bigEndian(value) : value;
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return digits[0]! & 0x80 ? joinBytes(Uint8Array.of(0), digits) : digits;
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function oidContent(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return Uint8Array.from([first * 40 + second, ...rest].flatMap(base128));
}

function base128(value: number): number[] {
  const digits = [value & 127];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 127) | 128);
  return digits;
}
