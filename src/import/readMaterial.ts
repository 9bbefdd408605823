import { parseJson } from "../bytes/parseJson.js";
import { type Steps, within } from "../bytes/steps.js";
import { decodeUtf8 } from "../bytes/utf8.js";
import { MAX_DEPTH } from "../recording/parseRecording.js";
import type { JsonPart, Material } from "./importFormat.js";
import { lineAndColumn } from "./places.js";

/** Takes a text, or the bytes of a file, for text and for JSON as far as it is that. Never throws. */
export function* readMaterial(input: string | Uint8Array, at: number): Steps<Material> {
  const text = typeof input === "string" ? input : yield* within(textOf(input), 0, TEXT_SHARE);
  if (text === undefined) return { bytes: input as Uint8Array, at };
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return { text: plain, at, ...(yield* within(readJson(plain), TEXT_SHARE, 1)) };
}

/** Of the time that text and JSON take, roughly. */
const TEXT_SHARE = 0.3;

/** UTF-8, or UTF-16 as Windows writes it; undefined for bytes that are no text. */
function* textOf(bytes: Uint8Array): Steps<string | undefined> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes.length % 2 === 0) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const parts: string[] = [];
    for (let from = 2; from < bytes.length; from += 0x1000) {
      const units: number[] = [];
      for (let at = from; at < Math.min(from + 0x1000, bytes.length); at += 2)
        units.push(view.getUint16(at, true));
      parts.push(String.fromCharCode(...units));
      yield from / bytes.length;
    }
    return parts.join("");
  }
  if (bytes.subarray(0, 4096).includes(0)) return undefined;
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    let end = Math.min(from + BYTES_AT_ONCE, bytes.length);
    // Between two characters: at most three bytes before it one begins.
    for (let back = 0; back < 3 && end < bytes.length && (bytes[end]! & 0xc0) === 0x80; back++) end--;
    const { text, firstBad } = decodeUtf8(bytes, from, end);
    if (firstBad !== undefined) return undefined;
    parts.push(text);
    from = end;
    if (parts.length % PIECES_AT_ONCE === 0) yield from / bytes.length;
  }
  return parts.join("");
}

/** As much as is decoded in one call if it is ASCII. */
const BYTES_AT_ONCE = 0x1000;
const PIECES_AT_ONCE = 16;

/** One JSON value, or several after each other: people paste a request and its response together. */
function* readJson(text: string): Steps<Pick<Material, "json" | "jsonProblem">> {
  if (!looksLikeJson(text)) return {};
  const json: JsonPart[] = [];
  let from = 0;
  while (json.length < MAX_PARTS) {
    const rest = from === 0 ? text : text.slice(from);
    const { error, start, end, value } = yield* within(parseJson(rest, MAX_DEPTH), from / text.length, 1);
    if (error && error.kind !== "trailing") {
      const offset = from + error.offset;
      const place = lineAndColumn(text, offset);
      const length = offset < text.length ? 1 : 0;
      const code =
        error.kind === "truncated" ? "truncated" : error.kind === "too-deep" ? "too-deep" : "not-json";
      return { jsonProblem: { code, message: `${place}: ${error.message}`, offset, length } };
    }
    const part = rest.slice(start, end);
    json.push({ value, text: part, place: "" });
    if (!error) break;
    from += end + (SEPARATOR.exec(rest.slice(end, end + 64))?.[0].length ?? 0);
    if (from >= text.length) break;
  }
  if (json.length > 1) for (const [index, part] of json.entries()) part.place = `JSON value ${index + 1}: `;
  return { json };
}

/** Without a pattern for the whole of it: engines give up on one that matches a hundred million characters. */
function looksLikeJson(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.startsWith("[") || trimmed.startsWith("{")) return true;
  return trimmed.length > 20 && trimmed.startsWith('"') && trimmed.indexOf('"', 1) === trimmed.length - 1;
}

const SEPARATOR = /^[\s,;]*/;
/** Each one costs a walk through the rest of the text. */
const MAX_PARTS = 100;
