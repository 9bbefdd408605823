import { isoTime } from "../bytes/isoTime.js";
import type { Problem } from "../bytes/problem.js";
import type { Call, Realm, RealmId, Recording } from "../recording/recording.js";
import { halvesOf } from "./linkKey.js";
import { parseReading } from "./parseReading.js";
import { checksum, HEADER, VERSION } from "./pushedLine.js";
import type { Reading } from "./reading.js";
import { receiveReadings } from "./receiveReadings.js";

/**
 * Text that was saved or copied from a console to which the bootstrap script wrote, as a recording.
 * Other messages are passed over, prefixes and locations too; lines that were wrapped, indented, quoted
 * or re-encoded are mended, as their payload has neither white space nor anything but ASCII. What could
 * not be read is a problem that names the line, and calls that are known to be missing are counted in
 * `lostCalls`. No recording where not a single line could be read. Never throws.
 *
 * key: takes the lines of that script alone; without it, those of the script that wrote the first line,
 * which runs before a page can write one.
 */
export function parseConsoleText(
  text: string,
  { key }: { key?: string } = {},
): { recording?: Recording; problems: Problem[] } {
  const lines = readLines(text);
  const whole = lines.filter((line) => line.payload !== undefined);
  const mark = key === undefined ? whole[0]?.mark : halvesOf(key).mark;
  const own = whole.filter((line) => line.mark === mark);
  const readings = own.map((line) => ({ ...line, ...parseReading(line.payload) }));

  const problems: Problem[] = [];
  const note = (code: string, message: string, place: Place) =>
    problems.push({ code, message: `Line ${place.line}: ${message}`, offset: place.offset, length: 0 });
  for (const line of lines) if (line.payload === undefined) note("console-damaged", line.damage, line);
  for (const line of readings)
    for (const { message } of line.problems) note("console-not-a-call", message, line);
  const foreign = whole.length - own.length;
  if (foreign > 0) {
    const message = `${count(foreign, "line")} of another bootstrap script, or made up by a page, left out.`;
    problems.push({ code: "console-foreign", message, offset: 0, length: 0 });
  }
  const { recording, missing } = recordingOf(readings.flatMap(({ reading }) => reading ?? []));
  if (missing > 0) {
    const message = `${count(missing, "event")} are not in the text: what became of some calls is not known.`;
    problems.push({ code: "console-missing", message, offset: 0, length: 0 });
  }
  if (!recording && problems.length === 0)
    problems.push({ code: "console-empty", message: EMPTY, offset: 0, length: 0 });
  return { ...(recording && { recording }), problems };
}

/** Whether the text has at least the beginning of a line of the bootstrap script. */
export function looksLikeConsoleText(text: string): boolean {
  return START.test(text);
}

const EMPTY =
  "There is no line of Keyhole's bootstrap script in this text. Its lines begin with keyhole:1: and stand among the Info messages.";

interface Place {
  offset: number;
  /** counted from 1 */
  line: number;
}
type Line = Place & ({ mark: string; payload: string } | { payload?: undefined; damage: string });

const START = /keyhole:\d{1,4}:[0-9a-f]/;
const INVISIBLE = String.raw`\u00ad\u200b-\u200f\u2060\ufeff`;
/** A line that was broken in its header is one all the same. */
const STARTS = new RegExp(
  [..."keyhole:"].map((letter) => `${letter}${BREAK()}`).join("") + String.raw`(?=\d{1,4}${BREAK()}:)`,
  "g",
);

/** Where a program breaks a line, it may indent and quote what follows. */
function BREAK(): string {
  return String.raw`(?:[${INVISIBLE}]+|[^\S\n]*\n[\s>|]*)?`;
}

function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let end = 0;
  let line = 1;
  let counted = 0;
  let wasted = 0;
  for (const { index: offset } of text.matchAll(STARTS)) {
    // A payload may hold what looks like a beginning: the page decides what is in its strings.
    if (offset < end) continue;
    for (let at = text.indexOf("\n", counted); at >= 0 && at < offset; at = text.indexOf("\n", counted)) {
      counted = at + 1;
      line++;
    }
    const read = readLine(text, offset);
    lines.push({ offset, line, ...read });
    if ("end" in read) end = read.end;
    else wasted += Math.min(text.length - offset, MAX_LINE);
    if (wasted > MAX_WASTED) {
      lines.push({ offset, line, damage: "So much is damaged that the rest was not looked at." });
      break;
    }
  }
  return lines;
}

/** Characters of a payload; one call takes a million at most. */
const MAX_LINE = 2 ** 23;
/** Characters that may be gone through in vain: a text can be made of nothing but beginnings. */
const MAX_WASTED = 2 ** 26;

function readLine(
  text: string,
  offset: number,
): { mark: string; payload: string; end: number } | { damage: string } {
  let damage = "The header of the line is damaged.";
  for (const mend of MENDINGS) {
    const [header = "", version, mark = "", length = "", sum] =
      HEADER.exec(mend(text.slice(offset, offset + 400))) ?? [];
    if (!header) continue;
    if (version !== VERSION)
      return { damage: `The line is of version ${version}, which another Keyhole wrote.` };
    const size = Math.min(Number(length), MAX_LINE);
    // Breaks and quotes take room, too.
    const mended = mend(text.slice(offset, offset + 400 + size * 4));
    const payload = mended.slice(header.length, header.length + size);
    if (payload.length === size && checksum(payload) === sum)
      return { mark, payload, end: endOf(text, offset, mend, header.length + size) };
    damage =
      payload.length < size
        ? `Of ${size} characters there are ${payload.length}: the rest was cut off.`
        : "The line was changed, or other text came in between.";
  }
  return { damage };
}

/** Where `length` mended characters end in the text. */
function endOf(text: string, offset: number, mend: (text: string) => string, length: number): number {
  let end = offset + length;
  for (let missing = length; missing > 0 && end < text.length; end += missing)
    missing = length - mend(text.slice(offset, end)).length;
  return end;
}

/** What may have happened to a line on its way, undone: each one more, and only if the sum is right then. */
const MENDINGS: readonly ((text: string) => string)[] = (() => {
  const plain = (text: string) =>
    text
      .replace(new RegExp(`[\\s${INVISIBLE}]+`, "g"), "")
      .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
      .replace(/[\u2010-\u2015]/g, "-");
  const unquoted = (text: string) => plain(text.replace(/\n[\s>|]+/g, "\n"));
  const unescaped = (text: string) => unquoted(text).replace(/\\(["\\])/g, "$1");
  const decoded = (text: string) =>
    unquoted(text).replace(/&(quot|lt|gt|amp|#39|#34);/g, (_, name: string) => ENTITIES[name] ?? "");
  return [plain, unquoted, unescaped, decoded];
})();

const ENTITIES: Record<string, string> = { quot: '"', "#34": '"', lt: "<", gt: ">", amp: "&", "#39": "'" };

function recordingOf(readings: readonly Reading[]): { recording?: Recording; missing: number } {
  if (readings.length === 0) return { missing: 0 };
  const realms = new Map<RealmId, Realm>();
  const calls = new Map<string, Call>();
  let missing = 0;
  const receiver = receiveReadings({
    realm: (realm) => void realms.set(realm.id, realm),
    call: (call) => void calls.set(call.id, call),
    gap(count) {
      missing += count;
    },
  });
  const ends = new Map<RealmId, number>();
  for (const reading of readings) {
    receiver.take(reading);
    ends.set(
      reading.realmId,
      Math.max(ends.get(reading.realmId) ?? 0, reading.first + reading.events.length),
    );
  }
  // Nobody can be asked for what is missing any more.
  for (const [realmId, end] of ends) receiver.take({ realmId, oldest: end, first: end, events: [] });
  const known = [...calls.values()];
  let lost = 0;
  for (const id of realms.keys()) lost += holesIn(known.filter(({ realmId }) => realmId === id));
  const [first] = realms.values();
  const end = [...realms.values(), ...known].reduce(
    (latest, { startedAt }) => Math.max(latest, startedAt),
    0,
  );
  const recording: Recording = {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "Keyhole", version: first?.hook.version ?? "" },
    createdAt: isoTime(end),
    ...(lost > 0 && { lostCalls: lost }),
    realms: [...realms.values()].sort(
      (a, b) => a.startedAt - b.startedAt || a.hook.installedAt - b.hook.installedAt,
    ),
    calls: known.sort((a, b) => a.startedAt - b.startedAt || a.seq - b.seq),
  };
  return { recording, missing };
}

/** Calls count up from 0 without holes. */
function holesIn(calls: readonly Call[]): number {
  return calls.reduce((end, { seq }) => Math.max(end, seq + 1), 0) - calls.length;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
