import type { Call, CallId, Finding, Realm, RealmId, Severity } from "../../src/index.js";
import { isTopLevel, readSnapshot } from "../../src/index.js";
import { describeDuration, describeDurationShort } from "../words/describeDuration.js";
import { describeInitiator } from "../words/describeInitiator.js";
import { describeMethod, describeVariant } from "../words/describeMethod.js";
import { describeOutcome, type OutcomeTone } from "../words/describeOutcome.js";
import { describeTime } from "../words/describeTime.js";
import { say, sayCount } from "../words/say.js";
import { shorten, showControls } from "../words/shorten.js";
import { type Matcher, TEXT_LIMIT } from "./filter.js";
import type { Known } from "./known.js";
import type { LogState } from "./log.js";

export type Row = CallRow | NoteRow;

/** A call as the list shows it: words and numbers alone, so that two rows are easily compared. */
export interface CallRow {
  kind: "call";
  id: CallId;
  method: string;
  variant: string;
  rpId: string;
  /** the page did not name the RP ID: the browser took the host */
  isRpIdImplied: boolean;
  /** host of the frame, unless the call was made by the page itself */
  frame: string;
  tone: OutcomeTone;
  outcome: string;
  errors: number;
  warnings: number;
  infos: number;
  /** findings of switched-off rules */
  hidden: number;
  /** empty while pending */
  took: string;
  /** in one unit */
  tookShort: string;
  startedAt: number;
  time: string;
  from: string;
}

/** A line between calls: a navigation, or a loss. */
export interface NoteRow {
  kind: "note";
  id: string;
  text: string;
  title: string;
}

/** A list as it was last made, to make the next one from: what says the same is the same object. */
export class RowMaker {
  #notes = new Map<string, NoteRow>();
  #calls = new Map<CallId, Made>();

  /**
   * The rows of the list, in the order in which the calls started, some at a time. A row whose call did
   * not change is the same object as before, so that the list draws again only what changed, and costs
   * next to nothing here.
   */
  *make(log: LogState, known: Known, matches: Matcher): Generator<void, Rows> {
    const rows: Row[] = [];
    const notes = new Map<string, NoteRow>();
    const note = (row: NoteRow) => {
      const before = this.#notes.get(row.id);
      const kept = before?.text === row.text && before.title === row.title ? before : row;
      notes.set(row.id, kept);
      rows.push(kept);
    };
    if (this.#calls.size > 2 * log.calls.length + 100) this.#calls.clear();

    if (log.lost > 0) note(lossRow(log));
    const pages = [...log.realms.values()].filter(isTopLevel);
    const places = new Map(pages.map(({ id }, place) => [id, place]));
    const firstCalls = new Map<RealmId, number>();
    for (const [n, { realmId }] of log.calls.entries())
      if (!firstCalls.has(realmId)) firstCalls.set(realmId, n);
    let page = 0;
    let marked = 0;
    let shown = 0;
    let cut = 0;
    const totals = { errors: 0, warnings: 0, infos: 0 };
    const markPage = () => {
      if (page > marked) note(boundaryRow(pages[page]!, pages[page - 1]!));
      marked = page;
    };
    for (const [n, call] of log.calls.entries()) {
      const own = places.get(call.realmId) ?? -1;
      page = Math.max(page, own);
      for (let next = pages[page + 1]; next && next.startedAt <= call.startedAt; next = pages[++page + 1])
        // The clock was set back: the page is still the one that calls.
        if (own === page && (firstCalls.get(next.id) ?? -1) > n) break;
      const { made, isNew } = this.#madeFor(call, log.realms.get(call.realmId), known, matches);
      if (isNew) yield;
      totals.errors += made.row.errors;
      totals.warnings += made.row.warnings;
      totals.infos += made.row.infos;
      if (made.isMatch === undefined) cut++;
      if (!made.isMatch) continue;
      markPage();
      shown++;
      rows.push(made.row);
    }
    page = pages.length - 1;
    if (shown > 0) markPage();
    if (cut > 0) note(cutRow(cut));
    this.#notes = notes;
    return { rows, shown, totals };
  }

  #madeFor(
    call: Call,
    realm: Realm | undefined,
    known: Known,
    matches: Matcher,
  ): { made: Made; isNew: boolean } {
    const before = this.#calls.get(call.id);
    const version = known.versionOf(call.id);
    const provider = known.providerOf(call.id);
    const isSame =
      before?.call === call &&
      before.realm === realm &&
      before.version === version &&
      before.provider === provider;
    if (isSame && before.matches === matches) return { made: before, isNew: false };
    const row = isSame ? before.row : callRow(call, realm, known);
    const kept = before && saysTheSame(before.row, row) ? before.row : row;
    const isMatch = matches(call, realm, known.findingsOf(call.id));
    const made = { call, realm, version, provider, matches, isMatch, row: kept };
    this.#calls.set(call.id, made);
    return { made, isNew: true };
  }
}

export interface Rows {
  rows: Row[];
  /** number of calls among them */
  shown: number;
  /** number of findings of the whole log, by severity */
  totals: Pick<CallRow, "errors" | "warnings" | "infos">;
}

/** What a row was made of. */
interface Made {
  call: Call;
  realm: Realm | undefined;
  version: object | undefined;
  provider: string | undefined;
  matches: Matcher;
  isMatch: boolean | undefined;
  row: CallRow;
}

function callRow(call: Call, realm: Realm | undefined, known: Known): CallRow {
  const findings = known.findingsOf(call.id);
  const { tone, word } = describeOutcome(call, known.providerOf(call.id));
  const named = rpIdNamedBy(call);
  const isCeremony = call.api === "credentials.create" || call.api === "credentials.get";
  return {
    kind: "call",
    id: call.id,
    method: describeMethod(call.api),
    variant: describeVariant(call),
    rpId: showControls(
      shorten(named ?? known.ceremonyOf(call.id)?.rpId ?? (isCeremony ? domainOf(realm?.origin) : ""), 120),
    ),
    isRpIdImplied: named === undefined,
    frame: realm && !isTopLevel(realm) ? hostOf(realm.origin) || say("list_frame") : "",
    tone,
    outcome: word,
    ...countFindings(findings),
    hidden: known.hiddenOf(call.id).length,
    took: call.duration === undefined ? "" : describeDuration(call.duration),
    tookShort: call.duration === undefined ? "" : describeDurationShort(call.duration),
    startedAt: call.startedAt,
    time: describeTime(call.startedAt),
    from: describeInitiator(call.initiator) ?? "",
  };
}

/** How many there are of each severity. */
export function countFindings(findings: readonly Finding[]): Pick<CallRow, "errors" | "warnings" | "infos"> {
  const amount = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: amount("error"), warnings: amount("warning"), infos: amount("info") };
}

/** The host with its port; empty for an opaque origin. */
export function hostOf(origin: string | undefined): string {
  return origin && URL.canParse(origin) ? new URL(origin).host : "";
}

/** The effective domain of a web origin, which an RP ID is by default. */
function domainOf(origin: string | undefined): string {
  return origin && URL.canParse(origin) ? new URL(origin).hostname : "";
}

/** The RP ID that the page itself wrote into the call. */
export function rpIdNamedBy(call: Call): string | undefined {
  const argument = readSnapshot(call.arguments[0]);
  return (
    argument.member("publicKey", "rp", "id").text() ??
    argument.member("publicKey", "rpId").text() ??
    argument.member("rpId").text()
  );
}

function boundaryRow(page: Realm, before: Realm): NoteRow {
  const time = describeTime(page.startedAt);
  const words = before.url === page.url ? "list_reloaded" : "list_navigated";
  return {
    kind: "note",
    id: `page ${page.id}`,
    text: say(words, { page: showControls(shorten(pageName(page, before), 200)), time }),
    title: page.url,
  };
}

/** The path, with the host in front where that changed too. */
function pageName(page: Realm, before: Realm): string {
  if (!URL.canParse(page.url)) return page.url;
  const url = new URL(page.url);
  return `${before.origin === page.origin ? "" : url.host}${url.pathname}${url.search}`;
}

function lossRow({ lost, limit }: LogState): NoteRow {
  const text =
    limit === undefined ? sayCount("list_dropped", lost) : sayCount("list_droppedAtLimit", lost, { limit });
  return { kind: "note", id: "loss", text, title: text };
}

function cutRow(cut: number): NoteRow {
  const text = sayCount("list_notSearched", cut, { limit: TEXT_LIMIT });
  return { kind: "note", id: "cut", text, title: text };
}

function saysTheSame(a: CallRow, b: CallRow): boolean {
  const keys = Object.keys(b) as (keyof CallRow)[];
  return keys.every((key) => a[key] === b[key]);
}
