import { decodeBase64url, encodeBase64, encodeBase64url } from "../bytes/base64url.js";
import { encodeHex } from "../bytes/hex.js";
import { encodeUtf8 } from "../bytes/utf8.js";
import type { Addresses } from "./addresses.js";
import type { Pseudonyms } from "./pseudonyms.js";

/** Masks what stands in text of no known shape. */
export interface FreeText {
  /** every value that got a pseudonym elsewhere in the recording, however it is encoded */
  known(text: string): string;
  /** these, and every mail address, query and, where they are masked, host */
  sentence(text: string): string;
}

/** To be made when every value has its pseudonym. */
export function freeTextMask(pseudonyms: Pseudonyms, addresses: Addresses): FreeText {
  const secrets = new SecretIndex(pseudonyms);
  const known = remembered((text) => secrets.replace(text));
  const words = (text: string) =>
    known(text).replace(MAIL_ADDRESSES, (mail) => (secrets.isPseudonym(mail) ? mail : pseudonyms.text(mail)));
  const sentence = remembered((text) =>
    text
      .split(URLS)
      .map((part, index) => (index % 2 ? addresses.address(part, known) : words(part)))
      .join(""),
  );
  return { known, sentence };
}

function remembered(mask: (text: string) => string): (text: string) => string {
  const masked = new Map<string, string>();
  return (text) => {
    const before = masked.get(text);
    if (before !== undefined) return before;
    const now = mask(text);
    masked.set(text, now);
    return now;
  };
}

const URLS = /(\b(?:https?|wss?|ftp|file|blob):[^\s"'<>()[\]{}`]+)/gi;
const MAIL_ADDRESSES = /[^\s"'<>()[\]{}`,;:@/?&=]+@[^\s"'<>()[\]{}`,;:@/?&=]+\.[^\s"'<>()[\]{}`,;:@/?&=.]+/g;

/** Finds the values of a recording in a text, in time that grows with the text and hardly with their number. */
class SecretIndex {
  /** in lower case */
  readonly #long = new Map<string, string>();
  /** by their first characters: how long they are, longest first */
  readonly #lengths = new Map<string, number[]>();
  readonly #short = new Map<string, string>();
  readonly #pseudonyms = new Set<string>();

  constructor(pseudonyms: Pseudonyms) {
    const { texts, bytes } = pseudonyms.entries();
    for (const [original, pseudonym] of texts) {
      this.#pseudonyms.add(pseudonym);
      this.#add(original, pseudonym);
      this.#add(encodeURIComponent(toWellFormed(original)), encodeURIComponent(toWellFormed(pseudonym)));
      if (original.length >= HEAD)
        this.#addBytes(encodeBase64url(encodeUtf8(original)), encodeBase64url(encodeUtf8(pseudonym)));
    }
    for (const [original, pseudonym] of bytes) this.#addBytes(original, pseudonym);
    for (const lengths of this.#lengths.values()) lengths.sort((a, b) => b - a);
  }

  isPseudonym(text: string): boolean {
    return this.#pseudonyms.has(text);
  }

  replace(text: string): string {
    let replaced = "";
    let from = 0;
    const lower = text.toLowerCase();
    // A text whose lower case is longer can't be walked along with it.
    const folded = lower.length === text.length ? lower : text;
    for (let at = 0; at + HEAD <= folded.length; ) {
      const form = this.#formAt(folded, at);
      if (form === undefined) {
        at++;
        continue;
      }
      replaced += text.slice(from, at) + this.#long.get(form);
      at += form.length;
      from = at;
    }
    replaced += text.slice(from);
    return replaced.replace(WORDS, (word) => this.#short.get(word) ?? word);
  }

  /** The longest value that stands there. */
  #formAt(text: string, at: number): string | undefined {
    for (const length of this.#lengths.get(text.slice(at, at + HEAD)) ?? []) {
      const form = text.slice(at, at + length);
      if (this.#long.has(form)) return form;
    }
    return undefined;
  }

  #addBytes(original: string, pseudonym: string): void {
    if (original.length < HEAD) return;
    this.#add(original, pseudonym);
    const [from, to] = [decodeBase64url(original).bytes, decodeBase64url(pseudonym).bytes];
    if (!from || !to) return;
    this.#add(encodeHex(from), encodeHex(to));
    this.#add(encodeBase64(from), encodeBase64(to));
  }

  #add(original: string, pseudonym: string): void {
    if (original === pseudonym) return;
    if (original.length < HEAD) {
      if (/^[\p{L}\p{N}]{2,}$/u.test(original)) this.#short.set(original, pseudonym);
      return;
    }
    const lower = original.toLowerCase();
    const form = lower.length === original.length ? lower : original;
    if (this.#long.has(form)) return;
    this.#long.set(form, pseudonym);
    const head = form.slice(0, HEAD);
    const lengths = this.#lengths.get(head);
    if (!lengths) this.#lengths.set(head, [form.length]);
    else if (!lengths.includes(form.length)) lengths.push(form.length);
  }
}

/** Characters by which values are found; shorter ones are replaced as whole words alone. */
const HEAD = 4;
const WORDS = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,3}(?![\p{L}\p{N}])/gu;

/** A lone surrogate, which no encoding of addresses takes, as U+FFFD. */
function toWellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
