import { expect, test } from "vitest";
import { encodeBytes } from "../../../extension/content/encodeBytes.js";

test("bytes become base64url wherever they stand, and all else stays", () => {
  const bytes = (base64url: unknown) => ({ $: "bytes", type: "Uint8Array", base64url });
  const event = {
    kind: "call",
    call: { arguments: [{ a: [bytes(new Uint8Array([251, 255])), null, "AQ"], b: bytes("AQ") }] },
    outcome: { value: bytes(new Uint8Array(0)) },
  };
  encodeBytes(event);
  expect(event).toEqual({
    kind: "call",
    call: { arguments: [{ a: [bytes("-_8"), null, "AQ"], b: bytes("AQ") }] },
    outcome: { value: bytes("") },
  });
});

test("what has no end is left alone", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  encodeBytes(cycle);
  expect(cycle[0]).toBe(cycle);
});
