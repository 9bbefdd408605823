import { isList, type Value, type Values } from "../../src/index.js";
import english from "../_locales/en/messages.json";
import { describeDuration } from "./describeDuration.js";

/*
 * Every word that the panel says stands in `_locales`, in the format of the browsers' own i18n, which
 * chooses the language. Where there is no such API (an exported page, Apple's front end, tests) it is English.
 */

type Messages = typeof english;

export type MessageKey = keyof Messages;

/** Gives the text of a message, as `browser.i18n.getMessage` does; empty where there is none of that name. */
export type GetMessage = (key: string, substitutions: string[]) => string;

/** Names of the places that a message has for values. */
type PlaceOf<Key extends MessageKey> = Key extends unknown
  ? Messages[Key] extends { placeholders: infer Places }
    ? keyof Places
    : never
  : never;

/** A value for every place; nothing where there are none. */
type ValuesFor<Place extends PropertyKey, Value> = [Place] extends [never]
  ? []
  : [values: Readonly<Record<Place, Value>>];

/** A message that has no values in it. */
export type PlainKey = {
  [Key in MessageKey]: [PlaceOf<Key>] extends [never] ? Key : never;
}[MessageKey];

/** "calls" for the messages `calls_one` and `calls_other`. */
export type CountedKey = {
  [Key in MessageKey]: Key extends `${infer Stem}_other` ? Stem : never;
}[MessageKey];

let getMessage: GetMessage | undefined;
const numbers = new Map<number, Intl.NumberFormat>();
let plurals = new Intl.PluralRules("en");
const templates = new Map<string, readonly string[]>();

/** From now on everything is said in the language of these messages; without them, in English. */
export function speak(messages: GetMessage | undefined): void {
  getMessage = messages;
  templates.clear();
  numbers.clear();
  plurals = new Intl.PluralRules(language());
}

/** The language that is spoken, which need not be that of the browser: "en", "ja". */
export const language = (): string => say("language");

/** A message with its values, numbers as the language writes them: `say("copied", { what })`. */
export function say<Key extends MessageKey>(
  key: Key,
  ...[values]: ValuesFor<PlaceOf<Key>, string | number>
): string {
  return fill(templateOf(key), key, values).map(inWords).join("");
}

/** A message with its number, in the form that the number takes: `sayCount("calls", 3)`. Further values follow. */
export function sayCount<Stem extends CountedKey>(
  stem: Stem,
  count: number,
  ...[values]: ValuesFor<Exclude<PlaceOf<`${Stem}_other`>, "count">, string | number>
): string {
  return fillCounted<string | number>(stem, sayNumber(count), values, count).map(inWords).join("");
}

/** A message whose values are parts of a page, like a link: `sayParts("readFirst", { link: <a …/> })`. */
export function sayParts<Key extends MessageKey, Parts extends Readonly<Record<PlaceOf<Key>, unknown>>>(
  key: Key,
  values: Parts,
): (string | Parts[PlaceOf<Key>])[] {
  return fill(templateOf(key), key, values as Readonly<Record<string, Parts[PlaceOf<Key>]>>);
}

/** {@link sayCount} with parts of a page. */
export function sayCountParts<
  Stem extends CountedKey,
  Parts extends Readonly<Record<Exclude<PlaceOf<`${Stem}_other`>, "count">, unknown>>,
>(stem: Stem, count: number, values: Parts): (string | Parts[keyof Parts])[] {
  const parts = values as Readonly<Record<string, Parts[keyof Parts]>>;
  return fillCounted<string | Parts[keyof Parts]>(stem, sayNumber(count), parts, count);
}

/**
 * A message that not every language has, since its English stands elsewhere: in the engine.
 * Its places are numbered in the alphabetical order of the values' names.
 */
export function sayInstead(english: string, key: string, values: Values = {}): string {
  const template = templateOf(key);
  if (template.length === 0) return english;
  const names = Object.keys(values).sort();
  return template
    .map((part, index) => (index % 2 === 0 ? part : inWords(values[names[Number(part) - 1] ?? ""] ?? "")))
    .join("");
}

/** Sentences after each other. No blank follows a full stop that is as wide as a character. */
export function sayAfterEachOther(...sentences: (string | undefined)[]): string {
  return sentences
    .filter(Boolean)
    .join(" ")
    .replace(/([。！？]) /g, "$1");
}

/** A number as the language writes it, with so many digits behind its point. */
export function sayNumber(value: number, digits = 0): string {
  let format = numbers.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(language(), {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    numbers.set(digits, format);
  }
  return format.format(value);
}

function inWords(part: Value): string {
  if (typeof part === "number") return sayNumber(part);
  if (typeof part === "string") return part;
  return isList(part) ? new Intl.ListFormat(language()).format(part) : describeDuration(part.ms);
}

/** Texts, and between them the numbers of the places: "Copied: ", "1", "". Empty where there is no such message. */
function templateOf(key: string): readonly string[] {
  let template = templates.get(key);
  if (!template) {
    const text = getMessage?.(key, MARKS) || inEnglish(key, MARKS);
    template = text === "" ? [] : text.split(/\uE000(\d)/);
    templates.set(key, template);
  }
  return template;
}

/** Stand for the values while a message is fetched, so that what a value contains is nobody's syntax. */
const MARKS = Array.from({ length: 9 }, (_, index) => `\uE000${index + 1}`);

/** In the form that the number takes; a language need not have a form of its own for it. */
function fillCounted<Value>(
  stem: string,
  shown: Value,
  values: Readonly<Record<string, Value>> | undefined,
  count: number,
): (string | Value)[] {
  const form = templateOf(`${stem}_${plurals.select(count)}`);
  const template = form.length > 0 ? form : templateOf(`${stem}_other`);
  return fill(template, `${stem}_other`, { ...values, count: shown });
}

function fill<Value>(
  template: readonly string[],
  key: string,
  values: Readonly<Record<string, Value>> | undefined,
): (string | Value)[] {
  const { placeholders = {} } = (english as Record<string, Message>)[key] ?? {};
  const names = Object.keys(placeholders);
  return template.map((part, index) => {
    if (index % 2 === 0) return part;
    const name = names.find((each) => placeholders[each]!.content === `$${part}`);
    return name === undefined ? "" : values![name]!;
  });
}

interface Message {
  message: string;
  placeholders?: Readonly<Record<string, { content: string }>>;
}

/** @see https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/i18n/Locale-Specific_Message_reference */
function inEnglish(key: string, substitutions: readonly string[]): string {
  const { message, placeholders } = (english as Record<string, Message>)[key] ?? { message: "" };
  return message.replace(/\$(?:\$|(\w+)\$)/g, (_, name: string | undefined) =>
    name === undefined
      ? "$"
      : (placeholders?.[name.toLowerCase()]?.content ?? "").replace(
          /\$(\d)/g,
          (_, digit) => substitutions[digit - 1] ?? "",
        ),
  );
}
