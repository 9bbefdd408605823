import { finish, type Steps } from "./steps.js";

/** Where a JSON text's parts stand; positions are characters. */
export interface JsonLayout {
  /** of an object: the value of each member, in order; names as JSON.parse gives them */
  members: JsonMember[];
  /** where the outermost value begins and ends */
  start: number;
  end: number;
  error?: JsonError;
}

export interface JsonMember {
  name: string;
  /** of the value */
  start: number;
  end: number;
  /** the items of an array, where they are asked for */
  items?: { start: number; end: number }[];
}

export interface JsonError {
  kind: "syntax" | "truncated" | "too-deep" | "too-many" | "trailing";
  /** one sentence without the place */
  message: string;
  offset: number;
}

/**
 * Checks a JSON text and finds the members of its outermost object, without recursion and without
 * building values, so that nesting is judged before JSON.parse sees the text and an error's place
 * is the same in every engine. A text without error is one that JSON.parse takes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function jsonLayout(text: string, maxDepth: number): JsonLayout {
  return finish(new JsonReader(text, maxDepth).steps());
}

/** Twice what the longest recording has. Of `[0,0,0…` a browser has no memory left long before its length is too much. */
const MAX_VALUES = 8_000_000;

/** `withItems`: finds the items of the members that are arrays, too. */
export class JsonReader {
  private at = 0;
  /** true for an object, false for an array */
  private readonly open: boolean[] = [];
  private readonly members: JsonMember[] = [];
  private start = 0;
  private error: JsonError | undefined;
  private count = 0;

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
    private readonly withItems = false,
  ) {}

  *steps(): Steps<JsonLayout> {
    this.space();
    this.start = this.at;
    let next = STEP;
    while (this.value() && this.afterValue()) {
      if (this.at < next) continue;
      next = this.at + STEP;
      yield this.at / this.text.length;
    }
    const end = this.at;
    if (!this.error) {
      this.space();
      if (this.at < this.text.length) this.fail("trailing", "Something follows the JSON value.");
    }
    const layout = { members: this.members, start: this.start, end };
    return this.error ? { ...layout, error: this.error } : layout;
  }

  /** What stands here is an item of an array that is a member of the outermost object. */
  private get isItem(): boolean {
    return this.withItems && this.open.length === 2 && this.open[0]! && !this.open[1];
  }

  /** Reads one value; of an object or array with contents, up to where its first value begins. */
  private value(): boolean {
    for (;;) {
      if (++this.count > MAX_VALUES)
        return this.fail("too-many", `There are more than ${MAX_VALUES.toLocaleString("en")} values.`);
      const code = this.text.charCodeAt(this.at);
      if (this.isItem) {
        const member = this.members.at(-1)!;
        member.items ??= [];
        member.items.push({ start: this.at, end: this.at });
      }
      if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (this.open.length >= this.maxDepth)
          return this.fail("too-deep", `Values are nested more than ${this.maxDepth} deep.`);
        const object = code === OPEN_BRACE;
        this.at++;
        this.space();
        if (this.text.charCodeAt(this.at) === (object ? CLOSE_BRACE : CLOSE_BRACKET)) {
          this.at++;
          return true;
        }
        this.open.push(object);
        if (object && !this.name()) return false;
        continue;
      }
      if (code === QUOTE) return this.string();
      if (code === MINUS || isDigit(code)) return this.number();
      const word = WORDS[this.text.charAt(this.at)];
      return word ? this.word(word) : this.fail("syntax", "A value is expected here.");
    }
  }

  /** Closes what ends here; true if another value follows, false at the end or at an error. */
  private afterValue(): boolean {
    while (this.open.length > 0) {
      if (this.open.length === 1 && this.open[0]) this.members.at(-1)!.end = this.at;
      else if (this.isItem) this.members.at(-1)!.items!.at(-1)!.end = this.at;
      this.space();
      const object = this.open.at(-1)!;
      const code = this.text.charCodeAt(this.at);
      if (code === COMMA) {
        this.at++;
        this.space();
        return object ? this.name() : true;
      }
      if (code !== (object ? CLOSE_BRACE : CLOSE_BRACKET))
        return this.fail("syntax", `A comma or ${object ? "}" : "]"} is expected here.`);
      this.at++;
      this.open.pop();
    }
    return false;
  }

  private name(): boolean {
    if (this.text.charCodeAt(this.at) !== QUOTE)
      return this.fail("syntax", "A member's name in quotes is expected here.");
    const start = this.at;
    if (!this.string()) return false;
    const end = this.at;
    this.space();
    if (this.text.charCodeAt(this.at) !== COLON) return this.fail("syntax", "A colon is expected here.");
    this.at++;
    this.space();
    if (this.open.length === 1) {
      const quoted = this.text.slice(start, end);
      const name = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
      this.members.push({ name, start: this.at, end: this.at });
    }
    return true;
  }

  private string(): boolean {
    for (this.at++; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        const letter = this.text.charAt(this.at + 1);
        if (
          letter === "u"
            ? !FOUR_HEX.test(this.text.slice(this.at + 2, this.at + 6))
            : !ESCAPES.includes(letter)
        ) {
          const cut = this.at + 6 > this.text.length && CUT_ESCAPE.test(this.text.slice(this.at));
          if (cut) this.at = this.text.length;
          return this.fail("syntax", "This is no escape of JSON.");
        }
        this.at += letter === "u" ? 5 : 1;
      } else if (!(code >= 0x20)) {
        return this.fail("syntax", "A control character stands in a string.");
      }
    }
    this.at++;
    return true;
  }

  private number(): boolean {
    const { text } = this;
    const digits = () => {
      const from = this.at;
      while (isDigit(text.charCodeAt(this.at))) this.at++;
      return this.at > from;
    };
    if (text.charCodeAt(this.at) === MINUS) this.at++;
    const leadingZero = text.charAt(this.at) === "0";
    if (leadingZero) this.at++;
    else if (!digits()) return this.fail("syntax", "A digit is expected here.");
    if (text.charAt(this.at) === ".") {
      this.at++;
      if (!digits()) return this.fail("syntax", "A digit is expected here.");
    }
    if (text.charAt(this.at) === "e" || text.charAt(this.at) === "E") {
      this.at++;
      if (text.charAt(this.at) === "+" || text.charAt(this.at) === "-") this.at++;
      if (!digits()) return this.fail("syntax", "A digit is expected here.");
    }
    return true;
  }

  private word(word: string): boolean {
    for (const letter of word) {
      if (this.text.charAt(this.at) !== letter) return this.fail("syntax", `${word} is expected here.`);
      this.at++;
    }
    return true;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private fail(kind: JsonError["kind"], message: string): false {
    this.error =
      this.at >= this.text.length
        ? {
            kind: "truncated",
            message: "The text ends before the JSON value does.",
            offset: this.text.length,
          }
        : { kind, message, offset: this.at };
    return false;
  }
}

/** characters between two pauses */
const STEP = 100_000;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const FOUR_HEX = /^[0-9a-fA-F]{4}$/;
const CUT_ESCAPE = /^\\(u[0-9a-fA-F]{0,3})?$/;
const ESCAPES = ['"', "\\", "/", "b", "f", "n", "r", "t"];
const WORDS: Record<string, string | undefined> = {
  __proto__: null,
  t: "true",
  f: "false",
  n: "null",
} as never;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
