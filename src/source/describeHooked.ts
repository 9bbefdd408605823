import type { Realm } from "../recording/recording.js";
import type { SayStatus } from "./statuses.js";

/** How early the hook came into a document, and whether the API was still the browser's own. */
export function describeHooked(
  { startedAt, hook: { readyState, installedAt, native } }: Realm,
  say: SayStatus,
): string {
  const hooked =
    readyState === "loading"
      ? say("early")
      : say("late", { seconds: ((installedAt - startedAt) / 1000).toFixed(1) });
  return native ? hooked : say("replaced", { hooked });
}
