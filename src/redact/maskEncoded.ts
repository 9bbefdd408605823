import { decodeBase64url, encodeBase64, encodeBase64url } from "../bytes/base64url.js";
import type { Pseudonyms } from "./pseudonyms.js";

/**
 * A text that stands for bytes: in the spelling that it came in. What is no base64url, or a spelling that
 * the pseudonym of the bytes can't have, is masked as a text.
 */
export function maskEncoded(text: string, pseudonyms: Pseudonyms): string {
  const { bytes, problems } = decodeBase64url(text);
  if (!bytes || bytes.length === 0) return pseudonyms.text(text);
  const masked = pseudonyms.bytes(bytes);
  const padding = /=*$/.exec(text)![0];
  const isPlain = /[+/]/.test(text);
  const spelt = isPlain ? encodeBase64(masked).replace(/=*$/, padding) : encodeBase64url(masked) + padding;
  const codes = ({ problems: found }: ReturnType<typeof decodeBase64url>) =>
    found.map(({ code }) => code).join();
  const before = problems.map(({ code }) => code).join();
  if (codes(decodeBase64url(spelt)) === before) return spelt;
  // The spare bits of the last character, and what tells base64 from base64url, stay.
  const cut = text.length - padding.length - 1;
  return pseudonyms.text(text.slice(0, cut)) + text.slice(cut);
}
