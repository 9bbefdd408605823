import type { Problem } from "../bytes/problem.js";
import type { Pace } from "../bytes/steps.js";
import type { Recording } from "../recording/recording.js";
import type { Notes } from "./notes.js";

/** What someone opened, dropped or pasted, before anybody knows what it is. */
export interface Material {
  /** the text, without a byte order mark; undefined for bytes that are no text */
  text?: string;
  /** the values in the text, if it is one JSON value, or several after each other */
  json?: readonly JsonPart[];
  /** why a text that looks like JSON is none, and where */
  jsonProblem?: Problem;
  /** bytes that are no text */
  bytes?: Uint8Array;
  /** epoch milliseconds, for what does not tell its own time */
  at: number;
}

/** A JSON value and where it stands in the material. */
export interface JsonPart {
  value: unknown;
  /** before the pointers into it: "" if it is the only one, "JSON value 2: " otherwise */
  place: string;
  /** the very text of the value */
  text: string;
}

export interface ImportFormat {
  id: string;
  /** what people call it, for the sentence that lists what can be imported */
  title: string;
  /**
   * Undefined if the material is not of this format. A recording if it is and could be read; what could
   * not be is noted. Nothing but notes if it is of this format for sure, and can't be read. What may take
   * long is done at the `pace`.
   */
  read(material: Material, notes: Notes, pace: Pace): Taken | undefined | Promise<Taken | undefined>;
}

export interface Taken {
  /** what it was taken for, in words that stand alone: "HAR file" */
  takenFor: string;
  recording?: Recording;
}
