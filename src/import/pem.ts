import { decodeBase64url } from "../bytes/base64url.js";
import { type ImportedCall, importedRecording } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { lineAndColumn } from "./places.js";
import { callOfPart, recognizeResponsePart, titleOf } from "./responsePart.js";

/**
 * Certificates and public keys as text. Private keys are refused: nothing here needs one, and a recording
 * is no place for it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export const pem: ImportFormat = {
  id: "pem",
  title: "certificates and keys as PEM",
  async read({ text, at: now }, notes) {
    if (text === undefined || !text.slice(0, 65_536).includes(BEGIN)) return undefined;
    const calls: ImportedCall[] = [];
    const titles: string[] = [];
    let blocks = 0;
    for (let from = text.indexOf(BEGIN); from >= 0; from = text.indexOf(BEGIN, from + 1)) {
      if (++blocks > MAX_BLOCKS) {
        notes.note("pem-too-many", `More than ${MAX_BLOCKS} blocks are not read.`, `character ${from}`);
        break;
      }
      const place = lineAndColumn(text, from).replace(/, column.*/, "");
      const labelEnd = text.indexOf("-----", from + BEGIN.length);
      const label = labelEnd < 0 || labelEnd - from > 80 ? "" : text.slice(from + BEGIN.length, labelEnd);
      const within = text.slice(labelEnd, labelEnd + MAX_BLOCK).indexOf(`-----END ${label}-----`);
      const end = within < 0 ? -1 : labelEnd + within;
      const offset = { offset: from, length: BEGIN.length };
      if (label === "" || end < 0) {
        notes.note("pem-unfinished", "This block has no end.", place, offset);
        continue;
      }
      if (label.includes("PRIVATE KEY")) {
        notes.note("private-key", "This is a private key. It was not read and is not kept.", place, offset);
        continue;
      }
      const { bytes, problems } = decodeBase64url(text.slice(labelEnd + 5, end).replace(/\s+/g, ""));
      const part = bytes && (await recognizeResponsePart(bytes));
      if (!part) {
        const why = bytes
          ? "It is neither a certificate nor a key that passkeys have."
          : problems[0]!.message;
        notes.note("pem-unreadable", `${label}: ${why}`, place, offset);
        continue;
      }
      titles.push(titleOf(part));
      calls.push(callOfPart(part, bytes, `${part.title} (PEM)`, place));
    }
    const takenFor = titles.length === 1 ? `${titles[0]} (PEM)` : "PEM";
    return calls.length === 0 ? { takenFor: "PEM" } : { takenFor, recording: importedRecording(calls, now) };
  },
};

const MAX_BLOCKS = 100;
/** Characters: many times what a certificate has. */
const MAX_BLOCK = 2 ** 20;
const BEGIN = "-----BEGIN ";
