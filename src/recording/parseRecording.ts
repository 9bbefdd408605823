import * as v from "valibot";
import type { JsonError } from "../bytes/jsonLayout.js";
import { parseJson } from "../bytes/parseJson.js";
import type { Problem } from "../bytes/problem.js";
import { shorten } from "../bytes/shorten.js";
import { finish, type Steps } from "../bytes/steps.js";
import type { Call, Recording } from "./recording.js";
import { CallSchema, RealmSchema, RecordingSchema, SNAPSHOT_KINDS } from "./schema.js";

/**
 * A recording's text, checked. `recording` is absent if anything is wrong that a reader would
 * stumble over; each problem names its place: the character for a text that is no JSON, a JSON
 * pointer (`path`) otherwise. What can be lived with (a hole in `seq`, a kind of snapshot that this
 * version does not know) is a problem beside the recording. Members that are not known are kept.
 * Never throws.
 */
export function parseRecording(text: string): CheckedRecording {
  if (text.length > MAX_LENGTH) {
    const message = `The text has ${text.length} characters; a recording may have ${MAX_LENGTH}.`;
    return { problems: [{ code: "recording-too-large", message, offset: 0, length: text.length }] };
  }
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const { error, value } = finish(parseJson(json, MAX_DEPTH));
  if (error) return { problems: [describeJsonError(error, json)] };
  return finish(checkRecording(value));
}

/** What `parseRecording` says of a JSON value, in steps. The value becomes the recording. */
export function* checkRecording(parsed: unknown): Steps<CheckedRecording> {
  const check = new RecordingCheck();
  if (!isRecordingOfThisVersion(parsed, check)) return { problems: check.problems };
  yield* checkValues(parsed, check);
  checkShell(parsed, check);
  if (!check.refused) yield* checkContents(parsed as unknown as Recording, check);
  return check.refused
    ? { problems: check.problems }
    : { recording: parsed as unknown as Recording, problems: check.problems };
}

export interface CheckedRecording {
  recording?: Recording;
  problems: Problem[];
}

/** Characters. A call takes some 5,000, so this is more than ten times the 2,000 calls that a tab keeps. */
export const MAX_LENGTH = 2 ** 27;
/** Levels of arrays and objects in each other. */
export const MAX_DEPTH = 256;

const MAX_PROBLEMS = 100;
const BYTE_ORDER_MARK = "\uFEFF";

type Json = Record<string, unknown>;

/** Where in the text a member stands: a chain, so that a pointer is only written out for a problem. */
interface Place {
  parent?: Place;
  key: string | number;
}

class RecordingCheck {
  readonly problems: Problem[] = [];
  refused = false;

  /** Nothing more that could be found would change the answer. */
  get full(): boolean {
    return this.refused && this.problems.length >= MAX_PROBLEMS;
  }

  refuse(code: string, message: string, place?: Place): void {
    // What it is refused for is said, however much was noted before.
    if (!this.refused && this.problems.length >= MAX_PROBLEMS) this.problems.pop();
    this.refused = true;
    this.note(code, message, place);
  }

  refuseMember(message: string, place?: Place): void {
    this.refuse("recording-member", message, place);
  }

  note(code: string, message: string, place?: Place): void {
    if (this.problems.length >= MAX_PROBLEMS) return;
    const path = pointerOf(place);
    const problem = { code, message: path ? `${path}: ${message}` : message, offset: 0, length: 0 };
    this.problems.push(path ? { ...problem, path } : problem);
  }
}

function describeJsonError({ kind, message, offset }: JsonError, text: string): Problem {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const code = {
    truncated: "recording-truncated",
    "too-deep": "recording-too-deep",
    "too-many": "recording-too-large",
  }[kind as string];
  const place = `line ${line}, column ${offset - lineStart + 1}`;
  const length = offset < text.length ? 1 : 0;
  if (text.trim() === "") return { code: "recording-empty", message: "The text is empty.", offset, length };
  return {
    code: code ?? "recording-not-json",
    message: `Not a recording: ${place}: ${message}`,
    offset,
    length,
  };
}

function isRecordingOfThisVersion(parsed: unknown, check: RecordingCheck): parsed is Json {
  if (!isObject(parsed)) {
    check.refuse("not-a-recording", `This is ${describe(parsed)}; a recording is an object.`);
    return false;
  }
  if (parsed.format !== FORMAT) {
    const found = parsed.format === undefined ? "no format" : `the format ${describe(parsed.format)}`;
    const message = `This JSON has ${found}; a recording has "${FORMAT}".`;
    check.refuse("not-a-recording", message, { key: "format" });
    return false;
  }
  const { version } = parsed;
  if (typeof version === "number" && Number.isInteger(version) && version > VERSION) {
    const message = `The recording has version ${version}; this Keyhole reads up to ${VERSION}. A newer one can open it.`;
    check.refuse("recording-newer-version", message, { key: "version" });
    return false;
  }
  return true;
}

const FORMAT = "keyhole-recording";
const VERSION = 1;

/**
 * Looks at every value there is. A number that JSON has no number for is none that any tool writes.
 * A member called __proto__ does no harm here, but would to whoever copies it by assignment. No tool
 * writes one, so the recording is refused; but in what a page passed or got it may be the page's doing,
 * which must not make its own recording unreadable: there it is left out.
 */
function* checkValues(root: Json, check: RecordingCheck): Steps<void> {
  const open: { value: object; place?: Place; isOfPage: boolean }[] = [{ value: root, isOfPage: false }];
  let seen = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    if (++seen % VALUES_AT_ONCE === 0) yield PROTOTYPES_SHARE * (seen / (seen + open.length));
    const { value, place, isOfPage } = next;
    if (Object.hasOwn(value, "__proto__")) {
      const at: Place = place ? { parent: place, key: "__proto__" } : { key: "__proto__" };
      if (isOfPage) check.note("recording-hostile-member", "A member of this name is left out.", at);
      else check.refuse("recording-hostile-member", "No recording has a member of this name.", at);
      Reflect.deleteProperty(value, "__proto__");
    }
    forEachMember(value, (member, key) => {
      const at = (): Place => (place ? { parent: place, key } : { key });
      if (typeof member === "number" && !Number.isFinite(member))
        check.refuseMember("The number is too large for JSON.", at());
      if (typeof member !== "object" || member === null) return;
      open.push({ value: member, place: at(), isOfPage: isOfPage || OF_PAGE.has(key) });
    });
  }
}

/** The members of a call that hold snapshots, whatever they are nested in. */
const OF_PAGE: ReadonlySet<string | number> = new Set(["arguments", "value", "reason"]);

/** Everything but the realms and calls, which may be many. */
function checkShell(parsed: Json, check: RecordingCheck): void {
  const { realms, calls } = parsed;
  for (const [key, list] of Object.entries({ realms, calls })) {
    if (Array.isArray(list)) continue;
    check.refuse("recording-member", `It is ${describe(list)}, not an array.`, { key });
  }
  checkAgainst(RecordingSchema, { ...parsed, realms: [], calls: [] }, undefined, check);
}

function* checkContents(recording: Recording, check: RecordingCheck): Steps<void> {
  const { realms, calls } = recording;
  const realmPlaces = new Map<string, number>();
  realms.forEach((realm, key) => {
    const place: Place = { parent: { key: "realms" }, key };
    if (check.full || !checkAgainst(RealmSchema, realm, place, check)) return;
    checkUnique(realmPlaces, realm.id, key, place, check);
  });
  const callPlaces = new Map<string, number>();
  const nextSeq = new Map<string, number>();
  for (const [key, call] of calls.entries()) {
    if (key % CALLS_AT_ONCE === 0) yield PROTOTYPES_SHARE + (1 - PROTOTYPES_SHARE) * (key / calls.length);
    const place: Place = { parent: { key: "calls" }, key };
    if (check.full) return;
    if (!checkAgainst(CallSchema, call, place, check)) continue;
    checkUnique(callPlaces, call.id, key, place, check);
    if (!realmPlaces.has(call.realmId)) {
      const message = `No realm has the id ${describe(call.realmId)}.`;
      check.refuse("recording-unknown-realm", message, { parent: place, key: "realmId" });
    }
    checkSeq(nextSeq, call, (recording.lostCalls ?? 0) > 0, place, check);
    checkSnapshots(call, place, check);
  }
}

/** between two pauses */
const VALUES_AT_ONCE = 2_000;
const CALLS_AT_ONCE = 16;
/** of the time that the whole check takes, roughly */
const PROTOTYPES_SHARE = 0.2;

function checkUnique(
  seen: Map<string, number>,
  id: string,
  index: number,
  place: Place,
  check: RecordingCheck,
): void {
  const before = seen.get(id);
  // What is said of a call may be kept under its id.
  if (id === "__proto__")
    check.refuse("recording-hostile-member", "Nothing has this id.", { parent: place, key: "id" });
  else if (before === undefined) seen.set(id, index);
  else {
    const message = `The id ${describe(id)} is also that of ${pointerOf(place.parent)}/${before}.`;
    check.refuse("recording-duplicate-id", message, { parent: place, key: "id" });
  }
}

/** Calls that are known to be lost leave a hole at the beginning of a realm, and none elsewhere. */
function checkSeq(
  nextSeq: Map<string, number>,
  { realmId, seq }: Call,
  lost: boolean,
  place: Place,
  check: RecordingCheck,
): void {
  const expected = nextSeq.get(realmId) ?? (lost ? seq : 0);
  nextSeq.set(realmId, Math.max(expected, seq + 1));
  if (seq === expected) return;
  const what = seq > expected ? `${seq - expected} calls before it are missing` : "it is out of order";
  const message = `The seq is ${seq} where ${expected} is next: ${what}.`;
  check.note("recording-seq", message, { parent: place, key: "seq" });
}

function checkSnapshots(call: Call, place: Place, check: RecordingCheck): void {
  checkSnapshot(call.arguments, { parent: place, key: "arguments" }, check);
  if (call.aborted)
    checkSnapshot(call.aborted.reason, { parent: { parent: place, key: "aborted" }, key: "reason" }, check);
  if (call.outcome.status === "fulfilled")
    checkSnapshot(call.outcome.value, { parent: { parent: place, key: "outcome" }, key: "value" }, check);
}

/**
 * Whether a recording with these values of a page in it opens again: what calls are made of as they come is
 * held to what a file of them is held to.
 */
export function areSnapshots(values: readonly unknown[]): boolean {
  const check = new RecordingCheck();
  for (const value of values) checkSnapshot(value, { key: "value" }, check);
  return !check.refused && values.every(isFlatEnough);
}

/** In a recording, a value stands inside a few levels more. */
function isFlatEnough(root: unknown): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH - 8) return false;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return true;
}

/** Without recursion: what a page makes may nest as deep as the text is allowed to. */
function checkSnapshot(root: unknown, rootPlace: Place, check: RecordingCheck): void {
  if (root === undefined) {
    check.refuse("recording-member", "There is no value.", rootPlace);
    return;
  }
  const open: { value: unknown; place: Place }[] = [{ value: root, place: rootPlace }];
  for (let next = open.pop(); next && !check.full; next = open.pop()) {
    const { value, place } = next;
    if (typeof value !== "object" || value === null) continue;
    const isKind = Object.hasOwn(value, "$");
    if (isKind && !checkKind(value as Json, place, check)) continue;
    if (isKind && !Object.hasOwn(value, "value")) continue;
    const inside = isKind ? (value as Json).value : value;
    const insidePlace = isKind ? { parent: place, key: "value" } : place;
    // Valibot takes an array for an object.
    if (isKind && Array.isArray(inside)) check.refuseMember("It is an array, not an object.", insidePlace);
    if (typeof inside === "object" && inside !== null)
      forEachMember(inside, (member, key) =>
        open.push({ value: member, place: { parent: insidePlace, key } }),
      );
  }
}

/** False where nothing further is to be looked at. */
function checkKind(value: Json, place: Place, check: RecordingCheck): boolean {
  const kind = value.$;
  if (typeof kind === "string" && Object.hasOwn(SNAPSHOT_KINDS, kind))
    return checkAgainst(SNAPSHOT_KINDS[kind as keyof typeof SNAPSHOT_KINDS], value, place, check);
  const message = `${describe(kind)} is no kind of value that this version knows.`;
  check.note("recording-unknown-kind", message, { parent: place, key: "$" });
  return false;
}

/** One problem per value is enough to find it; hostile ones could have millions. */
function checkAgainst(
  schema: v.GenericSchema,
  value: unknown,
  place: Place | undefined,
  check: RecordingCheck,
): boolean {
  const { success, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return true;
  const [issue] = issues;
  let at = place;
  for (const { key } of issue.path ?? [])
    at = at ? { parent: at, key: key as string | number } : { key: key as string | number };
  const found = issue.path?.at(-1);
  const what = found ? found.value : value;
  const message =
    what === undefined
      ? `It is missing; expected ${issue.expected ?? "another value"}.`
      : `It is ${describe(what)}; expected ${issue.expected ?? "another value"}.`;
  check.refuseMember(message, at);
  return false;
}

function forEachMember(value: object, visit: (member: unknown, key: string | number) => void): void {
  if (Array.isArray(value)) value.forEach(visit);
  else for (const key of Object.keys(value)) visit((value as Json)[key], key);
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function pointerOf(place: Place | undefined): string {
  let pointer = "";
  for (let at = place; at; at = at.parent)
    pointer = `/${shorten(String(at.key), SHOWN_LENGTH).replaceAll("~", "~0").replaceAll("/", "~1")}${pointer}`;
  return pointer;
}

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") return `"${shorten(value, SHOWN_LENGTH)}"`;
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** characters that are shown of a name or value from a file */
const SHOWN_LENGTH = 60;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
