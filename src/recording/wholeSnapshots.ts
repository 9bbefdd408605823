import type { HookEvent } from "./hookEvent.js";
import { areSnapshots } from "./parseRecording.js";
import type { Call } from "./recording.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Whether what an event has of a page's values can be kept. A page may have had its hands on it, and must not
 * make the recording of its tab one that does not open again.
 */
export function hasWholeSnapshots(event: HookEvent): boolean {
  if (event.kind === "call") return isWhole(event.call);
  return event.kind === "aborted" || event.kind === "settled" ? isWhole(event) : true;
}

/** The call as it is; where its values are none that a recording can have, they are unreadable. */
export function withWholeSnapshots(call: Call): Call {
  if (isWhole(call)) return call;
  const { arguments: args, aborted, outcome } = call;
  const mend = (value: Snapshot) => (areSnapshots([value]) ? value : BROKEN);
  return {
    ...call,
    arguments: args.map(mend),
    ...(aborted && { aborted: { ...aborted, reason: mend(aborted.reason) } }),
    outcome: outcome.status === "fulfilled" ? { ...outcome, value: mend(outcome.value) } : outcome,
  };
}

const BROKEN: Snapshot = { $: "unreadable", error: "no value that a hook writes" };

function isWhole({ arguments: args, aborted, outcome }: Partial<Call>): boolean {
  return areSnapshots([
    ...(args ?? []),
    ...(aborted ? [aborted.reason] : []),
    ...(outcome?.status === "fulfilled" ? [outcome.value] : []),
  ]);
}
