import { fillPlaces, type Values } from "../spec/sentence.js";

/**
 * What the engine's sources say of how it stands with a page; "{page}" is the place of a value. They are said by a
 * function that a source is given, so that the panel can say them in other languages.
 */
export const STATUSES = {
  connecting: "Connecting to {page}",
  "connecting-on": "Connecting to {page} on {device}",
  waiting: "Connected: waiting for the page to answer",
  "no-answer": "No answer",
  "not-connected": "Not connected",

  early: "Hooked before the page's first script",
  late: "Hooked {seconds} s late: earlier calls are missing",
  replaced: "{hooked}; another script had replaced the API before",
  remark: "{hooked}. {remark}",

  "not-secure": "Not a secure page: there are no passkeys but on https and localhost",
  "other-keyhole": "Another Keyhole is in this page already: reload it",
  "no-script": "The hook cannot be put into new pages: {error}",
} as const satisfies Record<string, string>;

export type StatusId = keyof typeof STATUSES;

export type SayStatus = (id: StatusId, values?: Values) => string;

export const sayStatusInEnglish: SayStatus = (id, values) => fillPlaces(STATUSES[id], values);
