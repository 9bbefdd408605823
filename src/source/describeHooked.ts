import type { Realm } from "../recording/recording.js";

/** How early the hook came into a document, and whether the API was still the browser's own. */
export function describeHooked({ startedAt, hook: { readyState, installedAt, native } }: Realm): string {
  const lateBy = ((installedAt - startedAt) / 1000).toFixed(1);
  const when =
    readyState === "loading"
      ? "Hooked before the page's first script"
      : `Hooked ${lateBy} s late: earlier calls are missing`;
  return native ? when : `${when}; another script had replaced the API before`;
}
