import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { fingerprint } from "../../../extension/page-hook/fingerprint.js";

const expected = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 8);

test("is the start of the SHA-256, whatever the length", () => {
  for (let length = 0; length < 260; length++) {
    const bytes = randomBytes(length);
    expect(fingerprint(bytes, length), `${length} bytes`).toBe(expected(bytes));
  }
});

test("counts the bits of a message of many blocks", () => {
  for (const length of [8_191, 65_536, 70_000]) {
    const bytes = randomBytes(length);
    expect(fingerprint(bytes, length)).toBe(expected(bytes));
  }
});

test("keeps leading zeros", () => {
  const bytes = Uint8Array.from({ length: 4 });
  for (let i = 0; i < 2_000; i++) {
    new DataView(bytes.buffer).setUint32(0, i);
    if (expected(bytes).startsWith("0")) expect(fingerprint(bytes, 4)).toBe(expected(bytes));
  }
});
