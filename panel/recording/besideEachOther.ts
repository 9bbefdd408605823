import { decodeBase64url, type MaskedValue } from "../../src/index.js";

/**
 * A value and what stands for it, as far as a row of a table has room: from a little before the first thing in which
 * they differ on, as bytes with members begin alike. Client data is shown as the JSON that it is.
 */
export function besideEachOther({
  kind,
  original,
  masked,
}: Pick<MaskedValue, "kind" | "original" | "masked">): [seen: string, written: string] {
  const [a, b] = kind === "client data" ? [textOf(original), textOf(masked)] : [original, masked];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const from = same > SHOWN_LENGTH / 2 ? same - BEFORE : 0;
  return [cut(a, from), cut(b, from)];
}

const SHOWN_LENGTH = 64;
const BEFORE = 16;

function textOf(base64url: string): string {
  const { bytes } = decodeBase64url(base64url);
  return bytes ? new TextDecoder().decode(bytes) : base64url;
}

function cut(text: string, from: number): string {
  const end = from + SHOWN_LENGTH;
  return `${from > 0 ? "…" : ""}${text.slice(from, end)}${end < text.length ? "…" : ""}`;
}
