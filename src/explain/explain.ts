import { platformOf } from "../recording/platformOf.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import type { Call, Realm } from "../recording/recording.js";
import { type CauseId, type Engine, findErrorMessage } from "../spec/errorMessages.js";
import { fillPlaces, type Values } from "../spec/sentence.js";
import { isSupported, SUPPORT } from "../spec/support.js";
import { CAUSES } from "./causes.js";
import { type Circumstances, gatherClues, type WeighedClue } from "./clues.js";
import type { Cause, Clue, Explanation, Likelihood } from "./explanation.js";
import { CLUES, type ClueId, SUMMARIES, type SummaryId } from "./words.js";

/**
 * Why a call was rejected or never settled: causes with the facts for and against each, likeliest first.
 * A message that can have one cause alone decides; where browsers keep quiet on purpose, so that pages
 * can't tell who has a passkey, the facts of the call are weighed. Undefined for a call that was fulfilled.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-assertion-privacy
 */
export function explain(circumstances: Circumstances): Explanation | undefined {
  const { call, realm } = circumstances;
  // An imported request: nothing is known of how it ended.
  const isUnanswered = call.imported !== undefined && call.outcome.status === "pending";
  if (call.outcome.status === "fulfilled" || isUnanswered) return undefined;
  const candidates = candidatesOf(call, realm);
  const clues = gatherClues(circumstances);
  const isSaid = call.outcome.status === "rejected" && candidates.length === 1;
  const weighed = candidates.map((id, index) => weigh(id, index, clues, isSaid ? saying(call) : []));
  const causes = isSaid ? [certain(weighed[0]!)] : ranked(weighed);
  const isAmbiguous = !isSaid && isUndecided(causes);
  const sentences = sentencesOf(call, causes, isAmbiguous);
  const summary = sentences.map(({ text }) => text).join(" ");
  return { callId: call.id, summary, sentences, isAmbiguous, causes };
}

interface Weighed {
  id: CauseId;
  score: number;
  for: Clue[];
  against: Clue[];
}

/** What it can have been, before any fact is weighed; the usual first. */
function candidatesOf(call: Call, realm: Realm): readonly CauseId[] {
  if (call.outcome.status === "pending") return call.aborted ? ["aborted"] : pendingCandidates(call, realm);
  if (call.outcome.status === "fulfilled") return [];
  const { error } = call.outcome;
  const causes = findErrorMessage(error, engineOf(realm))?.causes.filter((cause) => canBe(cause, call));
  // A reason of the page's own: any value at all.
  if (call.aborted && !causes) return ["aborted"];
  const byName = (BY_NAME.get(error.name) ?? []).filter((cause) => canBe(cause, call));
  const possible = causes?.length ? causes : byName;
  return call.aborted && possible.length > 1 && !possible.includes("aborted")
    ? ["aborted", ...possible]
    : possible;
}

const OF_REGISTRATIONS: readonly CauseId[] = [
  "already-registered",
  "no-common-algorithm",
  "attestation-not-configured",
  "automatic-upgrade-refused",
];

/** The same words come of several calls, and not every cause does. */
function canBe(cause: CauseId, { api }: Call): boolean {
  return api === "credentials.create" || !OF_REGISTRATIONS.includes(cause);
}

/** Where the message is not known: what the specification means by the name. */
const BY_NAME: ReadonlyMap<string, readonly CauseId[]> = new Map<string, readonly CauseId[]>(
  Object.entries({
    AbortError: ["aborted", "overlapping-request", "document-gone"],
    ConstraintError: ["device-not-ready", "security-key-failed"],
    EncodingError: ["not-base64url"],
    InvalidStateError: ["already-registered", "document-gone"],
    NotAllowedError: [
      "declined",
      "no-matching-passkey",
      "device-not-ready",
      "timed-out",
      "not-focused",
      "frame-not-allowed",
      "overlapping-request",
      "no-user-activation",
      "web-view-not-associated",
      "automatic-upgrade-refused",
      "security-key-failed",
    ],
    NotReadableError: ["device-not-ready", "security-key-failed"],
    NotSupportedError: ["no-common-algorithm", "extension-input", "credential-type-unsupported"],
    OperationError: ["overlapping-request", "device-not-ready"],
    SecurityError: ["rp-id-not-for-origin", "domain-invalid", "web-view-not-associated", "extension-input"],
    SyntaxError: ["extension-input", "not-base64url"],
    TypeError: ["options-malformed"],
    UnknownError: ["device-not-ready", "security-key-failed"],
  } satisfies Record<string, readonly CauseId[]>),
);

function pendingCandidates(call: Call, realm: Realm): readonly CauseId[] {
  const { safari } = platformOf(realm);
  const isBrokenSignal =
    /signal(UnknownCredential|AllAcceptedCredentials)$/.test(call.api) &&
    safari !== undefined &&
    isSupported(SUPPORT.signalMethods, safari) &&
    !isSupported(SUPPORT.signalPromises, safari);
  if (isBrokenSignal) return ["promise-never-settles"];
  if (call.api !== "credentials.create" && call.api !== "credentials.get") return ["device-not-ready"];
  const mediation = readSnapshot(call.arguments[0]).member("mediation").text();
  const forAutofill: readonly CauseId[] = mediation === "conditional" ? ["no-field-for-autofill"] : [];
  return ["waiting-for-the-person", ...forAutofill, "overlapping-request", "document-gone"];
}

/** How much is to be said for a cause before the facts: the usual ones come first. */
const HEADSTART: Partial<Record<CauseId, number>> = {
  declined: 3,
  "no-matching-passkey": 2,
  "waiting-for-the-person": 3,
  "device-not-ready": 1,
  "rp-id-not-for-origin": 1,
  "already-registered": 2,
  "promise-never-settles": 3,
};

function weigh(id: CauseId, index: number, clues: readonly WeighedClue[], said: Clue[]): Weighed {
  const own = clues.filter(({ cause }) => cause === id);
  const score = own.reduce((sum, { weight }) => sum + weight, (HEADSTART[id] ?? 0) - index / 100);
  const bare = ({ cause: _, weight: __, ...clue }: WeighedClue): Clue => worded(clue);
  return {
    id,
    score,
    for: [...said, ...own.filter(({ weight }) => weight > 0).map(bare)],
    against: own.filter(({ weight }) => weight < 0).map(bare),
  };
}

function saying({ outcome }: Call): Clue[] {
  if (outcome.status !== "rejected") return [];
  const { name, message } = outcome.error;
  const at = "/outcome/error";
  return [
    message
      ? worded({ at, id: "said", values: { name, message: shorten(message) } })
      : worded({ at, id: "said-name", values: { name } }),
  ];
}

function worded(clue: Omit<Clue, "text"> & { id: ClueId }): Clue {
  return { ...clue, text: fillPlaces(CLUES[clue.id], clue.values) };
}

/** characters that a line of the panel can bear */
const SHOWN_LENGTH = 200;

function shorten(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}

function ranked(weighed: readonly Weighed[]): Cause[] {
  const sorted = [...weighed].sort((a, b) => b.score - a.score);
  const best = sorted[0]?.score ?? 0;
  // What the facts speak against is not worth a line, but for what everybody thinks of first.
  const kept = sorted.filter(({ id, score }, index) => index === 0 || score > -3 || id === "declined");
  return kept.map((each, index) => ({
    ...describe(each),
    rank: kept.findIndex(({ score }) => Math.round(score) === Math.round(each.score)) + 1,
    likelihood: likelihoodOf(each.score, best, index),
  }));
}

function certain(weighed: Weighed): Cause {
  return { ...describe(weighed), rank: 1, likelihood: "certain" };
}

function describe({ id, for: pro, against }: Weighed): Omit<Cause, "rank" | "likelihood"> {
  const { title, next } = CAUSES[id];
  return { id, title, for: pro, against, next: [...next] };
}

function likelihoodOf(score: number, best: number, index: number): Likelihood {
  if (score < 0 && index > 0) return "unlikely";
  return score >= 3 && (index === 0 || best - score < 1) ? "likely" : "possible";
}

/** Whether the best two are about as good, and one of them is the person. */
function isUndecided(causes: readonly Cause[]): boolean {
  const open = causes.filter(({ likelihood }) => likelihood === "likely" || likelihood === "possible");
  return open.length > 1 && open.some(({ id }) => id === "declined" || id === "waiting-for-the-person");
}

function sentencesOf(
  { duration, outcome }: Call,
  causes: readonly Cause[],
  isAmbiguous: boolean,
): Explanation["sentences"] {
  const isPending = outcome.status === "pending";
  const happened = isPending
    ? say("not-settled")
    : duration === undefined
      ? say("rejected")
      : say("rejected-after", { duration: { ms: duration } });
  const [best] = causes;
  if (!best) return [happened, say("nothing-known")];
  if (best.likelihood === "certain") return [happened, say("certain", { cause: best.title })];
  const how = best.likelihood === "likely" ? "likely" : "perhaps";
  const cause = { cause: lowerFirst(best.title) };
  const isUnseen = best.id === "waiting-for-the-person";
  const why = isUnseen ? say(`${how}-unseen`, cause) : say(how, cause);
  return isAmbiguous && !isPending ? [happened, why, say("ambiguous")] : [happened, why];
}

function say(id: SummaryId, values?: Values): Explanation["sentences"][number] {
  return { id, text: fillPlaces(SUMMARIES[id], values), ...(values && { values }) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Every browser on an iPhone is WebKit. */
function engineOf(realm: Realm): Engine {
  if (platformOf(realm).safari !== undefined || /\b(iPhone|iPad|iPod)\b/.test(realm.userAgent))
    return "webkit";
  return /\bFirefox\//.test(realm.userAgent) ? "firefox" : "chromium";
}
