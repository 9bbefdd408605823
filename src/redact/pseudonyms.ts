import { decodeBase64url, encodeBase64url } from "../bytes/base64url.js";
import { decodeUtf8, encodeUtf8, firstNotUtf8, utf8Length } from "../bytes/utf8.js";
import { fold } from "../ceremony/history.js";
import { isOpaque } from "../rules/ios/display-name-not-shown.js";
import { describeIdentity } from "../rules/webauthn/user-id-pii.js";
import { isMasked, randomLike } from "./alphabets.js";
import { randomBelow, randomBytes } from "./randomBytes.js";

/**
 * What stands for the values of one recording: the same for the same value, another one for another,
 * of the same length and kind. They are drawn at random and told to nobody, so that no guess at a
 * value can be checked; another masking of the same recording gives other ones.
 */
export class Pseudonyms {
  /** by the very text */
  readonly #texts = new Map<string, string>();
  /** by the folded text: names that differ in case alone are the same to rules */
  readonly #folded = new Map<string, string>();
  /** base64url to base64url */
  readonly #bytes = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  readonly #taken = new Set<string>();

  /**
   * A text of the same length whose letters and digits are others; what it is built like (an address,
   * a UUID, upper and lower case) stays. `accept` may turn down what won't do at its place.
   */
  text(original: string, accept: (candidate: string) => boolean = () => true): string {
    const known = this.#texts.get(original);
    if (known !== undefined) return known;
    const pseudonym = this.#composed(original, accept);
    this.#texts.set(original, pseudonym);
    return pseudonym;
  }

  /** Names that are the same but for their case, width or composition have pseudonyms of which that is true, too. */
  #composed(original: string, accept: (candidate: string) => boolean): string {
    const composed = original.normalize("NFC");
    if (composed !== original && composed.normalize("NFD") === original)
      return this.text(composed, accept).normalize("NFD");
    const folded = fold(original);
    let base = this.#folded.get(folded);
    if (base === undefined) {
      base = this.#draw(original, folded, accept);
      this.#folded.set(folded, base);
    }
    return inCaseOf(original, folded, base);
  }

  /** Bytes as many. Those that are a text become the bytes of that text's pseudonym. */
  bytes(original: Uint8Array): Uint8Array {
    return decodeBase64url(this.bytesAsText(encodeBase64url(original), original)).bytes!;
  }

  /** The same for bytes in base64url. */
  base64url(original: string): string {
    return this.bytesAsText(original, undefined);
  }

  /** The digits of a number, others for each: "-1234.5" may become "-8061.7". */
  digits(original: string): string {
    const known = this.#numbers.get(original);
    if (known !== undefined) return known;
    const drawn = original.replace(/\d/g, (digit, at: number) => {
      const isFirst = !/[\d]/.test(original.slice(0, at));
      return String(isFirst && digit !== "0" ? 1 + randomBelow(9) : randomBelow(10));
    });
    this.#numbers.set(original, drawn);
    return drawn;
  }

  /** The first bytes of a hash, in hexadecimal. */
  fingerprint(original: string): string {
    return /^[0-9a-f]+$/.test(original) ? this.text(original) : original;
  }

  /** The pseudonym of bytes, in base64url, if they have one. */
  known(base64url: string): string | undefined {
    return this.#bytes.get(base64url);
  }

  /** Every text that has a pseudonym, and every value made of bytes, in base64url. */
  entries(): { texts: ReadonlyMap<string, string>; bytes: ReadonlyMap<string, string> } {
    return { texts: this.#texts, bytes: this.#bytes };
  }

  private bytesAsText(key: string, bytes: Uint8Array | undefined): string {
    const known = this.#bytes.get(key);
    if (known !== undefined) return known;
    const original = bytes ?? decodeBase64url(key).bytes;
    if (!original) return key;
    const pseudonym = encodeBase64url(this.#textBytes(original) ?? this.#drawBytes(original));
    this.#bytes.set(key, pseudonym);
    this.#taken.add(pseudonym);
    return pseudonym;
  }

  #draw(original: string, folded: string, accept: (candidate: string) => boolean): string {
    const characters = [...folded];
    if (!characters.some(isMasked)) {
      this.#taken.add(folded);
      return folded;
    }
    const isConstant = characters.length > 1 && new Set(characters).size === 1;
    const hex = HEXADECIMAL.test(folded);
    const traits = traitsOf(original);
    let candidate = folded;
    for (let turn = 0; turn < TURNS; turn++) {
      const wide = turn / TURNS;
      const first = randomLike(characters[0]!, { hex, wide });
      candidate = isConstant
        ? first.repeat(characters.length)
        : characters
            .map((character, index) => (index ? randomLike(character, { hex, wide }) : first))
            .join("");
      if (candidate === folded || this.#taken.has(candidate)) continue;
      const shown = inCaseOf(original, folded, candidate);
      if (traitsOf(shown) !== traits || !accept(candidate)) continue;
      this.#taken.add(candidate);
      return candidate;
    }
    // A value of one or two characters, when every other one is taken.
    if (!this.#taken.has(folded)) candidate = folded;
    this.#taken.add(candidate);
    return candidate;
  }

  /** Undefined unless they are a text whose pseudonym takes as many bytes. */
  #textBytes(original: Uint8Array): Uint8Array | undefined {
    const { text, firstBad } = decodeUtf8(original);
    if (firstBad !== undefined) return undefined;
    const masked = this.text(text);
    // Of marks alone, or of the only letters that are left, nothing would be masked.
    if (masked === text || utf8Length(masked) !== original.length) return undefined;
    const bytes = encodeUtf8(masked);
    return this.#taken.has(encodeBase64url(bytes)) ? undefined : bytes;
  }

  /** The first bit and leading zeros stay, so that a number stays as long as it is and keeps its sign. */
  #drawBytes(original: Uint8Array): Uint8Array {
    const length = original.length;
    const isConstant = length > 1 && original.every((byte) => byte === original[0]);
    const isText = firstNotUtf8(original, 0, length) === undefined;
    for (let turn = 0; ; turn++) {
      // Two bytes or fewer, when hardly any other value is left.
      if (turn > TURNS) return this.#freeBytes(original);
      const drawn = isConstant ? new Uint8Array(length).fill(0x80 + randomBelow(0x80)) : randomBytes(length);
      if (!isConstant) likeFirst(original, drawn);
      if (drawn.every((byte, index) => byte === original[index])) continue;
      if (!isText && firstNotUtf8(drawn, 0, length) === undefined) continue;
      if (!isConstant && length > 1 && drawn.every((byte) => byte === drawn[0])) continue;
      if (!this.#taken.has(encodeBase64url(drawn))) return drawn;
    }
  }

  /** The first value that nobody has, with other last bytes; the original if there is none. */
  #freeBytes(original: Uint8Array): Uint8Array {
    const candidate = original.slice();
    const last = candidate.length - 1;
    for (let value = 0; value < 256 ** Math.min(2, candidate.length); value++) {
      candidate[last] = value & 0xff;
      if (value > 0xff) candidate[last - 1] = value >> 8;
      if (!this.#taken.has(encodeBase64url(candidate))) return candidate;
    }
    return original.slice();
  }
}

/** Far more than are needed, but for values so short that there are hardly others. */
const TURNS = 512;

const HEXADECIMAL = /^\s*\{?[0-9a-f-]{8,}\}?\s*$/;

function likeFirst(original: Uint8Array, drawn: Uint8Array): void {
  const [first = 0] = original;
  if (first === 0) drawn[0] = 0;
  const at = first === 0 && drawn.length > 1 ? 1 : 0;
  drawn[at] = (drawn[at]! & 0x7f) | (original[at]! & 0x80);
  if (drawn[at] === 0 && original[at] !== 0) drawn[at] = 1 + randomBelow(0x7f);
}

/** What rules read in a name, beyond whether it is the same as another. */
function traitsOf(text: string): string {
  return `${isOpaque(text)} ${describeIdentity(text, undefined)}`;
}

/** A pseudonym of the folded text in upper and lower case as the text itself has it. */
function inCaseOf(original: string, folded: string, base: string): string {
  if (original === folded) return base;
  const [from, lower, to] = [[...original], [...folded], [...base]];
  // Where one character stands for several (a ligature), which is which can't be told: being the same name
  // counts for more than being as long.
  if (from.length !== lower.length) return base;
  return to
    .map((character, index) => {
      const was = from[index]!;
      if (was === lower[index]) return character;
      if (was.toLowerCase() === lower[index]) return character.toUpperCase();
      const code = character.codePointAt(0)!;
      // ¹ for 1, ſ for s, wide letters: another form of what was drawn, or ¹ would become a plain digit, and a
      // member of that name an element.
      const isOtherForm = was > "\x7f" && code > 0x20 && code < 0x7f;
      if (!isOtherForm) return character;
      const wide = String.fromCodePoint(code + 0xfee0);
      return was === was.toLowerCase() ? wide : wide.toUpperCase();
    })
    .join("");
}
