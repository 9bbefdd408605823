import type { Ceremony } from "../ceremony/ceremony.js";
import type { Call, CallId, Realm, Recording } from "../recording/recording.js";
import type { Finding, Severity, Undecided } from "../rules/rule.js";

/** What `analyze` returns, as far as a report needs it. */
export interface Judged {
  recording: Recording;
  ceremonies: readonly Ceremony[];
  findings: readonly Finding[];
  undecided: readonly Undecided[];
}

/**
 * The report for an issue tracker, as Markdown: what was found, the calls, where they ran.
 * Text from pages is escaped; it can neither format the report nor put markup into it.
 */
export function toMarkdown({ recording, ceremonies, findings, undecided }: Judged): string {
  const numbers = new Map(recording.calls.map(({ id }, index) => [id, index + 1]));
  return [
    "# Keyhole report",
    summary(recording, findings),
    ...section(
      "Findings",
      bySeverity(findings).map((group) => describeRule(group, numbers)),
    ),
    ...section(
      "Could not be told",
      undecided.length ? [list(undecided.map((each) => describeUndecided(each, numbers)))] : [],
    ),
    ...section("Calls", recording.calls.length ? [callTable(recording.calls, ceremonies, findings)] : []),
    ...section("Pages", recording.realms.length ? [list(recording.realms.map(describeRealm))] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

function section(title: string, paragraphs: readonly string[]): string[] {
  return paragraphs.length ? [`## ${title}`, ...paragraphs] : [];
}

function summary(
  { createdAt, createdBy, calls, lostCalls = 0 }: Recording,
  findings: readonly Finding[],
): string {
  const counts = SEVERITIES.map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${severity}: ${number}`;
  });
  const lost = lostCalls ? `, and ${lostCalls} earlier ones that were lost` : "";
  return `${text(createdBy.name)} ${text(createdBy.version)}, ${text(createdAt)}. Calls: ${calls.length}${lost}. Findings: ${counts.join(", ")}.`;
}

/** Findings of one rule and severity, gravest first, in the order of the first call. */
function bySeverity(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const severity of SEVERITIES)
    for (const finding of findings.filter((each) => each.severity === severity)) {
      const key = `${severity} ${finding.ruleId} ${finding.title}`;
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
  return [...groups.values()];
}

function describeRule(group: readonly Finding[], numbers: ReadonlyMap<CallId, number>): string {
  const [{ severity, title, ruleId, experience, fix, versions, confidence, references }] = group as [Finding];
  const places = group.map(({ callId, at, evidence, relatedCallIds }) => {
    const related = relatedCallIds.map((id) => `call ${numbers.get(id) ?? "?"}`);
    const see = related.length ? ` (see ${related.join(", ")})` : "";
    return `Call ${numbers.get(callId) ?? "?"}, ${code(at)}: ${code(evidence)}${see}`;
  });
  const sources = references.map(
    ({ label, url }) => `[${text(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`,
  );
  return [
    `### ${severity}: ${text(title)}`,
    list(places),
    `**On the iPhone:** ${text(experience)}`,
    `**What to change:** ${text(fix)}`,
    `${code(ruleId)}, ${describeVersions(versions)}, ${confidence}${sources.length ? `. Sources: ${sources.join(", ")}` : ""}`,
  ].join("\n\n");
}

function describeVersions({ since, until }: Finding["versions"]): string {
  if (since && until) return `iOS ${since} to ${until}`;
  if (since) return `iOS ${since} and later`;
  return until ? `iOS up to ${until}` : "every iOS";
}

function describeUndecided({ callId, title, why, ruleId }: Undecided, numbers: ReadonlyMap<CallId, number>) {
  return `Call ${numbers.get(callId) ?? "?"}: ${text(title)} ${text(why)} (${code(ruleId)})`;
}

function callTable(
  calls: readonly Call[],
  ceremonies: readonly Ceremony[],
  findings: readonly Finding[],
): string {
  const ceremonyOf = new Map(ceremonies.map((ceremony) => [ceremony.callId, ceremony]));
  const rows = calls.map((call, index) => [
    String(index + 1),
    describeTime(call.startedAt),
    text(call.api),
    text(ceremonyOf.get(call.id)?.rpId ?? ""),
    describeOutcome(call),
    call.duration === undefined ? "" : `${Math.round(call.duration)} ms`,
    String(findings.filter(({ callId }) => callId === call.id).length || ""),
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
  return `rejected, ${text(outcome.error.name)}: ${text(outcome.error.message)}`;
}

function describeRealm({ url, userAgent, hook, ancestorOrigins }: Realm): string {
  const frame = ancestorOrigins.length ? `, in a frame of ${ancestorOrigins.map(text).join(", ")}` : "";
  const replaced = hook.native ? "" : ", another script had replaced the API before";
  return `${text(url)}${frame}: ${text(userAgent)}; hooked by ${hook.via} while ${hook.readyState}${replaced}`;
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

/** Everything that Markdown or HTML would take for its own, on one line. */
const text = (value: string): string => value.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()<>#|~!&]/g, "\\$&");

/** A code span, on one line, whose fence is longer than any run of backticks inside it. */
function code(value: string): string {
  const line = value.replace(/\s+/g, " ");
  const fence = "`".repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length > 1 ? `${fence} ${line} ${fence}` : `\`${line || " "}\``;
}
