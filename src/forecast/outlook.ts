import { isAppleMobile } from "../recording/platformOf.js";
import type { Call, CallId } from "../recording/recording.js";
import type { Effect, Finding } from "../rules/rule.js";
import type { Platform } from "../spec/platforms.js";
import type { Reference } from "../spec/references.js";
import { isSupported } from "../spec/support.js";
import { NEEDS, type Need } from "./needs.js";

/** How one call fares on a platform, as far as the recording and what is known of Safari tell. */
export interface Outlook {
  callId: CallId;
  verdict: Effect;
  /** why it fails or differs, the gravest first; none where it works */
  reasons: OutlookReason[];
}

export interface OutlookReason {
  effect: "fails" | "differs";
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
 * request found. Rules about the answer have no say, because no other iPhone would give that very answer.
 */
export function outlookOf(call: Call, findings: readonly Finding[], platform: Platform): Outlook {
  const reasons = [...lacks(call, platform), ...findings.flatMap(reasonOf)];
  reasons.sort((a, b) => GRAVEST_FIRST.indexOf(a.effect) - GRAVEST_FIRST.indexOf(b.effect));
  return { callId: call.id, verdict: gravestEffect(reasons), reasons };
}

/** The verdict that reasons come to, all of them or those that one goes by. */
export function gravestEffect(reasons: readonly Pick<OutlookReason, "effect">[]): Effect {
  return GRAVEST_FIRST.find((effect) => reasons.some((reason) => reason.effect === effect)) ?? "works";
}

const GRAVEST_FIRST: readonly Effect[] = ["fails", "differs"];

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

function reasonOf({ effect, title, at, ruleId, references }: Finding): OutlookReason[] {
  return effect === undefined ? [] : [{ effect, text: title, at, ruleId, references }];
}
