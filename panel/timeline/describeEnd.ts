import type { Call } from "../../src/index.js";
import { describeDuration } from "../words/describeDuration.js";
import { say } from "../words/say.js";

/** "created, 2.5 s", "AbortError, 3 s, aborted after 2 s". `outcome`: in words. */
export function describeEnd({ startedAt, duration, aborted }: Call, outcome: string): string {
  const end =
    duration === undefined ? outcome : say("timeline_end", { outcome, duration: describeDuration(duration) });
  if (!aborted) return end;
  return say("timeline_endAborted", { end, delay: describeDuration(Math.max(0, aborted.at - startedAt)) });
}
