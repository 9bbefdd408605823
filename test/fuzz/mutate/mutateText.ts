import fc from "fast-check";
import { anyEdits, type Edit, HOSTILE_TEXTS, pick } from "./edit.js";

/** A sample with pieces put in, taken out, doubled or cut off; `words` are those of the format. */
export function anyTextLike(samples: readonly string[], words: readonly string[] = []): fc.Arbitrary<string> {
  const changed = fc
    .tuple(fc.nat(samples.length - 1), anyEdits(6))
    .map(([index, edits]) => mutateText(samples[index]!, edits, words));
  return fc.oneof(
    { weight: 12, arbitrary: changed },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
    { weight: 1, arbitrary: fc.json() },
  );
}

export function mutateText(sample: string, edits: readonly Edit[], words: readonly string[] = []): string {
  const known = [...words, ...MARKS, ...HOSTILE_TEXTS];
  let text = sample;
  for (const { what, at, by, bytes } of edits) {
    const from = at % (text.length + 1);
    const to = Math.min(text.length, from + (by % 60));
    const [before, part, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    const changes: (() => string)[] = [
      () => before + pick(known, by) + text.slice(from),
      () => before + pick(known, by) + text.slice(from + 1),
      () => before + after,
      () => before + part + part + after,
      () => before + part.repeat(1 + (what % 500)) + after,
      () => before,
      () => before + String.fromCharCode(...bytes) + after,
      () => before.slice(0, before.lastIndexOf("\n") + 1) + text.slice(text.indexOf("\n", from) + 1),
      () => text.replaceAll("\n", pick(["\r\n", "\r", " ", "\n\n", "\u2028", ""], by)),
    ];
    text = pick(changes, what)().slice(0, MAX_LENGTH);
  }
  return text;
}

const MAX_LENGTH = 300_000;
const MARKS = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\\",
  "\n",
  "-",
  "=",
  "<",
  "'",
  "\u0000",
  "\\ud800",
  "1e999",
  "-----BEGIN ",
];
