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
import { sayFinding } from "./engineWords.js";
import { say } from "./say.js";

export const SEVERITY_WORDS: Record<Severity, string> = {
  get error() {
    return say("severity_error");
  },
  get warning() {
    return say("severity_warning");
  },
  get info() {
    return say("severity_info");
  },
};

export const CONFIDENCE_WORDS: Record<Confidence, string> = {
  get documented() {
    return say("confidence_documented");
  },
  get source() {
    return say("confidence_source");
  },
  get observed() {
    return say("confidence_observed");
  },
  get inferred() {
    return say("confidence_inferred");
  },
};

/** The generation for which a call is judged when nobody chose and it did not come from an Apple device. */
export const CURRENT_IOS_LABEL =
  IOS_GENERATIONS.find(({ platform }) => platform.safari === CURRENT_IOS.safari)?.label ??
  `iOS ${CURRENT_IOS.safari}`;

/** "all versions", "iOS 17.4 and later", "up to iOS 18.3", "iOS 17.4 to 18.3". Safari's numbers are iOS's. */
export function describeVersions({ since, until }: Finding["versions"]): string {
  if (since && until) return since === until ? `iOS ${since}` : say("versions_range", { since, until });
  if (since) return say("versions_since", { since });
  return until ? say("versions_until", { until }) : say("versions_all");
}

/**
 * A finding as a paragraph of Markdown, for a bug report. Text of the page is fenced as code.
 * `relatedCalls`: those that it refers to, as far as they are in the log.
 */
export function describeFindingAsMarkdown(finding: Finding, relatedCalls: readonly Call[] = []): string {
  const lines = [
    `### ${say("finding_inMarkdown", { severity: SEVERITY_WORDS[finding.severity], title: sayFinding(finding, "title") })}`,
    "",
    sayFinding(finding, "experience"),
    "",
    say("finding_fixInMarkdown", { fix: sayFinding(finding, "fix") }),
    "",
    `- ${asCode(describePlace(finding.at))}: ${asCode(finding.evidence)}`,
    ...relatedCalls.map(
      (call) =>
        `- ${say("finding_relatedInMarkdown", {
          method: describeMethod(call.api),
          time: describeMoment(call.startedAt),
          id: asCode(call.id),
        })}`,
    ),
    `- ${say("finding_knownInMarkdown", {
      versions: describeVersions(finding.versions),
      confidence: CONFIDENCE_WORDS[finding.confidence],
      rule: asCode(finding.ruleId),
    })}`,
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
