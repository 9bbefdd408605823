import type { Recording } from "./recording.js";

/** A recording as the text of a `.keyhole.json` file; `parseRecording` gives the same recording back. */
export function serializeRecording(recording: Recording): string {
  return `${JSON.stringify(recording)}\n`;
}
