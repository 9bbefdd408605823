import { isAppleMobile } from "../recording/platformOf.js";
import type { Call, CallId } from "../recording/recording.js";
import type { Effect, Finding, Undecided } from "../rules/rule.js";
import type { Platform } from "../spec/platforms.js";
import type { Reference } from "../spec/references.js";
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
  return NEEDS.filter(speaksOf).flatMap(({ at, effect, without, of }) => {
    const where = at(call);
    return where === undefined ? [] : { effect, text: without, at: where, references: of.references };
  });
}

/** What is inferred, and seen by nobody, says no more than "may". */
function reasonOf({ effect, title, at, ruleId, references, confidence }: Finding): OutlookReason[] {
  if (effect === undefined) return [];
  if (confidence !== "inferred") return [{ effect, text: title, at, ruleId, references }];
  const text = `${title}, which may ${effect === "fails" ? "make the call fail" : "change what happens"}`;
  return [{ effect: "unknown", text, at, ruleId, references }];
}

function openQuestionOf({ ruleId, why, open }: Undecided): OutlookReason[] {
  return open ? [{ effect: "unknown", text: why.replace(/\.$/, ""), ruleId, ...open }] : [];
}
