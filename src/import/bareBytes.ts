import { decodeBase64url } from "../bytes/base64url.js";
import { decodeHex, encodeHex } from "../bytes/hex.js";
import { importedRecording } from "./importedRecording.js";
import type { ImportFormat, Material } from "./importFormat.js";
import type { Notes } from "./notes.js";
import { lineAndColumn, quoted } from "./places.js";
import { readJsonBytes } from "./readJsonBytes.js";
import { callOfPart, recognizeResponsePart, titleOf } from "./responsePart.js";

/**
 * One part of a response, a key or a certificate, alone: a file of bytes, or base64url, base64 or hex with
 * whatever people have around it (white space, `0x`, colons, commas, quotes, the member's name, a data URL,
 * an array of numbers). The other members of the response stay unknown.
 */
export const bareBytes: ImportFormat = {
  id: "bare-bytes",
  title: "an attestation object, authenticator data, client data or a key in base64url, base64 or hex",
  async read(material, notes) {
    const readings = readingsOf(material);
    for (const { bytes, as } of readings) {
      const part = await recognizeResponsePart(bytes);
      if (!part) continue;
      const inForm = (title: string) => (as ? `${title} (${as})` : title);
      const call = callOfPart(part, bytes, inForm(part.title));
      return { takenFor: inForm(titleOf(part)), recording: importedRecording([call], material.at) };
    }
    const [first] = readings;
    if (!first) return explainText(material, notes);
    const start = encodeHex(first.bytes.subarray(0, 8));
    const message = `These ${first.bytes.length} bytes (${first.as || "as they are"}, beginning with ${start}) are no attestation object, authenticator data, client data, key, certificate or signature.`;
    notes.note("unknown-bytes", message, "byte 0", { length: first.bytes.length });
    return { takenFor: "bytes" };
  },
};

interface Reading {
  bytes: Uint8Array;
  as: string;
}

/** The bytes that the material can stand for; hex first, as its digits are base64, too. */
function readingsOf({ text, bytes, json }: Material): Reading[] {
  if (bytes) return [{ bytes, as: "" }];
  if (json?.length === 1) {
    const { value } = json[0]!;
    if (typeof value === "string") return readingsOf({ text: value, at: 0 });
    const read = Array.isArray(value) || typeof value === "object" ? readJsonBytes(value) : undefined;
    return read?.bytes && read.bytes.length > 0 ? [{ bytes: read.bytes, as: "JSON numbers" }] : [];
  }
  if (text === undefined || text.length > MAX_LENGTH) return [];
  const numbers = numbersIn(text);
  if (numbers) return [{ bytes: numbers, as: "numbers" }];
  const { body, isDataUrl } = unwrap(text);
  const compact = body.replace(/\s+/g, "");
  const digits = body.replace(/0x|\\x|[\s:,;{}[\]()-]/gi, "");
  const readings: Reading[] = [];
  if (/^[0-9a-f]{2,}$/i.test(digits)) {
    const { bytes } = decodeHex(digits);
    if (bytes) readings.push({ bytes, as: "hex" });
  }
  const decoded = compact.length < MIN_LENGTH ? undefined : decodeBase64url(compact).bytes;
  if (decoded) {
    const as = isDataUrl ? "data URL" : /[+/=]/.test(compact) ? "base64" : "base64url";
    readings.push({ bytes: decoded, as });
  }
  return readings;
}

/** Characters: no part of a response comes near it. */
const MAX_LENGTH = 2 ** 24;
const MIN_LENGTH = 8;

/** What consoles print of an array of bytes, and its source: `Uint8Array(3) [1, 2, 3]`, `new Uint8Array([1, 2, 3])`. */
function numbersIn(text: string): Uint8Array | undefined {
  const list = /^\s*(?:new\s+)?Uint8Array\s*(?:\(\d+\)\s*)?\(?\[([\d,\s]+)\]\)?[;,]?\s*$/.exec(text)?.[1];
  const numbers = list
    ?.split(",")
    .filter((each) => each.trim() !== "")
    .map(Number);
  return numbers && numbers.length > 0 && numbers.every((each) => each < 256)
    ? Uint8Array.from(numbers)
    : undefined;
}

/** Without quotes, the name of the member, or what goes before the data of a data URL. */
function unwrap(text: string): { body: string; isDataUrl: boolean } {
  let body = text.trim().replace(/^<Buffer ([\da-f\s]+)>$/i, "$1");
  const label = /^["'`]?[A-Za-z][\w.]{2,40}["'`]?\s*[:=]\s*(?=\S)/.exec(body);
  if (label && !body.startsWith("data:")) body = body.slice(label[0].length);
  body = body.replace(/^["'`]|["'`],?;?$/g, "");
  const dataUrl = /^data:[^,]{0,200}?(;base64)?,/i.exec(body);
  if (!dataUrl) return { body, isDataUrl: false };
  body = body.slice(dataUrl[0].length);
  try {
    return { body: decodeURIComponent(body), isDataUrl: true };
  } catch {
    return { body, isDataUrl: true };
  }
}

/** Characters of base64 or hex in a row that are no word. */
const LIKELY = 32;

/** A text that is nearly base64 or hex: where it is not. Undefined for any other. */
function explainText({ text }: Material, notes: Notes): { takenFor: string } | undefined {
  if (text === undefined || !/^\s*[\w+/=:-]{32,}/.test(text.slice(0, 100))) return undefined;
  const wrong = /[^\w+/=\s-]/.exec(text);
  const offset = wrong?.index ?? text.trimEnd().length;
  if (offset < LIKELY) return undefined;
  const what = wrong
    ? `${quoted(wrong[0])} belongs neither to base64 nor to hex.`
    : "The text ends within a byte.";
  notes.note("not-encoded", what, lineAndColumn(text, offset), { offset, length: wrong ? 1 : 0 });
  return { takenFor: "encoded bytes" };
}
