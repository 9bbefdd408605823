import { isAppleMobile } from "../recording/platformOf.js";
import type { Api } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";
import { includesVersion, type VersionRange } from "../spec/versionRange.js";
import { type Circumstances, type Facts, gatherFacts } from "./facts.js";
import {
  type CannotTell,
  cannotTell,
  type Fails,
  type Finding,
  type Judgement,
  NOT_APPLICABLE,
  type Rule,
  type Severity,
  type Undecided,
} from "./rule.js";

/** Every rule that applies, on one call. A rule that throws is said to be undecided and spoils nothing else. */
export function judgeCall(rules: readonly Rule[], circumstances: Circumstances): Judged {
  const { call } = circumstances;
  const fact = gatherFacts(circumstances);
  const judged: Judged = { findings: [], undecided: [] };
  for (const rule of rules) {
    const platform = rule.about === "answer" ? fact("recordedOn") : circumstances.platform;
    for (const judgement of judgementsOf(rule, call.api, fact, platform)) {
      if (judgement.outcome === "fails") judged.findings.push(findingOf(rule, judgement, call.id, platform));
      if (judgement.outcome === "cannot-tell") judged.undecided.push(undecidedOf(rule, judgement, call.id));
    }
  }
  return judged;
}

export interface Judged {
  findings: Finding[];
  undecided: Undecided[];
}

type Gathered = ReturnType<typeof gatherFacts>;

function judgementsOf(rule: Rule, api: Api, fact: Gathered, platform: Platform): readonly Judgement[] {
  if (!applies(rule, api, platform)) return [NOT_APPLICABLE];
  const judgements = [checkContained(rule, fact)].flat();
  const versionMatters = isAppleMobile(platform) && platform.safari === undefined && isBounded(rule.versions);
  if (!versionMatters || !judgements.some(({ outcome }) => outcome === "fails")) return judgements;
  return [cannotTell("It depends on the version of Safari, which the user agent hides.")];
}

function applies(rule: Rule, api: Api, platform: Platform): boolean {
  if (!rule.on.includes(api)) return false;
  if (!isAppleMobile(platform)) return rule.holdsOn === "everywhere";
  if (rule.contexts && !rule.contexts.includes(platform.context ?? "browser")) return false;
  return platform.safari === undefined || includesVersion(rule.versions, platform.safari);
}

function checkContained(rule: Rule, fact: Gathered): Judgement | readonly Judgement[] {
  try {
    return rule.check(pick(rule.asks, fact));
  } catch (error) {
    return { outcome: "cannot-tell", why: `The rule ${rule.id} is broken: ${describeError(error)}` };
  }
}

/** What the rule asked for, and nothing else. */
function pick(names: readonly (keyof Facts)[], fact: Gathered): Facts {
  const picked: Record<string, unknown> = {};
  for (const name of names) picked[name] = fact(name);
  return picked as unknown as Facts;
}

function findingOf(rule: Rule, fails: Fails, callId: string, platform: Platform): Finding {
  return {
    ruleId: rule.id,
    severity: fails.severity ?? severityOn(rule.severity, platform.safari),
    title: fails.title ?? rule.title,
    experience: fails.experience ?? rule.experience,
    fix: fails.fix ?? rule.fix,
    at: fails.at,
    evidence: fails.evidence,
    callId,
    relatedCallIds: [...(fails.relatedCallIds ?? [])],
    versions: { ...rule.versions },
    confidence: rule.confidence,
    references: rule.references.map((reference) => ({ ...reference })),
  };
}

function undecidedOf(rule: Rule, { why }: CannotTell, callId: string): Undecided {
  return { ruleId: rule.id, callId, title: rule.title, why };
}

/** On an unknown version the mildest one counts: false alarms cost trust. */
function severityOn(severity: Rule["severity"], safari: string | undefined): Severity {
  if (typeof severity === "string") return severity;
  const fitting =
    safari === undefined ? severity : severity.filter((range) => includesVersion(range, safari)).slice(0, 1);
  return MILDEST_FIRST.find((is) => fitting.some((range) => range.is === is)) ?? "info";
}

const MILDEST_FIRST: readonly Severity[] = ["info", "warning", "error"];

function isBounded({ since, until }: VersionRange): boolean {
  return since !== undefined || until !== undefined;
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
