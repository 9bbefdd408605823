import { describeHooked, type Realm, type SourceSink } from "../../src/index.js";

/** What the page that the tab shows says of itself; undefined: it cannot be asked. */
export type PageFacts = { isSecureContext: boolean; startedAt: number } | undefined;

/**
 * How the page that the tab shows is watched, and what to do where it is not.
 *
 * version: Keyhole's own, where the hook may be a script that a person pasted some time ago.
 */
export function describeHook(
  realm: Realm | undefined,
  page: PageFacts,
  version?: string,
): { state: Parameters<SourceSink["status"]>[0]; sentence: string } {
  if (!realm || (page && Math.abs(page.startedAt - realm.startedAt) > SAME_PAGE_MS))
    return describeNoHook(page);
  const notes = [describeHooked(realm)];
  if (version !== undefined && realm.hook.version !== version)
    notes.push(
      `the hook is of Keyhole ${realm.hook.version}, this is ${version}: copy the Bootstrap Script anew`,
    );
  return { state: "live", sentence: notes.join("; ") };
}

/** Both times are when the document's life began, told by two clocks of the same process. */
const SAME_PAGE_MS = 100;

function describeNoHook(page: PageFacts): { state: "lost"; sentence: string } {
  if (page?.isSecureContext === false)
    return { state: "lost", sentence: "Not a secure page: Keyhole works on https and localhost" };
  if (page)
    return {
      state: "lost",
      sentence:
        "Not hooked: reload the page (it was opened before Keyhole, or Keyhole is not allowed on this site)",
    };
  return { state: "lost", sentence: "Not hooked: open or reload a page on https or localhost" };
}
