/** Reads forward through a part of a buffer and never past its end. Positions are in the whole buffer. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  /** where this part ends */
  readonly end: number;
  position: number;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    if (!(start >= 0 && start <= end && end <= bytes.length))
      throw new RangeError(`part ${start}–${end} of ${bytes.length} bytes`);
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** The next `length` bytes as a view, or undefined (and the position stays) if there are fewer. */
  take(length: number): Uint8Array | undefined {
    if (length > this.remaining) return undefined;
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  /** Unsigned big-endian integers; undefined (and the position stays) if too few bytes are left. */
  uint8(): number | undefined {
    return this.remaining < 1 ? undefined : this.bytes[this.position++];
  }

  uint16(): number | undefined {
    if (this.remaining < 2) return undefined;
    return this.bytes[this.position++]! * 0x100 + this.bytes[this.position++]!;
  }

  uint32(): number | undefined {
    if (this.remaining < 4) return undefined;
    return this.uint16()! * 0x10000 + this.uint16()!;
  }
}
