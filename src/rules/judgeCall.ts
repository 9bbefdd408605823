import { isAppleMobile } from "../recording/platformOf.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import type { Api } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";
import { fillPlaces } from "../spec/sentence.js";
import { includesAllSince, includesVersion, reachesBeyond, type VersionRange } from "../spec/versionRange.js";
import { type Circumstances, type Facts, gatherFacts } from "./facts.js";
import { REASONS } from "./reasons.js";
import {
  type CannotTell,
  cannotTell,
  type Effect,
  type Fails,
  type Finding,
  type Judgement,
  type Rule,
  type Severity,
  type Undecided,
  type Words,
} from "./rule.js";

/** Where a call ran, and what it is judged as. */
export interface Place {
  recordedOn: Platform;
  platform: Platform;
}

/** The rules that have something to say of such a call made in such a place. */
export function applicableRules(rules: readonly Rule[], api: Api, place: Place): Rule[] {
  return rules.filter((rule) => rule.on.includes(api) && appliesOn(rule, platformFor(rule, place)));
}

/** The judgements on one call. A rule that throws is said to be undecided and spoils nothing else. */
export function judgeCall(rules: readonly Rule[], circumstances: Circumstances): Judged {
  const { id } = circumstances.call;
  const fact = gatherFacts(circumstances);
  const isRequestUnknown = readSnapshot(circumstances.call.arguments[0]).isUnknown;
  const judged: Judged = { findings: [], undecided: [] };
  for (const rule of rules) {
    const platform = platformFor(rule, circumstances);
    for (const said of judgementsOf(rule, fact, platform)) {
      const isGroundless = isRequestUnknown && said.outcome === "fails" && said.at.startsWith("/arguments");
      const judgement = isGroundless ? cannotTell("request-unknown") : said;
      if (judgement.outcome === "fails") judged.findings.push(findingOf(rule, judgement, id, platform));
      if (judgement.outcome === "cannot-tell") judged.undecided.push(undecidedOf(rule, judgement, id));
    }
  }
  return judged;
}

export interface Judged {
  findings: Finding[];
  undecided: Undecided[];
}

type Gathered = ReturnType<typeof gatherFacts>;

/** An answer stays what the device gave, on whatever platform one imagines the page. */
function platformFor({ about }: Rule, { recordedOn, platform }: Place): Platform {
  return about === "answer" ? recordedOn : platform;
}

function appliesOn(rule: Rule, platform: Platform): boolean {
  if (!isAppleMobile(platform)) return rule.holdsOn === "everywhere";
  if (rule.contexts && !rule.contexts.includes(platform.context ?? "browser")) return false;
  return canBeIn(rule.versions, platform);
}

function judgementsOf(rule: Rule, fact: Gathered, platform: Platform): readonly Judgement[] {
  const judgements = checkContained(rule, fact);
  const versionMatters =
    isAppleMobile(platform) && platform.safari === undefined && !isSurelyIn(rule.versions, platform);
  if (!versionMatters || !judgements.some(({ outcome }) => outcome === "fails")) return judgements;
  return [cannotTell("version-hidden")];
}

function asList(judgements: Judgement | readonly Judgement[]): readonly Judgement[] {
  return "outcome" in judgements ? [judgements] : judgements;
}

function checkContained(rule: Rule, fact: Gathered): readonly Judgement[] {
  try {
    const judgements = asList(rule.check(pick(rule.asks, fact)));
    for (const judgement of judgements) assertWorded(rule, judgement);
    return judgements;
  } catch (error) {
    return [cannotTell("broken", undefined, { rule: rule.id, error: describeError(error) })];
  }
}

function assertWorded(rule: Rule, judgement: Judgement): void {
  if (judgement.outcome === "fails" && judgement.case !== undefined && !rule.cases?.[judgement.case])
    throw new TypeError(`there is no case "${judgement.case}"`);
  if (judgement.outcome === "cannot-tell" && !reasonOf(rule, judgement))
    throw new TypeError(`there is no reason "${judgement.reason}"`);
}

/** What the rule asked for, and nothing else. */
function pick(names: readonly (keyof Facts)[], fact: Gathered): Facts {
  const picked: Record<string, unknown> = {};
  for (const name of names) picked[name] = fact(name);
  return picked as unknown as Facts;
}

function findingOf(rule: Rule, fails: Fails, callId: string, platform: Platform): Finding {
  const effect = effectOf(rule, fails, platform);
  const ofCase = fails.case === undefined ? undefined : rule.cases?.[fails.case];
  const say = (part: keyof Words) => fillPlaces(ofCase?.[part] ?? rule[part], fails.values);
  return {
    ruleId: rule.id,
    severity: fails.severity ?? severityOn(rule.severity, platform),
    ...(effect !== "works" && { effect }),
    title: say("title"),
    experience: say("experience"),
    fix: say("fix"),
    ...(fails.case !== undefined && { case: fails.case }),
    ...(fails.values && { values: fails.values }),
    at: fails.at,
    ...(fails.field !== undefined && { field: fails.field }),
    evidence: fails.evidence,
    callId,
    relatedCallIds: [...(fails.relatedCallIds ?? [])],
    versions: rule.versions,
    confidence: rule.confidence,
    references: rule.references,
  };
}

function undecidedOf(rule: Rule, said: CannotTell, callId: string): Undecided {
  const { reason, values, openAt } = said;
  const why = fillPlaces(reasonOf(rule, said) ?? "", values);
  return {
    ruleId: rule.id,
    callId,
    title: rule.title,
    why,
    reason,
    ...(values && { values }),
    ...(openAt !== undefined && { open: { at: openAt, references: rule.references } }),
  };
}

function reasonOf({ reasons }: Rule, { reason }: CannotTell): string | undefined {
  return reasons?.[reason] ?? REASONS[reason];
}

/** An answer has been given: nothing more becomes of the call. */
function effectOf({ about, effect }: Rule, fails: Fails, platform: Platform): Effect {
  if (about === "answer") return "works";
  return fails.effect ?? valueOn(effect, platform, ["works", "differs", "fails"]) ?? "works";
}

/** On an unknown version the mildest one counts: false alarms cost trust. */
function severityOn(severity: Rule["severity"], platform: Platform): Severity {
  return valueOn(severity, platform, ["info", "warning", "error"]) ?? "info";
}

function valueOn<Value extends string>(
  value: Value | readonly (VersionRange & { is: Value })[] | undefined,
  platform: Platform,
  mildestFirst: readonly Value[],
): Value | undefined {
  if (typeof value !== "object") return value;
  const possible = value.filter((range) => canBeIn(range, platform));
  const fitting = platform.safari === undefined ? possible : possible.slice(0, 1);
  return mildestFirst.find((is) => fitting.some((range) => range.is === is));
}

/** As far as the version is known. */
function canBeIn(range: VersionRange, { safari, safariAtLeast }: Platform): boolean {
  if (safari !== undefined) return includesVersion(range, safari);
  return safariAtLeast === undefined || reachesBeyond(range, safariAtLeast);
}

/** Where the version is hidden. */
function isSurelyIn(range: VersionRange, { safariAtLeast }: Platform): boolean {
  if (safariAtLeast !== undefined) return includesAllSince(range, safariAtLeast);
  return range.since === undefined && range.until === undefined;
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
