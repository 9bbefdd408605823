import { expect, test } from "vitest";
import { importAnything, serializeRecording } from "../../../src/index.js";
import { many } from "../../panel/sampleRecordings.js";

test("a long file is read at somebody's pace: it says how far it is, and waits", async () => {
  const bytes = new TextEncoder().encode(serializeRecording(many(2_000)));
  const shares: number[] = [];
  let isWaiting = false;
  const { recording, problems } = await importAnything(bytes, {
    async pace(share) {
      expect(isWaiting).toBe(false);
      isWaiting = true;
      shares.push(share);
      await new Promise((resolve) => setImmediate(resolve));
      isWaiting = false;
    },
  });
  expect(problems).toEqual([]);
  expect(recording).toEqual(many(2_000));
  expect(shares.length).toBeGreaterThan(100);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeLessThan(0.1);
  expect(shares.at(-1)).toBeGreaterThan(0.9);
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
});

test("characters that lie across two pieces of a file are whole", async () => {
  const recording = many(20);
  recording.createdBy.name = `${"x".repeat(65_400)}${"€😀é".repeat(100)}`;
  for (const shift of ["", "a", "ab", "abc"]) {
    recording.createdBy.version = shift;
    const text = serializeRecording(recording);
    const read = await importAnything(new TextEncoder().encode(text));
    expect(read.recording).toEqual(recording);
  }
});
