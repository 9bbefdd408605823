import type { CallId } from "../recording/recording.js";
import type { CauseId } from "../spec/errorMessages.js";
import type { Values } from "../spec/sentence.js";
import type { ClueId, SummaryId } from "./words.js";

/** Why a call failed or never settled, as far as the recording tells. All texts are ready to show. */
export interface Explanation {
  callId: CallId;
  /** one or two sentences: what is known, and what can't be */
  summary: string;
  /** the same, a sentence each, by their names in words.ts; the value `cause` is the title of the first cause */
  sentences: { id: SummaryId; text: string; values?: Values }[];
  /** the facts do not tell a person who declined from something that stood in the way */
  isAmbiguous: boolean;
  /** likeliest first, at least one */
  causes: Cause[];
}

export interface Cause {
  id: CauseId;
  /** 1 is the likeliest; equals share a rank */
  rank: number;
  likelihood: Likelihood;
  /** a few words: what happened */
  title: string;
  for: Clue[];
  against: Clue[];
  /** what to look at or try next */
  next: string[];
}

/** certain: the message says so */
export type Likelihood = "certain" | "likely" | "possible" | "unlikely";

/** A fact of the recording that speaks for or against a cause. */
export interface Clue {
  /** its name in words.ts */
  id: ClueId;
  /** one sentence */
  text: string;
  /** what stands in its places */
  values?: Values;
  /** JSON pointer into the call, e.g. "/environment/hasFocus"; absent if it is about the page or another call */
  at?: string;
  /** another call that it is about */
  callId?: CallId;
}
