import { isDeepStrictEqual } from "node:util";
import { deserialize, serialize } from "node:v8";

/** An input as a file has it: as legible as it can be without losing anything. */
export type Kept = { bytes: string } | { json: unknown } | { structured: string };

export function keepInput(input: unknown): Kept {
  if (input instanceof Uint8Array && input.constructor === Uint8Array)
    return { bytes: Buffer.from(input).toString("hex") };
  if (isDeep(input)) return { structured: serialize(input).toString("base64") };
  try {
    const json: unknown = JSON.parse(JSON.stringify(input) ?? "null");
    if (isDeepStrictEqual(json, input)) return { json };
  } catch {}
  return { structured: serialize(input).toString("base64") };
}

/** Deeper than can be written with indents. */
function isDeep(root: unknown): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 500) return true;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null && !ArrayBuffer.isView(value) ? Object.values(value) : [],
    );
  }
  return false;
}

export function readInput(kept: Kept): unknown {
  if ("bytes" in kept) return new Uint8Array(Buffer.from(kept.bytes, "hex"));
  return "json" in kept ? kept.json : deserialize(Buffer.from(kept.structured, "base64"));
}
