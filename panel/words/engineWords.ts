import { RULES } from "../../src/index.js";
import { sayInstead } from "./say.js";

/*
 * The engine speaks English. What it says in the same words each time, and under an id, is said here in
 * the language of the browser; what a rule says of one call alone stays as it is.
 */

/** The title of a rule, or of what it found. */
export function sayRuleTitle(ruleId: string, title: string): string {
  titles ??= new Map(RULES.map((rule) => [rule.id, rule.title]));
  return titles.get(ruleId) === title ? sayInstead(title, `engine_rule_${inKey(ruleId)}`) : title;
}

/** What happened, by the id of the cause. */
export const sayCause = (causeId: string, title: string): string =>
  sayInstead(title, `engine_cause_${inKey(causeId)}`);

/** What an export makes, and what that is good for. */
export function sayFormat({ id, name, purpose }: { id: string; name: string; purpose: string }) {
  return {
    name: sayInstead(name, `engine_export_${inKey(id)}_name`),
    purpose: sayInstead(purpose, `engine_export_${inKey(id)}_purpose`),
  };
}

/** What a masked value is: "user handle". */
export const sayMaskedKind = (kind: string): string => sayInstead(kind, `engine_masked_${inKey(kind)}`);

/** The name of a verification step. */
export const sayCheck = (check: string): string => sayInstead(check, `engine_check_${inKey(check)}`);

let titles: ReadonlyMap<string, string> | undefined;

/** The name of a message has neither hyphens nor blanks. */
const inKey = (id: string) => id.replace(/[- ]/g, "_");
