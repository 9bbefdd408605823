import { RE2JS } from "re2js";
import type { Call, Finding, Realm, Snapshot } from "../../src/index.js";
import { sayFinding } from "../words/engineWords.js";

export type Kind = "all" | "create" | "get" | "other";

export interface Filter {
  /** what a person typed: text, or /regex/flags */
  text: string;
  kind: Kind;
  onlyWithFindings: boolean;
}

export const NO_FILTER: Filter = { text: "", kind: "all", onlyWithFindings: false };

/**
 * True for a call that the filter lets through. Undefined for one in which the text was not found, but
 * which is too long to have been searched to its end.
 */
export type Matcher = (
  call: Call,
  realm: Realm | undefined,
  findings: readonly Finding[],
) => boolean | undefined;

/**
 * Turns what a person chose into a question about a call. A regular expression that is none lets
 * everything through and says what is wrong with it, so that nothing is hidden without a word.
 */
export function parseFilter(filter: Filter): { matches: Matcher; problem?: string } {
  const { hasText, problem } = parseFilterText(filter.text.trim());
  return {
    matches(call, realm, findings) {
      if (filter.kind !== "all" && filter.kind !== kindOf(call)) return false;
      if (filter.onlyWithFindings && findings.length === 0) return false;
      if (!hasText) return true;
      const { text, isCut } = textOfCall(call);
      return hasText(text) || hasText(textAround(realm, findings)) || (isCut ? undefined : false);
    },
    ...(problem !== undefined && { problem }),
  };
}

/** The chip under which a call is filed. */
export function kindOf(call: Call): Exclude<Kind, "all"> {
  if (call.api === "credentials.create") return "create";
  return call.api === "credentials.get" ? "get" : "other";
}

function parseFilterText(text: string): { hasText?: (haystack: string) => boolean; problem?: string } {
  if (text === "") return {};
  const asRegex = /^\/(.+)\/([a-z]*)$/s.exec(text);
  if (!asRegex) {
    const needle = text.toLowerCase();
    return { hasText: (haystack) => haystack.toLowerCase().includes(needle) };
  }
  const [, source, flags] = asRegex as unknown as [string, string, string];
  try {
    // Which flags there are.
    new RegExp("", flags);
    const regex = RE2JS.compile(RE2JS.translateRegExp(source), flagsOf(flags));
    return { hasText: (haystack) => regex.test(haystack) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/*
 * Not the engine's own RegExp: it may take forever for an expression like (a+)+$ and what a page passed, and cannot
 * be stopped. RE2 takes time in proportion to the text, whatever the two are, and knows no look-around and
 * no back-references.
 */
function flagsOf(flags: string): number {
  return (
    (flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes("m") ? RE2JS.MULTILINE : 0) |
    (flags.includes("s") ? RE2JS.DOTALL : 0)
  );
}

/** Calls never change in place, so their text is gathered once. */
const textByCall = new WeakMap<Call, SearchedText>();

interface SearchedText {
  text: string;
  isCut: boolean;
}

/** Characters of a call that are searched: more than any but a hostile one has. */
export const TEXT_LIMIT = 100_000;

function textOfCall(call: Call): SearchedText {
  const known = textByCall.get(call);
  if (known !== undefined) return known;
  const parts: string[] = [call.api];
  for (const argument of call.arguments) gatherText(argument, parts);
  if (call.outcome.status === "rejected") parts.push(call.outcome.error.name, call.outcome.error.message);
  if (call.outcome.status === "fulfilled") gatherText(call.outcome.value, parts);
  const whole = parts.join("\n");
  const searched = { text: whole.slice(0, TEXT_LIMIT), isCut: whole.length > TEXT_LIMIT };
  textByCall.set(call, searched);
  return searched;
}

function textAround(realm: Realm | undefined, findings: readonly Finding[]): string {
  const parts = realm ? [realm.url] : [];
  for (const finding of findings) parts.push(finding.ruleId, sayFinding(finding, "title"));
  return parts.join("\n");
}

/** Every string of a snapshot, bytes as base64url, in the page's order; member names stay out. */
function gatherText(snapshot: Snapshot, parts: string[]): void {
  const open: Snapshot[] = [snapshot];
  while (open.length > 0) {
    const next = open.pop()!;
    if (typeof next === "string") parts.push(next);
    else if (typeof next === "number") parts.push(String(next));
    else if (next !== null && typeof next === "object") {
      const members = Object.values(next) as Snapshot[];
      for (let index = members.length - 1; index >= 0; index--) open.push(members[index]!);
    }
  }
}
