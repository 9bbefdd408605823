import { encodeBase64url } from "../bytes/base64url.js";
import type { Reading } from "../recording/readSnapshot.js";
import type { Verdict } from "../recording/verdict.js";

/** What a step says: its outcome, and one sentence that names what was compared. */
export type Said = Pick<Verdict, "outcome" | "because">;

export const pass = (because: string): Said => ({ outcome: "pass", because });
export const fail = (because: string): Said => ({ outcome: "fail", because });
export const cannotTell = (because: string): Said => ({ outcome: "cannot-tell", because });
export const notApplicable = (because: string): Said => ({ outcome: "not-applicable", because });

/** Why a member can't be looked at: it could not be recorded, or what was imported does not have it. */
export function notKnown(name: string, member: Reading): Said {
  return cannotTell(`${name} isn’t known: ${member.describe().replace(/^unreadable: /, "")}.`);
}

/** A value of the page in a sentence: in quotes, no longer than a line. */
export function quoted(text: string): string {
  return `“${text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`}”`;
}

/** Bytes in a sentence: the first of them as base64url. */
export function shownBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes";
  const start = encodeBase64url(bytes.subarray(0, SHOWN_BYTES));
  return bytes.length <= SHOWN_BYTES ? start : `${start}… (${bytes.length} bytes)`;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

const SHOWN_LENGTH = 100;
const SHOWN_BYTES = 33;
