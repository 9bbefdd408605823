import type { Recording } from "../recording/recording.js";
import { serializeRecording } from "../recording/serializeRecording.js";

/**
 * A page that shows the recording, by itself: it opens from a disk, without a network and without the
 * extension. `viewer` is the text of the viewer's page, as the build makes it, with an empty place for
 * the recording; a programmer's mistake is one without.
 *
 * Nothing in the recording can end the place it stands in: every "<" is written as an escape of JSON.
 */
export function toHtml(recording: Recording, viewer: string): string {
  const at = viewer.indexOf(PLACE);
  if (at < 0) throw new Error("The viewer has no place for a recording.");
  const json = serializeRecording(recording).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const start = at + PLACE.length - END.length;
  return viewer.slice(0, start) + json + viewer.slice(start);
}

const END = "</script>";
const PLACE = `<script type="application/json" id="keyhole-recording">${END}`;
