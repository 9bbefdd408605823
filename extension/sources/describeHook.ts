import { describeHooked, type Realm, type SourceSink } from "../../src/index.js";

/** What is known of the page that the tab shows; undefined: it cannot be asked. */
export type PageFacts =
  | { isSecureContext: boolean; startedAt: number; isAllowed?: boolean; isOlder?: boolean }
  | undefined;

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
  return { state: "lost", sentence: page ? whyNot(page) : NO_PAGE };
}

const NO_PAGE = "Not hooked: open or reload a page on https or localhost";

/** The first that is so keeps the hook away whatever else is done. */
function whyNot({ isSecureContext, isAllowed, isOlder }: NonNullable<PageFacts>): string {
  if (!isSecureContext) return "Not a secure page: Keyhole works on https and localhost";
  if (isAllowed === false)
    return "Not allowed on this site: let Keyhole read it, by the browser's menu of extensions, and reload the page";
  if (isOlder === true) return "Not hooked: the page was opened before Keyhole was there. Reload it";
  if (isOlder === undefined)
    return "Not hooked: reload the page (it was opened before Keyhole, or Keyhole is not allowed on this site)";
  return "Not hooked: reload the page";
}
