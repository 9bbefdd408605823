import type { Call, CallId, Changes, Finding, Realm, RealmId, Severity } from "../../src/index.js";
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
  /** how things stood before each call that was gone through, and after the last */
  #marks: Mark[] = [START];
  #rows: Row[] = [];
  #indexes = new Map<CallId, number>();
  #realms: LogState["realms"] = new Map();
  #pages: Realm[] = [];
  #places = new Map<RealmId, number>();
  /** where each page has its first call, and the pages in the order of that */
  #firstCalls = new Map<RealmId, number>();
  #calling: RealmId[] = [];
  #basis: readonly unknown[] = [];
  #log: { changes: Changes; version: number } | undefined;
  #known: { changes: Changes | undefined; version: number } | undefined;

  /**
   * The rows of the list, in the order in which the calls started, some at a time. What was made of the
   * calls before the first that changed stays, so that a call more, or one that settles, costs the same
   * however many came before. A row whose call did not change is the same object as before, so that the
   * list draws again only what changed.
   */
  *make(log: LogState, known: Known, matches: Matcher): Generator<void, Rows> {
    if (this.#calls.size > 2 * log.calls.length + 100) this.#calls.clear();
    this.#goBackTo(this.#firstChange(log, known, matches));
    this.#goBackTo(this.#notePages(log));
    const pages = this.#pages;
    let { page, marked, shown, cut, errors, warnings, infos, hidden, latest } = this.#marks.at(-1)!;
    const rows = this.#rows;
    for (let n = this.#marks.length - 1; n < log.calls.length; n++) {
      const call = log.calls[n]!;
      const own = this.#places.get(call.realmId) ?? -1;
      page = Math.max(page, own);
      for (let next = pages[page + 1]; next && next.startedAt <= call.startedAt; next = pages[++page + 1])
        // The clock was set back: the page is still the one that calls.
        if (own === page && (this.#firstCalls.get(next.id) ?? -1) > n) break;
      const { made, isNew } = this.#madeFor(call, log.realms.get(call.realmId), known, matches);
      errors += made.row.errors;
      warnings += made.row.warnings;
      infos += made.row.infos;
      hidden += made.row.hidden;
      latest = Math.max(latest, call.startedAt);
      if (made.isMatch === undefined) cut++;
      if (made.isMatch) {
        if (page > marked) rows.push(this.#note(boundaryRow(pages[page]!, pages[page - 1]!)));
        marked = page;
        shown++;
        this.#indexes.set(call.id, rows.length);
        rows.push(made.row);
      }
      const length = rows.length;
      this.#marks.push({ length, page, marked, shown, cut, errors, warnings, infos, hidden, latest });
      if (isNew) yield;
    }
    const [head, tail]: [NoteRow[], NoteRow[]] = [[], []];
    if (log.lost > 0) head.push(this.#note(lossRow(log)));
    if (shown > 0 && pages.length - 1 > marked)
      tail.push(this.#note(boundaryRow(pages.at(-1)!, pages.at(-2)!)));
    if (cut > 0) tail.push(this.#note(cutRow(cut)));
    const list = rows.slice();
    list.unshift(...head);
    list.push(...tail);
    const indexes = this.#indexes;
    return {
      rows: list,
      shown,
      hidden,
      totals: { errors, warnings, infos },
      indexOf(id) {
        const index = head.length + (indexes.get(id) ?? -1);
        return list[index]?.id === id ? index : undefined;
      },
    };
  }

  /** The number of the first call from which on rows may be others than last time. */
  #firstChange(log: LogState, known: Known, matches: Matcher): number {
    const basis = [log.changes, known.changes ?? known, known.switches, matches];
    const isSame = basis.every((part, index) => part === this.#basis[index]);
    const since = Math.min(
      log.changes.since(this.#log?.version ?? 0),
      known.changes?.since(this.#known?.version ?? 0) ?? Number.POSITIVE_INFINITY,
    );
    this.#basis = basis;
    this.#log = { changes: log.changes, version: log.version };
    this.#known = { changes: known.changes, version: known.version };
    return isSame ? since : 0;
  }

  #goBackTo(n: number): void {
    if (n >= this.#marks.length - 1) return;
    this.#marks.length = n + 1;
    this.#rows.length = this.#marks[n]!.length;
    // A list that is shown keeps its own.
    if (n === 0) this.#indexes = new Map();
  }

  /**
   * Takes notice of pages, and of their first calls, which tell where the list turns to them even if the clock
   * was set back. Returns the number of the first call that is on another page by that.
   */
  #notePages({ realms, calls }: LogState): number {
    let from = this.#marks.length - 1;
    /** before the calls that come after this */
    const backTo = (isAfter: (mark: Mark) => boolean) => {
      while (from > 0 && isAfter(this.#marks[from]!)) from--;
    };
    let n = from;
    const gone = new Set<RealmId>();
    for (let id = this.#calling.at(-1); id !== undefined; id = this.#calling.at(-1)) {
      if (this.#firstCalls.get(id)! < n) break;
      gone.add(this.#calling.pop()!);
      this.#firstCalls.delete(id);
    }
    if (realms !== this.#realms) {
      const pages = [...realms.values()].filter(isTopLevel);
      if (this.#pages.some((page, place) => page !== pages[place])) from = 0;
      for (const { startedAt } of pages.slice(this.#pages.length))
        backTo(({ latest }) => latest >= startedAt);
      this.#realms = realms;
      this.#pages = pages;
      this.#places = new Map(pages.map(({ id }, place) => [id, place]));
    }
    for (; n < calls.length; n++) {
      const { realmId } = calls[n]!;
      const place = this.#places.get(realmId);
      if (place === undefined || this.#firstCalls.has(realmId)) continue;
      this.#firstCalls.set(realmId, n);
      this.#calling.push(realmId);
      if (!gone.delete(realmId) && place > 0) backTo(({ page }) => page >= place);
    }
    return gone.size > 0 ? 0 : from;
  }

  #note(row: NoteRow): NoteRow {
    const before = this.#notes.get(row.id);
    if (before?.text === row.text && before.title === row.title) return before;
    this.#notes.set(row.id, row);
    return row;
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
  /** number of findings of switched-off rules */
  hidden: number;
  /** where the row of a call stands among them, if it does */
  indexOf(callId: CallId): number | undefined;
}

export const NO_ROWS: Rows = {
  rows: [],
  shown: 0,
  totals: { errors: 0, warnings: 0, infos: 0 },
  hidden: 0,
  indexOf: () => undefined,
};

/** How things stand between two calls. */
interface Mark extends Pick<CallRow, "errors" | "warnings" | "infos" | "hidden"> {
  /** number of rows so far */
  length: number;
  /** place of the page that the tab showed, and of the last whose beginning has a row */
  page: number;
  marked: number;
  shown: number;
  /** calls that are too long to be searched */
  cut: number;
  /** when the latest call started; epoch milliseconds */
  latest: number;
}

const START: Mark = {
  length: 0,
  page: 0,
  marked: 0,
  shown: 0,
  cut: 0,
  errors: 0,
  warnings: 0,
  infos: 0,
  hidden: 0,
  latest: Number.NEGATIVE_INFINITY,
};

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
