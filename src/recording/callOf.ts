import type { HookEvent } from "./hookEvent.js";
import type { Call, CallId, RealmId } from "./recording.js";

/** A call as the hook of a realm told it. */
export function callOf(realmId: RealmId, call: Extract<HookEvent, { kind: "call" }>["call"]): Call {
  return { ...call, id: callIdOf(realmId, call.seq), realmId };
}

export function callIdOf(realmId: RealmId, seq: number): CallId {
  return `${realmId}:${seq}`;
}

/** What an event adds to the call that it speaks of. */
export function newsOf(event: Extract<HookEvent, { kind: "aborted" | "settled" }>): Partial<Call> {
  if (event.kind === "aborted") return { aborted: event.aborted };
  return { duration: event.duration, outcome: event.outcome };
}
