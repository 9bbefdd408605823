/** Bytes that are plainly a text, as that text, cut at 60 characters; undefined for anything else. */
export function readableText(bytes: Uint8Array): string | undefined {
  if (bytes.length < 3 || bytes.length > 1_000) return undefined;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  if (!/^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text)) return undefined;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
