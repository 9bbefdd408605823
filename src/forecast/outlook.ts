import { isAppleMobile } from "../recording/platformOf.js";
import type { Call, CallId } from "../recording/recording.js";
import type { Effect, Finding, Undecided } from "../rules/rule.js";
import type { Platform } from "../spec/platforms.js";
import type { Reference } from "../spec/references.js";
import { fillPlaces, type Values } from "../spec/sentence.js";
import { isSupported } from "../spec/support.js";
import { NEEDS, type Need } from "./needs.js";

/** How one call fares on a platform, as far as the recording and what is known of Safari tell. */
export interface Outlook {
  callId: CallId;
  verdict: Verdict;
  /** why it fails or differs, or why that is not known, the gravest first; none where it works */
  reasons: OutlookReason[];
}

/** unknown: it may well differ or fail, and what is known does not decide */
type Verdict = Effect | "unknown";

export interface OutlookReason {
  effect: Exclude<Verdict, "works">;
  /** one sentence without its full stop; code stands in backticks */
  text: string;
  /** JSON pointer into the call */
  at: string;
  /** the rule that says so; absent: the table of what Safari supports does */
  ruleId?: string;
  /** where the rule does: which of its cases, or of its reasons for not telling, and the values of that */
  case?: string;
  reason?: string;
  values?: Values;
  /** what becomes of the call if it is so, where the rule only infers that */
  may?: Exclude<Effect, "works">;
  /** where the table does: which of `NEEDS` is lacking */
  need?: string;
  references: readonly Reference[];
}

/**
 * What becomes of a call on an iPhone: what it counts on and Safari lacks there, and what rules about the
 * request found or left open. Rules about the answer have no say, because no other iPhone would give that very answer.
 */
export function outlookOf(
  call: Call,
  { findings, undecided }: { findings: readonly Finding[]; undecided: readonly Undecided[] },
  platform: Platform,
): Outlook {
  const reasons = [
    ...lacks(call, platform),
    ...findings.flatMap(reasonOf),
    ...undecided.flatMap(openQuestionOf),
  ];
  reasons.sort((a, b) => GRAVEST_FIRST.indexOf(a.effect) - GRAVEST_FIRST.indexOf(b.effect));
  return { callId: call.id, verdict: gravestEffect(reasons), reasons };
}

/** The verdict that reasons come to, all of them or those that one goes by. */
export function gravestEffect(reasons: readonly Pick<OutlookReason, "effect">[]): Verdict {
  return GRAVEST_FIRST.find((effect) => reasons.some((reason) => reason.effect === effect)) ?? "works";
}

const GRAVEST_FIRST: readonly Verdict[] = ["fails", "differs", "unknown"];

function lacks(call: Call, platform: Platform): OutlookReason[] {
  const { safari } = platform;
  if (!isAppleMobile(platform) || safari === undefined) return [];
  const speaksOf = ({ of, asksFor }: Need) =>
    !isSupported(of, safari) && (!asksFor || isSupported(asksFor, safari));
  return NEEDS.filter(speaksOf).flatMap(({ id, at, effect, without, of }) => {
    const where = at(call);
    return where === undefined
      ? []
      : { effect, text: without, need: id, at: where, references: of.references };
  });
}

export const MAY: Readonly<Record<Exclude<Effect, "works">, string>> = {
  fails: "{title}, which may make the call fail",
  differs: "{title}, which may change what happens",
};

/** What is inferred, and seen by nobody, says no more than "may". */
function reasonOf(finding: Finding): OutlookReason[] {
  const { effect, title, at, ruleId, references, confidence, values } = finding;
  if (effect === undefined) return [];
  const words = { ...(finding.case !== undefined && { case: finding.case }), ...(values && { values }) };
  if (confidence !== "inferred") return [{ effect, text: title, at, ruleId, ...words, references }];
  const text = fillPlaces(MAY[effect], { title });
  return [{ effect: "unknown", text, at, ruleId, ...words, may: effect, references }];
}

function openQuestionOf({ ruleId, why, reason, values, open }: Undecided): OutlookReason[] {
  const text = why.replace(/\.$/, "");
  return open ? [{ effect: "unknown", text, ruleId, reason, ...(values && { values }), ...open }] : [];
}
