import { encodeBase64url } from "../bytes/base64url.js";
import type { Reading } from "../recording/readSnapshot.js";
import type { Verdict } from "../recording/verdict.js";
import { fillPlaces } from "../spec/sentence.js";
import { STEP_SENTENCES } from "./words.js";

/** What a step says: its outcome, and sentences that name what was compared; `because` is their English. */
export interface Said extends Pick<Verdict, "outcome" | "because"> {
  sentences: readonly StepSentence[];
}

/** A sentence, or words that are a value in one, in English and by its name and values. */
export interface StepSentence {
  readonly id: StepSentenceId;
  readonly text: string;
  readonly values?: Readonly<Record<string, StepValue>>;
}

export type StepSentenceId = keyof typeof STEP_SENTENCES;
export type StepValue = string | number | StepSentence;

type PlacesOf<Template> = Template extends `${string}{${infer Place}}${infer Rest}`
  ? Place | PlacesOf<Rest>
  : never;

/** A value for every place of the sentence, nothing where it has none. */
type ValuesFor<Id extends StepSentenceId> = [PlacesOf<(typeof STEP_SENTENCES)[Id]>] extends [never]
  ? []
  : [values: Readonly<Record<PlacesOf<(typeof STEP_SENTENCES)[Id]>, StepValue>>];

export function sentence<Id extends StepSentenceId>(id: Id, ...[values]: ValuesFor<Id>): StepSentence {
  if (!values) return { id, text: STEP_SENTENCES[id] };
  const entries = Object.entries<StepValue>(values);
  const english = entries.map(([name, value]) => [name, typeof value === "object" ? value.text : value]);
  return { id, text: fillPlaces(STEP_SENTENCES[id], Object.fromEntries(english)), values };
}

export const pass = <Id extends StepSentenceId>(id: Id, ...values: ValuesFor<Id>): Said =>
  say("pass", sentence(id, ...values));
export const fail = <Id extends StepSentenceId>(id: Id, ...values: ValuesFor<Id>): Said =>
  say("fail", sentence(id, ...values));
export const cannotTell = <Id extends StepSentenceId>(id: Id, ...values: ValuesFor<Id>): Said =>
  say("cannot-tell", sentence(id, ...values));
export const notApplicable = <Id extends StepSentenceId>(id: Id, ...values: ValuesFor<Id>): Said =>
  say("not-applicable", sentence(id, ...values));

/** Sentences after each other, under one outcome. */
export function say(outcome: Said["outcome"], ...sentences: readonly StepSentence[]): Said {
  return { outcome, because: sentences.map(({ text }) => text).join(" "), sentences };
}

/** Why a member can't be looked at: it could not be recorded, or what was imported does not have it. */
export function notKnown(name: string, member: Reading): Said {
  return cannotTell("not-known", { name, found: member.describe().replace(/^unreadable: /, "") });
}

/** A value of the page for a place in quotes: no longer than a line. */
export function shorten(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}

/** Bytes in a sentence: the first of them as base64url. */
export function shownBytes(bytes: Uint8Array): StepValue {
  if (bytes.length === 0) return sentence("no-bytes");
  const start = encodeBase64url(bytes.subarray(0, SHOWN_BYTES));
  return bytes.length <= SHOWN_BYTES ? start : sentence("first-bytes", { start, count: bytes.length });
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

const SHOWN_LENGTH = 100;
const SHOWN_BYTES = 33;
