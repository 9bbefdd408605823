import { jsonLayout } from "../bytes/jsonLayout.js";
import { ceremonyCalls, type FoundPart } from "./ceremonyCalls.js";
import { describeParts } from "./ceremonyJson.js";
import { findCeremonies } from "./findCeremonies.js";
import { importedRecording } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { lineAndColumn } from "./places.js";

/**
 * JSON in the middle of other text: lines of a log, and what "Copy as fetch" and "Copy as cURL" of a Network panel give,
 * where it may be in a string literal.
 */
export const surroundedJson: ImportFormat = {
  id: "surrounded-json",
  title: "logs and copied requests with options or responses in them",
  async read({ text, json, jsonProblem, at }, notes) {
    if (text === undefined || json || jsonProblem || text.length > MAX_LENGTH || !HINTS.test(text))
      return undefined;
    const parts = partsIn(text);
    if (parts.length === 0) return undefined;
    const takenFor = `${describeParts(parts)} inside other text`;
    return { takenFor, recording: importedRecording(await ceremonyCalls(parts, takenFor, notes), at) };
  },
};

function partsIn(text: string): FoundPart[] {
  const parts: FoundPart[] = [];
  const beginnings = /[{[]|"(?=\s*\{\\")/g;
  let walked = 0;
  for (let found = beginnings.exec(text); found && walked < MAX_WALK; found = beginnings.exec(text)) {
    const rest = text.slice(found.index, found.index + MAX_VALUE);
    const { error, end } = jsonLayout(rest, MAX_DEPTH);
    walked += error && error.kind !== "trailing" ? error.offset : end;
    if (error && error.kind !== "trailing") continue;
    beginnings.lastIndex = found.index + end;
    const value = rest.slice(0, end);
    if (!HINTS.test(value)) continue;
    const place = `${lineAndColumn(text, found.index)}: `;
    for (const part of findCeremonies(JSON.parse(value)))
      parts.push({ ...part, place, ...(part.at === "" && value.startsWith("{") && { text: value }) });
  }
  return parts;
}

const HINTS = /challenge|clientDataJSON/;
const MAX_DEPTH = 64;
/** Characters of the text, of one value in it, and of what is read in the hope that it is one. */
const MAX_LENGTH = 2 ** 24;
const MAX_VALUE = 2 ** 20;
const MAX_WALK = 2 ** 25;
