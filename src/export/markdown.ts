import type { Ceremony } from "../ceremony/ceremony.js";
import type { Explanation } from "../explain/explanation.js";
import type { Outlook } from "../forecast/outlook.js";
import type { Call, CallId, Realm, Recording } from "../recording/recording.js";
import type { Finding, Severity, Undecided } from "../rules/rule.js";
import { IOS_GENERATIONS, type Platform } from "../spec/platforms.js";

/** What `analyze` returns, as far as a report needs it. */
export interface Judged {
  recording: Recording;
  ceremonies: readonly Ceremony[];
  findings: readonly Finding[];
  undecided: readonly Undecided[];
  explanations?: readonly Explanation[];
  /** the same calls on other platforms, as `forecast` tells; absent: the report has no forecast */
  forecast?: readonly { platform: Platform; outlooks: readonly Outlook[] }[];
  /** what rules found that someone switched off: their number is told, not what they say */
  hidden?: readonly Finding[];
}

/**
 * The report for an issue tracker, as Markdown: what was found, the calls, where they ran.
 *
 * Text from pages stands in code spans: there it can neither format the report nor put markup into
 * it, and a tracker makes no links, mentions or references of it. Of addresses it tells no query
 * and no fragment, of people no more than what a finding is about.
 */
export function toMarkdown(judged: Judged): string {
  const {
    recording,
    ceremonies,
    findings,
    undecided,
    explanations = [],
    forecast = [],
    hidden = [],
  } = judged;
  const numbers = new Map(recording.calls.map(({ id }, index) => [id, index + 1]));
  return [
    "# Keyhole report",
    summary(recording, findings),
    ...(hidden.length ? [describeHidden(hidden)] : []),
    ...section("Environment", recording.realms.length ? [list(recording.realms.map(describeRealm))] : []),
    ...section("Calls", recording.calls.length ? [callTable(recording.calls, ceremonies, findings)] : []),
    ...section("Why calls failed", explanations.length ? [list(explanations.map(explained(numbers)))] : []),
    ...section(
      "Findings",
      bySeverity(findings).map((group) => describeGroup(group, numbers)),
    ),
    ...section("What a server refuses", refusals(ceremonies, numbers)),
    ...section("On other versions of iOS", describeForecast(forecast, numbers)),
    ...section("Could not be told", undecided.length ? [list(describeUndecided(undecided, numbers))] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
/** A rule that bites in hundreds of calls is told by the first of them. */
const SHOWN_PLACES = 10;
/** characters of a text from a page */
const SHOWN_LENGTH = 200;

function section(title: string, paragraphs: readonly string[]): string[] {
  return paragraphs.length ? [`## ${title}`, ...paragraphs] : [];
}

function summary(
  { createdAt, createdBy, calls, lostCalls = 0, redaction }: Recording,
  findings: readonly Finding[],
): string {
  const counts = SEVERITIES.map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${severity}: ${number}`;
  });
  const lost = lostCalls ? `, and ${lostCalls} earlier ones that were lost` : "";
  return `Recorded by ${code(`${createdBy.name} ${createdBy.version}`)}, ${code(createdAt)}. Calls: ${calls.length}${lost}. Findings: ${counts.join(", ")}.${redaction ? " Masked: names, ids, keys and the like are pseudonyms." : ""}`;
}

function describeHidden(hidden: readonly Finding[]): string {
  const rules = [...new Set(hidden.map(({ ruleId }) => ruleId))];
  return `Not in this report: ${hidden.length} ${hidden.length === 1 ? "finding" : "findings"} of switched-off rules (${firstOf(rules.map(code)).join(", ")}).`;
}

function explained(numbers: ReadonlyMap<CallId, number>): (explanation: Explanation) => string {
  return ({ callId, summary, causes }) => {
    const titles = causes.slice(0, 3).map(({ title, likelihood }) => `${prose(title)} (${likelihood})`);
    return `Call ${numbers.get(callId) ?? "?"}: ${prose(summary)} ${titles.join("; ")}`;
  };
}

/** The steps of a server's verification that fail, for each answer. */
function refusals(ceremonies: readonly Ceremony[], numbers: ReadonlyMap<CallId, number>): string[] {
  const lines = ceremonies.flatMap(({ callId, verdicts }) =>
    verdicts
      .filter(({ outcome }) => outcome === "fail")
      .map(({ check, because }) => `Call ${numbers.get(callId) ?? "?"}, ${code(check)}: ${code(because)}`),
  );
  return lines.length ? [list(lines)] : [];
}

/** A line for each generation on which a call fails or works differently. */
function describeForecast(
  forecast: NonNullable<Judged["forecast"]>,
  numbers: ReadonlyMap<CallId, number>,
): string[] {
  if (forecast.length === 0) return [];
  const lines = forecast.map(({ platform, outlooks }) => {
    const of = (effect: keyof typeof WORDS) => {
      const ids = outlooks.filter(({ verdict }) => verdict === effect).map(({ callId }) => callId);
      return ids.length ? `${callNumbers(ids, numbers)} ${WORDS[effect]}` : "";
    };
    const found = [of("fails"), of("differs"), of("unknown")].filter(Boolean).join("; ");
    const reasons = outlooks.flatMap((outlook) => outlook.reasons.map(({ text }) => text));
    const why = firstOf([...new Set(reasons)].map(prose)).join("; ");
    return `**${describePlatform(platform)}**: ${found || "works as far as is known"}${why && `. ${why}`}`;
  });
  return [list(lines)];
}

const WORDS = { fails: "would fail", differs: "would differ", unknown: "may differ" };

function describePlatform(platform: Platform): string {
  const known = IOS_GENERATIONS.find((each) => each.platform.safari === platform.safari)?.label;
  return known ?? `${platform.os} ${platform.safari ?? ""}`.trim();
}

/** Findings of one rule, severity and title, gravest first, in the order of the first call. */
function bySeverity(findings: readonly Finding[]): Finding[][] {
  return SEVERITIES.flatMap((severity) => {
    const grave = findings.filter((finding) => finding.severity === severity);
    return [...groupBy(grave, ({ ruleId, title }) => `${ruleId} ${title}`).values()];
  });
}

function describeGroup(group: readonly Finding[], numbers: ReadonlyMap<CallId, number>): string {
  const [{ severity, title, ruleId, experience, fix, versions, confidence, references }] = group as [Finding];
  const places = group.map(({ callId, at, evidence, relatedCallIds }) => {
    const see = relatedCallIds.length ? ` (see ${callNumbers(relatedCallIds, numbers)})` : "";
    return `Call ${numbers.get(callId) ?? "?"}, ${code(at)}: ${code(evidence)}${see}`;
  });
  const sources = references.map(
    ({ label, url }) => `[${prose(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`,
  );
  return [
    `### ${severity}: ${prose(title)}`,
    list(firstOf(places)),
    `**On the iPhone:** ${prose(experience)}`,
    `**What to change:** ${prose(fix)}`,
    `${code(ruleId)}, ${describeVersions(versions)}, ${confidence}${sources.length ? `. Sources: ${sources.join(", ")}` : ""}`,
  ].join("\n\n");
}

function describeVersions({ since, until }: Finding["versions"]): string {
  if (since && until) return `iOS ${since} to ${until}`;
  if (since) return `iOS ${since} and later`;
  return until ? `iOS up to ${until}` : "every iOS";
}

/** One line for each rule and reason, however many calls it is about. */
function describeUndecided(undecided: readonly Undecided[], numbers: ReadonlyMap<CallId, number>): string[] {
  const groups = groupBy(undecided, ({ ruleId, why }) => `${ruleId} ${why}`);
  return [...groups.values()].map((group) => {
    const [{ ruleId, title, why }] = group as [Undecided];
    const calls = callNumbers(
      group.map(({ callId }) => callId),
      numbers,
    );
    return `${prose(title)}? ${prose(why)} (${code(ruleId)}, ${calls})`;
  });
}

function callNumbers(ids: readonly CallId[], numbers: ReadonlyMap<CallId, number>): string {
  return firstOf(ids.map((id) => `call ${numbers.get(id) ?? "?"}`)).join(", ");
}

function callTable(
  calls: readonly Call[],
  ceremonies: readonly Ceremony[],
  findings: readonly Finding[],
): string {
  const ceremonyOf = new Map(ceremonies.map((ceremony) => [ceremony.callId, ceremony]));
  const findingsOf = groupBy(findings, ({ callId }) => callId);
  const rows = calls.map((call, index) => [
    String(index + 1),
    describeTime(call.startedAt),
    cell(call.api),
    cell(ceremonyOf.get(call.id)?.rpId ?? ""),
    describeOutcome(call),
    call.duration === undefined ? "" : `${Math.round(call.duration)} ms`,
    String(findingsOf.get(call.id)?.length ?? ""),
  ]);
  return [["#", "UTC", "Call", "RP ID", "Outcome", "Took", "Findings"], Array(7).fill("---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** "12:34:56.789"; nothing for a number that is no time. */
function describeTime(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(-13, -1);
}

function describeOutcome({ outcome }: Call): string {
  if (outcome.status !== "rejected") return outcome.status;
  return `rejected, ${cell(`${outcome.error.name}: ${outcome.error.message}`)}`;
}

function describeRealm({ url, userAgent, hook, ancestorOrigins }: Realm): string {
  const frame = ancestorOrigins.length ? `, in a frame of ${ancestorOrigins.map(code).join(", ")}` : "";
  const replaced = hook.native ? "" : ", another script had replaced the API before";
  const address = url.replace(/[?#].*$/s, "");
  return `${code(address)}${frame}: ${code(userAgent)}; hooked by ${hook.via} while ${hook.readyState}${replaced}`;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function firstOf(items: readonly string[]): string[] {
  const more = items.length - SHOWN_PLACES;
  return more > 0 ? [...items.slice(0, SHOWN_PLACES), `and ${more} more`] : [...items];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** A sentence of our own, in which code stands in backticks; addresses become code, everything else is escaped. */
function prose(value: string): string {
  const parts = value.replace(/\s+/g, " ").split(/(`[^`]+`|\b(?:https?:\/\/|www\.)[^\s`]+)/i);
  return parts
    .map((part, index) => {
      if (index % 2) return part.startsWith("`") ? part : code(part);
      return part.replace(/[\\`*_{}[\]()<>#|~!&]/g, "\\$&");
    })
    .join("");
}

/** A code span, on one line, whose fence is longer than any run of backticks inside it. */
function code(value: string): string {
  const line = value.slice(0, SHOWN_LENGTH).replace(/\s+/g, " ") + (value.length > SHOWN_LENGTH ? "…" : "");
  if (line.trim() === "") return "–";
  const fence = "`".repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length > 1 ? `${fence} ${line} ${fence}` : `\`${line}\``;
}

/** The same in a table, where a pipe ends the cell even inside code. */
function cell(value: string): string {
  return value === "" ? "" : code(value.replaceAll("|", "\\|"));
}
