import { halvesOf } from "./linkKey.js";
import { type ParsedReading, parseReading } from "./parseReading.js";

/**
 * A console message of the bootstrap script, checked; undefined for any other message, and for one that
 * a page made up: it does not know the key. Takes the text as an inspector protocol has it, whole.
 */
export function parsePushedLine(message: string, key: string): ParsedReading | undefined {
  const [header = "", version, mark, length, sum] = HEADER.exec(message) ?? [];
  if (mark !== halvesOf(key).mark) return undefined;
  if (version !== VERSION) return { problems: [problem(`a line of version ${version}, of another Keyhole`)] };
  const payload = message.slice(header.length);
  if (payload.length !== Number(length))
    return { problems: [problem(`a line of ${payload.length} characters that had ${length}`)] };
  if (checksum(payload) !== sum) return { problems: [problem("a line that was changed on its way")] };
  return parseReading(payload);
}

/**
 * `keyhole:1:mark:length:checksum:payload`. The payload is the JSON of a `Reading`, in ASCII without white
 * space. The hook writes it, see `extension/page-hook/readout.ts`.
 */
export const HEADER = /^keyhole:(\d{1,4}):([0-9a-f]{16}):(\d{1,9}):([0-9a-f]{8}):/;
export const VERSION = "1";

/** That of a payload, in 8 hexadecimal digits. Tells a damaged line from a whole one, and no more. */
export function checksum(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) >>> 0;
  return sum.toString(16).padStart(8, "0");
}

function problem(what: string) {
  return { code: "link-line", message: `The console had ${what}.`, offset: 0, length: 0 };
}
