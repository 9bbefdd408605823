import { keys } from "../../panel/words/engineWords.js";
import { CAUSES } from "../../src/explain/causes.js";
import { CLUES, SUMMARIES } from "../../src/explain/words.js";
import { NEEDS } from "../../src/forecast/needs.js";
import { MAY } from "../../src/forecast/outlook.js";
import { ERROR_NAMES, EXPORT_FORMATS, placesIn, REASONS, RULES, type Words } from "../../src/index.js";
import { STATUSES } from "../../src/source/statuses.js";
import { STEP_SENTENCES } from "../../src/verify/words.js";
import { PROBLEMS } from "../../src/wire/problems.js";

/** A sentence that the engine has in English and the panel says by a message of its own. */
export interface EngineSentence {
  key: string;
  english: string;
  /** names of all the values that come with it, which is more than its own places where a case has several sentences */
  values: readonly string[];
}

/** Everything that the engine says under a name, but for masked kinds and names of verification steps, which are no list. */
export function engineSentences(): EngineSentence[] {
  return [
    ...RULES.flatMap(ofRule),
    ...Object.entries(REASONS).map(([name, english]) => sentence(keys.reason(name), english)),
    ...NEEDS.map(({ id, without }) => sentence(keys.need(id), without)),
    ...Object.entries(MAY).map(([effect, english]) => sentence(keys.may(effect), english)),
    ...Object.entries(CAUSES).flatMap(([id, { title, next }]) => [
      sentence(keys.cause(id), title),
      ...next.map((step, index) => sentence(keys.next(id, index), step)),
    ]),
    ...Object.entries(CLUES).map(([id, english]) => sentence(keys.clue(id), english)),
    ...Object.entries(SUMMARIES).map(([id, english]) => sentence(keys.summary(id), english)),
    ...[...ERROR_NAMES].map(([name, { meaning }]) => sentence(keys.error(name), meaning)),
    ...Object.entries(STATUSES).map(([id, english]) => sentence(keys.status(id), english)),
    ...Object.entries(PROBLEMS).flatMap(([form, { what, remedies }]) => {
      const values = placesIn(what, ...remedies);
      return [
        sentence(keys.problem(form), what, values),
        ...remedies.map((remedy, index) => sentence(keys.remedy(form, index), remedy, values)),
      ];
    }),
    ...EXPORT_FORMATS.flatMap(({ id, name, purpose }) => [
      sentence(keys.exported(id, "name"), name),
      sentence(keys.exported(id, "purpose"), purpose),
    ]),
    ...Object.entries(STEP_SENTENCES).map(([id, english]) => sentence(keys.step(id), english)),
  ];
}

const PARTS = ["title", "experience", "fix"] as const satisfies (keyof Words)[];

function ofRule({ id, cases = {}, reasons = {}, ...words }: (typeof RULES)[number]): EngineSentence[] {
  return [
    ...PARTS.map((part) => sentence(keys.rule(id, part), words[part], [])),
    ...Object.entries(cases).flatMap(([name, own]) => {
      const values = placesIn(...Object.values(own));
      return PARTS.flatMap((part) =>
        own[part] === undefined ? [] : sentence(keys.case(id, name, part), own[part], values),
      );
    }),
    ...Object.entries(reasons).map(([name, english]) => sentence(keys.ownReason(id, name), english)),
  ];
}

function sentence(
  key: string,
  english: string,
  values: readonly string[] = placesIn(english),
): EngineSentence {
  return { key, english, values };
}
