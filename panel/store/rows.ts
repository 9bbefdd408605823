import type {
  Analysis,
  Call,
  CallId,
  Confidence,
  Explanation,
  Finding,
  Realm,
  Severity,
} from "../../src/index.js";
import { AAGUID_PROVIDERS, readSnapshot } from "../../src/index.js";
import { count } from "../words/count.js";
import { describeDuration } from "../words/describeDuration.js";
import { describeInitiator } from "../words/describeInitiator.js";
import { describeMethod, describeVariant } from "../words/describeMethod.js";
import { describeOutcome, type OutcomeTone } from "../words/describeOutcome.js";
import { describeTime } from "../words/describeTime.js";
import { shorten, showControls } from "../words/shorten.js";
import type { Matcher } from "./filter.js";
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

/** What the analysis knows, by call: looked up once an analysis instead of searched once a row. */
export interface Known {
  /** gravest first */
  findingsOf(callId: CallId): readonly Finding[];
  /** those of switched-off rules, gravest first */
  hiddenOf(callId: CallId): readonly Finding[];
  ceremonyOf(callId: CallId): Analysis["ceremonies"][number] | undefined;
  /** why a call was rejected or never settled */
  explanationOf(callId: CallId): Explanation | undefined;
  /** who holds the credential that this call made or used */
  providerOf(callId: CallId): string | undefined;
}

export function indexAnalysis(
  analysis: Analysis | undefined,
  hiddenFindings: readonly Finding[] = [],
): Known {
  const findings = byCall(analysis?.findings ?? []);
  const hidden = byCall(hiddenFindings);
  const ceremonies = new Map(analysis?.ceremonies.map((ceremony) => [ceremony.callId, ceremony]));
  const aaguids = new Map(
    analysis?.credentials.map(({ credentialId, aaguid }) => [credentialId, aaguid] as const),
  );
  const explanations = new Map(
    analysis?.explanations.map((explanation) => [explanation.callId, explanation]),
  );
  return {
    findingsOf: (callId) => findings.get(callId) ?? NONE,
    hiddenOf: (callId) => hidden.get(callId) ?? NONE,
    ceremonyOf: (callId) => ceremonies.get(callId),
    explanationOf: (callId) => explanations.get(callId),
    providerOf(callId) {
      const credentialId = ceremonies.get(callId)?.credential?.credentialId;
      const aaguid = credentialId === undefined ? undefined : aaguids.get(credentialId);
      return aaguid === undefined ? undefined : AAGUID_PROVIDERS.get(aaguid);
    },
  };
}

/**
 * The rows of the list, in the order in which the calls started. A row that says the same as before
 * is the same object as before, so that the list draws again only what changed.
 */
export function rowMaker(): (
  log: LogState,
  known: Known,
  matches: Matcher,
) => { rows: Row[]; shown: number } {
  let previous = new Map<string, Row>();
  return (log, known, matches) => {
    const rows: Row[] = [];
    const next = new Map<string, Row>();
    const add = (row: Row) => {
      const before = previous.get(row.id);
      const kept = before && saysTheSame(before, row) ? before : row;
      next.set(row.id, kept);
      rows.push(kept);
    };

    if (log.lost > 0) add(lossRow(log.lost));
    const pages = topLevelPages(log);
    let page = 0;
    let marked = 0;
    let shown = 0;
    const markPage = () => {
      if (page > marked) add(boundaryRow(pages[page]!, pages[page - 1]!));
      marked = page;
    };
    for (const call of log.calls) {
      while (page + 1 < pages.length && pages[page + 1]!.startedAt <= call.startedAt) page++;
      const realm = log.realms.get(call.realmId);
      if (!matches(call, realm, known.findingsOf(call.id))) continue;
      markPage();
      shown++;
      add(callRow(call, realm, known));
    }
    page = pages.length - 1;
    if (shown > 0) markPage();
    previous = next;
    return { rows, shown };
  };
}

const NONE: readonly Finding[] = [];

function byCall(findings: readonly Finding[]): Map<CallId, Finding[]> {
  const found = new Map<CallId, Finding[]>();
  for (const finding of findings) {
    const known = found.get(finding.callId);
    if (known) known.push(finding);
    else found.set(finding.callId, [finding]);
  }
  for (const known of found.values()) known.sort(gravestAndSurestFirst);
  return found;
}

function gravestAndSurestFirst(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence)
  );
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
const CONFIDENCES: readonly Confidence[] = ["documented", "source", "observed", "inferred"];

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
      shorten(named ?? known.ceremonyOf(call.id)?.rpId ?? (isCeremony ? hostOf(realm?.origin) : ""), 120),
    ),
    isRpIdImplied: named === undefined,
    frame: realm && !isTopLevel(realm) ? hostOf(realm.origin) || "frame" : "",
    tone,
    outcome: word,
    ...countFindings(findings),
    hidden: known.hiddenOf(call.id).length,
    took: call.duration === undefined ? "" : describeDuration(call.duration),
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

/** A page, as opposed to a frame inside one. */
export function isTopLevel(realm: Realm): boolean {
  return realm.frameId === undefined ? realm.ancestorOrigins.length === 0 : realm.frameId === 0;
}

/** The host with its port; empty for an opaque origin. */
export function hostOf(origin: string | undefined): string {
  return origin && URL.canParse(origin) ? new URL(origin).host : "";
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

function topLevelPages(log: LogState): Realm[] {
  return [...log.realms.values()].filter(isTopLevel).sort((a, b) => a.startedAt - b.startedAt);
}

function boundaryRow(page: Realm, before: Realm): NoteRow {
  const time = describeTime(page.startedAt);
  const words = before.url === page.url ? "reloaded" : "navigated to";
  return {
    kind: "note",
    id: `page ${page.id}`,
    text: `${words} ${showControls(shorten(pageName(page, before), 200))} · ${time}`,
    title: page.url,
  };
}

/** The path, with the host in front where that changed too. */
function pageName(page: Realm, before: Realm): string {
  if (!URL.canParse(page.url)) return page.url;
  const url = new URL(page.url);
  return `${before.origin === page.origin ? "" : url.host}${url.pathname}${url.search}`;
}

function lossRow(lost: number): NoteRow {
  const text = `${count(lost, "older call was", "older calls were")} dropped (limit 2,000)`;
  return { kind: "note", id: "loss", text, title: text };
}

function saysTheSame(a: Row, b: Row): boolean {
  const keys = Object.keys(b) as (keyof Row)[];
  return a.kind === b.kind && keys.every((key) => a[key] === b[key]);
}
