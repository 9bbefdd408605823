import assert from "node:assert/strict";

/** Places lie in what they are places of. */
export function assertInside(
  places: readonly { offset: number; length: number }[],
  { length: size }: { length: number },
): void {
  for (const { offset, length } of places)
    assert(
      Number.isSafeInteger(offset) &&
        Number.isSafeInteger(length) &&
        offset >= 0 &&
        length >= 0 &&
        offset + length <= size,
      `${offset} + ${length} of ${size}`,
    );
}

/** A problem says in words what is wrong. */
export function assertWords(problems: readonly { code: string; message: string }[]): void {
  for (const { code, message } of problems) {
    assert(/^[a-z0-9-]+$/.test(code), `the code ${JSON.stringify(code)}`);
    assert(message.length > 0 && message.length < 1_000, `a message of ${message.length} characters`);
  }
}
