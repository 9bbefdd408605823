import { afterEach, expect, test } from "vitest";
import { language, say, sayCount, sayInstead, sayNumber, sayParts, speak } from "../../../panel/words/say.js";

/** As browsers answer: with the values filled in, and nothing for a message that they do not have. */
const speaks =
  (messages: Record<string, (...values: string[]) => string>) =>
  (key: string, substitutions: string[]): string =>
    messages[key]?.(...substitutions) ?? "";

const JAPANESE = speaks({
  language: () => "ja",
  status_openingFile: (name) => `${name} を開いています`,
  callCount_other: (count) => `${count} 件`,
  filter_shown: (shown, total) => `${total} 件中 ${shown} 件`,
  status_bootstrap: (script) => `${script}を使う`,
});

afterEach(() => speak(undefined));

test("English is said where the browser has no messages", () => {
  expect(language()).toBe("en");
  expect(say("close")).toBe("Close");
  expect(say("status_openingFile", { name: "log.json" })).toBe("Opening log.json …");
});

test("the browser's messages are said, with values at their own places", () => {
  speak(JAPANESE);
  expect(language()).toBe("ja");
  expect(say("status_openingFile", { name: "log.json" })).toBe("log.json を開いています");
  expect(say("filter_shown", { shown: 3, total: 1200 })).toBe("1,200 件中 3 件");
});

test("a message that the browser does not have is said in English", () => {
  speak(JAPANESE);
  expect(say("close")).toBe("Close");
});

test("a value is nobody's syntax", () => {
  const hostile = "$1 $NAME$ $$ \uE0001 `x` <b>";
  expect(say("status_openingFile", { name: hostile })).toBe(`Opening ${hostile} …`);
  speak(JAPANESE);
  expect(say("status_openingFile", { name: hostile })).toBe(`${hostile} を開いています`);
});

test("a number takes its form, and is written as the language does", () => {
  expect([0, 1, 2, 1200].map((count) => sayCount("callCount", count))).toEqual([
    "0 calls",
    "1 call",
    "2 calls",
    "1,200 calls",
  ]);
  expect(sayCount("announce_ruleOff", 1, { rule: "es256-missing" })).toBe(
    "Rule es256-missing is switched off: 1 finding hidden",
  );
  speak(JAPANESE);
  expect(sayCount("callCount", 1)).toBe("1 件");
  speak(speaks({ language: () => "de" }));
  expect(sayNumber(1200)).toBe("1.200");
});

test("a form that English lacks is taken from the language that has it", () => {
  speak(
    speaks({
      language: () => "pl",
      callCount_few: (count) => `${count} wywołania`,
      callCount_other: () => "?",
    }),
  );
  expect(sayCount("callCount", 3)).toBe("3 wywołania");
});

test("parts of a page stand where the sentence has them", () => {
  const link = { type: "a" };
  expect(sayParts("status_bootstrap", { script: link })).toEqual(["The ", link, " catches them."]);
  speak(JAPANESE);
  expect(sayParts("status_bootstrap", { script: link })).toEqual(["", link, "を使う"]);
});

test("what English keeps elsewhere is said in English, unless the language has it", () => {
  expect(sayInstead("ES256 is missing", "rule_es256_missing")).toBe("ES256 is missing");
  speak(speaks({ rule_es256_missing: () => "ES256 がありません" }));
  expect(sayInstead("ES256 is missing", "rule_es256_missing")).toBe("ES256 がありません");
});
