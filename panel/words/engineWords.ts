import {
  type Cause,
  type Clue,
  ERROR_NAMES,
  type Explanation,
  type Finding,
  type OutlookReason,
  placesIn,
  REASONS,
  RULES,
  type Rule,
  type SayStatus,
  type StepSentence,
  sayStatusInEnglish,
  sentencesOf,
  type Undecided,
  type Values,
  type Verdict,
  type WireProblem,
  type Words,
} from "../../src/index.js";
import { sayAfterEachOther, sayInstead } from "./say.js";

/*
 * The engine speaks English, and gives everything that it says a name. By that it is said here in the
 * language of the browser; a sentence that has no message there stays English.
 */

/** A part of what a rule says of one call: "title", "experience", "fix". */
export const sayFinding = (finding: Finding, part: keyof Words): string =>
  sayOfRule(finding[part], part, finding);

/** A part of what a rule says in general. */
export const sayRule = (rule: Rule, part: keyof Words): string =>
  sayOfRule(rule[part], part, { ruleId: rule.id });

/** What one of a rule's cases says in other words than the rule; its places stay places: "{host}". */
export function sayCase(rule: Rule, name: string): Partial<Words> {
  const words = rule.cases?.[name] ?? {};
  const values = Object.fromEntries(placesIn(...Object.values(words)).map((place) => [place, `{${place}}`]));
  const said = Object.entries(words).map(([part, english]) => [
    part,
    sayOfRule(english, part as keyof Words, { ruleId: rule.id, case: name, values }),
  ]);
  return Object.fromEntries(said);
}

/** Which rule could not tell, and why. */
export function sayUndecided(undecided: Undecided): { title: string; why: string } {
  const { ruleId, title } = undecided;
  return { title: sayOfRule(title, "title", { ruleId }), why: sayReason(undecided.why, undecided) };
}

/** Why a call fails or differs on an iOS, or may. */
export function sayOutlookReason({ text, need, ruleId, reason, may, ...of }: OutlookReason): string {
  if (need !== undefined) return sayInstead(text, keys.need(need));
  if (ruleId === undefined) return text;
  if (reason !== undefined) return sayReason(text, { ...of, ruleId, reason }).replace(/[.。]$/, "");
  if (may === undefined) return sayOfRule(text, "title", { ...of, ruleId });
  const title = sayOfRule("", "title", { ...of, ruleId });
  return title === "" ? text : sayInstead(text, keys.may(may), { title });
}

/** What happened, by the id of the cause. */
export const sayCause = (causeId: string, title: string): string => sayInstead(title, keys.cause(causeId));

/** What to look at or try next, where a cause is likely. */
export const sayNextSteps = ({ id, next }: Cause): string[] =>
  next.map((step, index) => sayInstead(step, keys.next(id, index)));

/** What speaks for or against a cause. */
export const sayClue = ({ id, text, values }: Clue): string => sayInstead(text, keys.clue(id), values);

/** What is known of a failure, and what can't be. */
export function saySummary({ sentences, causes: [best] }: Explanation): string {
  const cause = best && sayCause(best.id, best.title);
  const said = sentences.map(({ id, text, values }) =>
    sayInstead(text, keys.summary(id), { ...values, ...(cause !== undefined && values?.cause && { cause }) }),
  );
  return sayAfterEachOther(...said);
}

/** What the specification means by a rejection of that name; undefined if it says nothing. */
export function sayErrorMeaning(name: string): string | undefined {
  const meaning = ERROR_NAMES.get(name)?.meaning;
  return meaning && sayInstead(meaning, keys.error(name));
}

/** How it stands with the page that a source looks at. */
export const sayStatus: SayStatus = (id, values) =>
  sayInstead(sayStatusInEnglish(id, values), keys.status(id), values);

/** What is wrong with a wire, and what helps. */
export function sayProblem({ form, values, what, remedies }: WireProblem): {
  what: string;
  remedies: string[];
} {
  if (form === undefined) return { what, remedies };
  return {
    what: sayInstead(what, keys.problem(form), values),
    remedies: remedies.map((remedy, index) => sayInstead(remedy, keys.remedy(form, index), values)),
  };
}

/** What an export makes, and what that is good for. */
export function sayFormat({ id, name, purpose }: { id: string; name: string; purpose: string }) {
  return {
    name: sayInstead(name, keys.exported(id, "name")),
    purpose: sayInstead(purpose, keys.exported(id, "purpose")),
  };
}

/** What a masked value is: "user handle". */
export const sayMaskedKind = (kind: string): string => sayInstead(kind, keys.masked(kind));

/** Why a verification step came out as it did. What a file brought is said as it stands there. */
export function sayBecause(verdict: Verdict): string {
  const sentences = sentencesOf(verdict);
  return sentences ? sayAfterEachOther(...sentences.map(saySentence)) : verdict.because;
}

function saySentence({ id, text, values = {} }: StepSentence): string {
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "object" ? saySentence(value) : value,
  ]);
  return sayInstead(text, keys.step(id), Object.fromEntries(said) as Values);
}

/** The name of a verification step. */
export const sayCheck = (check: string): string => sayInstead(check, keys.check(check));

/** The name of a message has neither hyphens nor blanks. */
const inKey = (id: string) => id.replace(/[- ]/g, "_");

/** The names of the messages. */
export const keys = {
  rule: (id: string, part: keyof Words) => `engine_rule_${inKey(id)}__${part}`,
  case: (id: string, name: string, part: keyof Words) =>
    `engine_rule_${inKey(id)}__case_${inKey(name)}__${part}`,
  ownReason: (id: string, name: string) => `engine_rule_${inKey(id)}__reason_${inKey(name)}`,
  reason: (name: string) => `engine_reason_${inKey(name)}`,
  need: (id: string) => `engine_need_${inKey(id)}`,
  may: (effect: string) => `engine_may_${effect}`,
  cause: (id: string) => `engine_cause_${inKey(id)}__title`,
  next: (id: string, index: number) => `engine_cause_${inKey(id)}__next_${index + 1}`,
  clue: (id: string) => `engine_clue_${inKey(id)}`,
  summary: (id: string) => `engine_summary_${inKey(id)}`,
  error: (name: string) => `engine_error_${name}`,
  status: (id: string) => `engine_status_${inKey(id)}`,
  problem: (form: string) => `engine_problem_${inKey(form)}__what`,
  remedy: (form: string, index: number) => `engine_problem_${inKey(form)}__remedy_${index + 1}`,
  exported: (id: string, part: "name" | "purpose") => `engine_export_${inKey(id)}_${part}`,
  masked: (kind: string) => `engine_masked_${inKey(kind)}`,
  step: (id: string) => `engine_step_${inKey(id)}`,
  check: (check: string) => `engine_check_${inKey(check)}`,
};

function sayOfRule(
  english: string,
  part: keyof Words,
  { ruleId, case: name, values }: { ruleId: string; case?: string; values?: Values },
): string {
  const isOfCase = name !== undefined && rules().get(ruleId)?.cases?.[name]?.[part] !== undefined;
  return isOfCase
    ? sayInstead(english, keys.case(ruleId, name, part), values)
    : sayInstead(english, keys.rule(ruleId, part));
}

function sayReason(
  english: string,
  { ruleId, reason, values }: { ruleId: string; reason: string; values?: Values | undefined },
): string {
  const isOwn = rules().get(ruleId)?.reasons?.[reason] !== undefined;
  const key = isOwn || !(reason in REASONS) ? keys.ownReason(ruleId, reason) : keys.reason(reason);
  return sayInstead(english, key, values);
}

const rules = () => (byId ??= new Map(RULES.map((rule) => [rule.id, rule])));
let byId: ReadonlyMap<string, Rule> | undefined;
