import type { HookEvent } from "./hookEvent.js";
import { areSnapshots } from "./parseRecording.js";
import type { Call } from "./recording.js";

/** Whether what an event has of a page's values can be kept: a page may have had its hands on it. */
export function hasWholeSnapshots(event: HookEvent): boolean {
  if (event.kind === "call") return areWhole(event.call);
  return event.kind === "aborted" || event.kind === "settled" ? areWhole(event) : true;
}

function areWhole({ arguments: args, aborted, outcome }: Partial<Call>): boolean {
  return areSnapshots([
    ...(args ? [args] : []),
    ...(aborted ? [aborted.reason] : []),
    ...(outcome?.status === "fulfilled" ? [outcome.value] : []),
  ]);
}
