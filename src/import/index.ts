import type { Problem } from "../bytes/problem.js";
import { type Pace, paced, within } from "../bytes/steps.js";
import { MAX_LENGTH } from "../recording/parseRecording.js";
import type { Recording } from "../recording/recording.js";
import { bareBytes } from "./bareBytes.js";
import { ceremonyJson } from "./ceremonyJson.js";
import { consoleText } from "./consoleText.js";
import { har } from "./har.js";
import type { ImportFormat, Material } from "./importFormat.js";
import { keyholeRecording } from "./keyholeRecording.js";
import { Notes } from "./notes.js";
import { pem } from "./pem.js";
import { lineAndColumn } from "./places.js";
import { readMaterial } from "./readMaterial.js";
import { surroundedJson } from "./surroundedJson.js";
import { webauthnDevtools } from "./webauthnDevtools.js";
import { webauthnRecorder } from "./webauthnRecorder.js";
import { webkitTab } from "./webkitTab.js";

/** What can be imported. The first that recognizes the material reads it: the more particular come first. */
export const IMPORT_FORMATS: readonly ImportFormat[] = [
  keyholeRecording,
  consoleText,
  har,
  webauthnDevtools,
  webauthnRecorder,
  webkitTab,
  ceremonyJson,
  surroundedJson,
  pem,
  bareBytes,
];

export interface ImportResult {
  /** absent: there is nothing in it that could be opened, and `problems` says why and where */
  recording?: Recording;
  /** what it was taken for, in words: "HAR file"; absent if nobody knows it */
  takenFor?: string;
  /** what could not be read, each with its place; the first hundred */
  problems: Problem[];
  /** how many there were */
  unreadable: number;
}

/**
 * Whatever someone opened, dropped or pasted, as a recording: what it is is found out, not asked. What is
 * not in it isn't made up: it stands as unreadable or unknown, so that rules and verdicts "can't tell".
 * Bad input, hostile input and half of a file yield problems that name their place. Never throws.
 *
 * @param input a text, or the bytes of a file
 * @param options.at epoch milliseconds, for what does not tell its own time; default: now
 * @param options.pace told how far it is, and waited for: so that a page can go on answering meanwhile
 */
export async function importAnything(
  input: string | Uint8Array,
  { at = Date.now(), pace = () => undefined }: { at?: number; pace?: Pace } = {},
): Promise<ImportResult> {
  const notes = new Notes();
  if (input.length > MAX_LENGTH) {
    const unit = typeof input === "string" ? "characters" : "bytes";
    notes.note("too-large", `It has ${input.length} ${unit}; up to ${MAX_LENGTH} can be opened.`);
    return resultOf(notes);
  }
  const material = await paced(within(readMaterial(input, at), 0, MATERIAL_SHARE), pace);
  const rest: Pace = (share) => pace(MATERIAL_SHARE + (1 - MATERIAL_SHARE) * share);
  for (const format of IMPORT_FORMATS) {
    const taken = await format.read(material, notes, rest);
    if (taken) return resultOf(notes, taken.takenFor, taken.recording);
  }
  explainUnknown(material, notes);
  return resultOf(notes);
}

/** Of the time that it takes to read a recording, roughly. */
const MATERIAL_SHARE = 0.5;

function resultOf(notes: Notes, takenFor?: string, recording?: Recording): ImportResult {
  const { problems, count } = notes;
  return {
    ...(recording && { recording }),
    ...(takenFor !== undefined && { takenFor }),
    problems,
    unreadable: count,
  };
}

function explainUnknown({ text, json, jsonProblem }: Material, notes: Notes): void {
  if (jsonProblem) {
    notes.adopt([
      { ...jsonProblem, message: `It looks like JSON, but can’t be read. ${jsonProblem.message}` },
    ]);
    return;
  }
  if (text !== undefined && text.trim() === "")
    notes.note("empty", "There is nothing in it.", "line 1, column 1");
  else if (json) notes.note("nothing-found", `${describeJson(json[0]!.value)} No ceremony is in it.`, "/");
  else notes.note("unknown", `Nothing that Keyhole knows. It opens ${KNOWN}.`, lineAndColumn(text ?? "", 0));
}

const KNOWN = IMPORT_FORMATS.map(({ title }) => title).join("; ");

function describeJson(value: unknown): string {
  if (Array.isArray(value)) return `This JSON is an array of ${value.length}.`;
  if (typeof value !== "object" || value === null)
    return `This JSON is ${value === null ? "null" : `a ${typeof value}`}.`;
  const names = Object.keys(value);
  const shown = names.slice(0, 6).map((name) => `“${name.slice(0, 40)}”`);
  if (names.length > shown.length) shown.push("…");
  return names.length === 0 ? "This JSON is an empty object." : `This JSON has ${shown.join(", ")}.`;
}
