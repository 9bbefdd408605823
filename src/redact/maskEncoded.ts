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
  const canonical = isPlain ? encodeBase64(masked).replace(/=*$/, "") : encodeBase64url(masked);
  const spelt = withSpareBits(canonical, text.slice(0, text.length - padding.length)) + padding;
  const codes = ({ problems: found }: ReturnType<typeof decodeBase64url>) =>
    found.map(({ code }) => code).join();
  const before = problems.map(({ code }) => code).join();
  if (codes(decodeBase64url(spelt)) === before) return spelt;
  // What tells base64 from base64url stays.
  const cut = text.length - padding.length - 1;
  return pseudonyms.text(text.slice(0, cut)) + text.slice(cut);
}

/** The same bytes, with those bits of the last character that stand for nothing as they are in `original`. */
function withSpareBits(canonical: string, original: string): string {
  const spare = SPARE_BITS[canonical.length % 4]!;
  const [own, wanted] = [canonical, original].map((text) => LETTERS.indexOf(toUrl(text.slice(-1)))) as [
    number,
    number,
  ];
  const letter = LETTERS[(own & ~spare) | (wanted & spare)]!;
  return toUrl(canonical.slice(-1)) === letter ? canonical : canonical.slice(0, -1) + letter;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** by the number of characters in the last group of four */
const SPARE_BITS = [0, 0, 0b1111, 0b11];

/** A character of base64 as that of base64url. */
const toUrl = (character: string) => character.replace("+", "-").replace("/", "_");
