import {
  type Call,
  type Confidence,
  CURRENT_IOS,
  type Finding,
  IOS_GENERATIONS,
  type Severity,
} from "../../src/index.js";
import { describeMethod } from "./describeMethod.js";
import { describePlace } from "./describePlace.js";
import { describeMoment } from "./describeTime.js";

export const SEVERITY_WORDS: Record<Severity, string> = { error: "Error", warning: "Warning", info: "Note" };

export const CONFIDENCE_WORDS: Record<Confidence, string> = {
  documented: "documented",
  source: "read in WebKit's source",
  observed: "observed by others, with a reproduction",
  inferred: "our reading, not yet seen on a device",
};

/** The generation for which a call is judged when nobody chose and it did not come from an Apple device. */
export const CURRENT_IOS_LABEL =
  IOS_GENERATIONS.find(({ platform }) => platform.safari === CURRENT_IOS.safari)?.label ??
  `iOS ${CURRENT_IOS.safari}`;

/** "all versions", "iOS 17.4 and later", "up to iOS 18.3", "iOS 17.4 to 18.3". Safari's numbers are iOS's. */
export function describeVersions({ since, until }: Finding["versions"]): string {
  if (since && until) return since === until ? `iOS ${since}` : `iOS ${since} to ${until}`;
  if (since) return `iOS ${since} and later`;
  return until ? `up to iOS ${until}` : "all versions";
}

/**
 * A finding as a paragraph of Markdown, for a bug report. Text of the page is fenced as code.
 * `relatedCalls`: those that it refers to, as far as they are in the log.
 */
export function describeFindingAsMarkdown(finding: Finding, relatedCalls: readonly Call[] = []): string {
  const lines = [
    `### ${SEVERITY_WORDS[finding.severity]}: ${finding.title}`,
    "",
    finding.experience,
    "",
    `**Fix:** ${finding.fix}`,
    "",
    `- ${asCode(describePlace(finding.at))}: ${asCode(finding.evidence)}`,
    ...relatedCalls.map(
      (call) =>
        `- Related: ${describeMethod(call.api)}() at ${describeMoment(call.startedAt)} (${asCode(call.id)})`,
    ),
    `- ${describeVersions(finding.versions)}; ${CONFIDENCE_WORDS[finding.confidence]}; rule \`${finding.ruleId}\``,
    ...finding.references.filter(isSafeReference).map(({ label, url }) => `- [${label}](${url})`),
  ];
  return `${lines.join("\n")}\n`;
}

/** Only a web page of a rule becomes a link. */
export function isSafeReference({ url }: { url: string }): boolean {
  return /^https:\/\/[^\s]+$/i.test(url);
}

/** A code span that holds whatever the text holds. @see https://spec.commonmark.org/0.31.2/#code-spans */
function asCode(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}
