import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { placesIn } from "../../src/index.js";
import type { AttestationSaid } from "../../src/verify/attestation/attestation.js";
import { engineSentences } from "../support/engineSentences.js";

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}
type Messages = Record<string, Message>;

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOCALES = join(ROOT, "panel/_locales");
const messagesOf = (language: string): Messages =>
  JSON.parse(readFileSync(join(LOCALES, language, "messages.json"), "utf8"));

const english = messagesOf("en");
const others = readdirSync(LOCALES).filter((language) => language !== "en");

/** The forms that numbers take, as the last part of a message's name. */
const FORM = /_(zero|one|two|few|many|other)$/;

/** Messages of which the engine has the English; every other language may have them. */
const ENGLISH_IN_ENGINE = /^engine_/;

test("there is a language beside English", () => {
  expect(others).toContain("ja");
});

describe.each(["en", ...others])("messages in %s", (language) => {
  const messages = messagesOf(language);
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;

  test("say what language they are", () => {
    expect(messages.language?.message).toBe(language);
  });

  test("are those of English, with the forms that the language's numbers take", () => {
    const wanted = new Set(
      Object.keys(english).flatMap((name) =>
        FORM.test(name) ? forms.map((form) => name.replace(FORM, `_${form}`)) : [name],
      ),
    );
    const own = Object.keys(messages).filter((name) => !ENGLISH_IN_ENGINE.test(name));
    expect(own.sort()).toEqual([...wanted].sort());
  });

  test("have the values of English, and each in its place", () => {
    for (const [name, { message, placeholders = {} }] of Object.entries(messages)) {
      const named = [...message.replaceAll("$$", "").matchAll(/\$(\w+)\$/g)].map(([, place]) =>
        place!.toLowerCase(),
      );
      expect([...new Set(named)].sort(), name).toEqual(Object.keys(placeholders).sort());
      if (ENGLISH_IN_ENGINE.test(name)) continue;
      const model = english[name.replace(FORM, "_other")]?.placeholders ?? {};
      for (const [place, { content }] of Object.entries(placeholders))
        expect(content, `${name}: ${place}`).toBe(model[place]?.content);
      if (!FORM.test(name)) expect(Object.keys(placeholders).sort(), name).toEqual(Object.keys(model).sort());
    }
  });

  test("are plain text, without blanks around it", () => {
    for (const [name, { message }] of Object.entries(messages)) {
      expect(message.trim(), name).toBe(message);
      expect(message.replace(/`[^`]+`/g, ""), name).not.toMatch(/<\/?\w|\n/);
    }
  });

  test("stand in the order of their names", () => {
    expect(Object.keys(messages)).toEqual(Object.keys(messages).sort());
  });
});

describe.each(others)("what the engine says, in %s", (language) => {
  const messages = messagesOf(language);
  const own = Object.keys(messages).filter((name) => /^engine_(?!masked_|check_)/.test(name));

  test("is all there, and nothing that the engine does not say", () => {
    const wanted = engineSentences().map(({ key }) => key);
    expect(
      own.filter((name) => !wanted.includes(name)),
      "to take out",
    ).toEqual([]);
    expect(
      wanted.filter((key) => !own.includes(key)),
      "to translate",
    ).toEqual([]);
  });

  test("has the values of the English, numbered in the order of their names", () => {
    for (const { key, english, values } of engineSentences()) {
      const { placeholders = {} } = messages[key] ?? {};
      const wanted = placesIn(english).map((place) => [
        place.toLowerCase(),
        { content: `$${values.indexOf(place) + 1}` },
      ]);
      expect(placeholders, key).toEqual(Object.fromEntries(wanted));
    }
  });

  test("has the code of the English, as it is", () => {
    for (const { key, english } of engineSentences()) {
      const { message = "" } = messages[key] ?? {};
      const named = message.replace(/\$(\w+)\$/g, (_, place: string) => `{${place.toLowerCase()}}`);
      const wanted = codeIn(english.replace(/\{(\w+)\}/g, (place) => place.toLowerCase()));
      if (messages[key]) expect(codeIn(named), key).toEqual(wanted);
    }
  });
});

test("the engine's English is the one that was translated", async () => {
  const today = engineSentences().map(({ key, english }) => [key, english] as const);
  const text = JSON.stringify(Object.fromEntries(today.sort(([a], [b]) => (a < b ? -1 : 1))), null, 2);
  await expect(
    `${text}\n`,
    "English changed: look at the messages of these names in the other languages, then run this test with -u",
  ).toMatchFileSnapshot("translatedEnglish.json");
});

/** What stands between backticks, in whatever order the language puts it, and however often. */
const codeIn = (text: string) => [...new Set(text.match(/`[^`]+`/g))].sort();

test("the names of verification steps are those of steps that there are", () => {
  const sources = (readdirSync(join(ROOT, "src/verify"), { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "src/verify", file), "utf8"))
    .join("\n");
  const own = [...sources.matchAll(/\bcheck: "([\w-]+)"/g)].map(([, check]) => check!);
  const ofAttestation = Object.keys(NOTHING_SAID).map((part) => `attestation-${part}`);
  const wanted = [...new Set([...own, ...ofAttestation])].map(
    (check) => `engine_check_${check.replaceAll("-", "_")}`,
  );
  for (const language of others) {
    const names = Object.keys(messagesOf(language)).filter((name) => name.startsWith("engine_check_"));
    expect(names, language).toEqual(wanted.sort());
  }
});

/** A step of an attestation for each member. */
const NOTHING_SAID: Record<keyof AttestationSaid, undefined> = {
  statement: undefined,
  signature: undefined,
  certificate: undefined,
  aaguid: undefined,
  nonce: undefined,
  key: undefined,
  trust: undefined,
};

test("every message is said somewhere", () => {
  const sources = ["panel", "extension"].flatMap((folder) =>
    (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), "utf8")),
  );
  const text = [...sources, readFileSync(join(ROOT, "manifest.json"), "utf8")].join("\n");
  const named = new Set([...text.matchAll(/"(?:__MSG_)?(\w+?)(?:__)?"/g)].map(([, name]) => name));
  // `kind_${kind}`: the name is put together, and any that fits is said.
  const patterns = [...text.matchAll(/`(\w+(?:\$\{[^}]+\}\w*)+)`/g)].map(
    ([, name]) => new RegExp(`^${name!.replace(/\$\{[^}]+\}/g, "\\w+")}$`),
  );
  const unsaid = Object.keys(english)
    .map((name) => name.replace(FORM, ""))
    .filter((name) => !named.has(name) && !patterns.some((pattern) => pattern.test(name)));
  expect(unsaid).toEqual([]);
});
