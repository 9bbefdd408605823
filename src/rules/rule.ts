import type { Api, CallId } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";
import type { Confidence, Reference } from "../spec/references.js";
import type { Values } from "../spec/sentence.js";
import type { VersionRange } from "../spec/versionRange.js";
import type { Facts } from "./facts.js";

export type Severity = "error" | "warning" | "info";

/** What becomes of the call itself on such an iPhone. */
export type Effect = "fails" | "differs" | "works";

/** What people read. Plain, with code in backticks. */
export interface Words {
  /** one sentence without its full stop: what is wrong */
  title: string;
  /** what the person with the iPhone in hand experiences */
  experience: string;
  /** what to change, in one or two sentences: name the member and the value */
  fix: string;
}

/** The whole rule in one file, with every sentence that it says: the panel says them in other languages, by their names.
 * `runRules` decides when it applies, hands it what it asked for and nothing else, and contains it if it throws. */
export interface Rule<Asked extends keyof Facts = keyof Facts> extends Words {
  /** kebab-case; equals the file's name */
  id: string;
  /** by kebab-case names: cases that need other words than the rule as a whole, with places for values: "{host}" */
  cases?: Readonly<Record<string, Partial<Words>>>;
  /** by kebab-case names: why it can't tell, in one sentence each that says what is missing; common ones stand in reasons.ts */
  reasons?: Readonly<Record<string, string>>;
  /** either the same everywhere, or by Safari version; the first range that matches counts */
  severity: Severity | readonly (VersionRange & { is: Severity })[];
  /**
   * of a rule about the request: what becomes of the call where it bites, the same everywhere or by Safari
   * version. Absent: the call goes as it goes elsewhere; what is wrong shows on the server or another day.
   */
  effect?: Effect | readonly (VersionRange & { is: Effect })[];
  /** ios: iPhone and iPad alone, in src/rules/ios; everywhere: every platform, in src/rules/webauthn */
  holdsOn: "ios" | "everywhere";
  /**
   * request: what the page asked for, judged as if the page ran on the chosen platform.
   * answer: what a device answered, which stays what it is on whatever platform one imagines the
   * page: judged on the device that the call was recorded on.
   */
  about: "request" | "answer";
  /** Safari versions in which it bites; outside them the rule is not applicable */
  versions: VersionRange;
  /** the kinds of app that it holds in; absent: all */
  contexts?: readonly NonNullable<Platform["context"]>[];
  confidence: Confidence;
  references: readonly Reference[];
  /** the calls that it looks at */
  on: readonly Api[];
  /** the facts that it needs; `check` sees these alone */
  asks: readonly Asked[];
  check(facts: Pick<Facts, Asked>): Judgement | readonly Judgement[];
}

export type Judgement = Fails | { outcome: "passes" } | CannotTell | { outcome: "not-applicable" };

export interface Fails {
  outcome: "fails";
  /** JSON pointer into the call, e.g. "/arguments/0/publicKey/user/id" */
  at: string;
  /** where `at` holds bytes: the field in them, by its decoder's path, e.g. "authenticatorData.flags" */
  field?: string;
  /** the value found there, ready to show */
  evidence: string;
  /** other calls without which this one can't be understood */
  relatedCallIds?: readonly CallId[];
  /** where this case is graver or milder than the rule as a whole */
  severity?: Severity;
  /** where this case does more or less to the call than the rule as a whole */
  effect?: Effect;
  /** one of the rule's `cases` */
  case?: string;
  /** what stands in the places of its words */
  values?: Values;
}

export interface CannotTell {
  outcome: "cannot-tell";
  /** one of the rule's `reasons`, or of those that are common */
  reason: string;
  /** what stands in its places */
  values?: Values;
  /** where nobody knows what becomes of such a call on that iPhone: JSON pointer to what makes it so */
  openAt?: string;
}

/** Lets a rule name the facts that it asks for once, and have `check` typed by them. */
export function defineRule<const Asked extends keyof Facts>(rule: Rule<Asked>): Rule {
  return rule;
}

export const PASSES: Judgement = { outcome: "passes" };
export const NOT_APPLICABLE: Judgement = { outcome: "not-applicable" };

export function cannotTell(reason: string, openAt?: string, values?: Values): CannotTell {
  return {
    outcome: "cannot-tell",
    reason,
    ...(values && { values }),
    ...(openAt !== undefined && { openAt }),
  };
}

export interface Finding extends Words {
  ruleId: string;
  severity: Severity;
  /** which of the rule's `cases` the words are of; absent: they are the rule's own */
  case?: string;
  /** what stands in the places of the case's words */
  values?: Values;
  /** JSON pointer into the call, e.g. "/arguments/0/publicKey/user/id" */
  at: string;
  /** where `at` holds bytes: the field in them, by its decoder's path; see `locateBytes` */
  field?: string;
  /** the value found there, ready to show */
  evidence: string;
  callId: CallId;
  relatedCallIds: CallId[];
  /** Safari versions in which it bites; an open end is absent */
  versions: VersionRange;
  confidence: Confidence;
  references: readonly Reference[];
  /** what becomes of the call because of it, on the platform that it is judged as; absent: nothing */
  effect?: Exclude<Effect, "works">;
}

/** A rule that had too little to go by, said instead of a guess. */
export interface Undecided {
  ruleId: string;
  callId: CallId;
  title: string;
  why: string;
  /** which of the rule's `reasons`, or of those common to all, `why` is */
  reason: string;
  /** what stands in the places of the reason */
  values?: Values;
  /** of a rule about the request: what becomes of the call on the platform is not known, because of what stands at that JSON pointer */
  open?: { at: string; references: readonly Reference[] };
}
