import { sayStatus } from "../../panel/words/engineWords.js";
import { type PlainKey, say, sayCount } from "../../panel/words/say.js";
import { describeHooked, type Realm, type SourceSink } from "../../src/index.js";

/** What is known of the page that the tab shows; "unreached": no content script is in it; undefined: it cannot be asked. */
export type PageFacts =
  | { isSecureContext: boolean; startedAt: number; isAllowed?: boolean; isOlder?: boolean }
  | "unreached"
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
  if (page === "unreached") return { state: "lost", sentence: say("notHooked_unreached") };
  if (!realm || (page && !isSamePage(page.startedAt, realm.startedAt))) return describeNoHook(page);
  const hooked = describeHooked(realm, sayStatus);
  const old = realm.hook.version;
  if (version === undefined || old === version) return { state: "live", sentence: hooked };
  return { state: "live", sentence: say("hooked_otherVersion", { hooked, old, version }) };
}

/** That calls cannot be kept now; of each document, the number of those that wait. */
export function describeUnkept(waiting: Iterable<number>): { state: "lost"; sentence: string } {
  const calls = [...waiting].reduce((sum, count) => sum + count, 0);
  return { state: "lost", sentence: sayCount("unkept", calls) };
}

/** Both times are when a document's life began, told by two clocks of the same process. */
export const isSamePage = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_PAGE_MS;

const SAME_PAGE_MS = 100;

function describeNoHook(page: Exclude<PageFacts, "unreached">): { state: "lost"; sentence: string } {
  return { state: "lost", sentence: say(page ? whyNot(page) : "notHooked_openPage") };
}

/** The first that is so keeps the hook away whatever else is done. */
function whyNot({
  isSecureContext,
  isAllowed,
  isOlder,
}: Exclude<PageFacts, "unreached" | undefined>): PlainKey {
  if (!isSecureContext) return "notHooked_insecure";
  if (isAllowed === false) return "notHooked_notAllowed";
  if (isOlder === true) return "notHooked_older";
  if (isOlder === undefined) return "notHooked_either";
  return "notHooked_reload";
}
