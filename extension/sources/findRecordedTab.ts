import type { PageFacts, Realm } from "../../src/index.js";
import { type StoredRealm, type TabState, tabKeys } from "../background/tabKeys.js";
import type { SessionStore } from "../platform/sessionStore.js";

/**
 * The tab that shows a page, by what the background keeps: the document that began at the same moment
 * at the same origin. For browsers that do not tell which tab they inspect.
 */
export async function findRecordedTab(store: SessionStore, page: PageFacts): Promise<number | undefined> {
  const all = await store.getAll("tab/");
  for (const [key, value] of all) {
    const tabId = Number(/^tab\/(\d+)\/state$/.exec(key)?.[1] ?? Number.NaN);
    if (Number.isNaN(tabId)) continue;
    const { top, withheld = [] } = value as TabState;
    const realm = (all.get(tabKeys(tabId).realm(top ?? "")) as StoredRealm | undefined)?.realm;
    if (realm && isOf(page, realm)) return tabId;
    // Nothing but this is known of a page on whose site nobody allowed to record.
    const isHost = (site: string) => URL.canParse(page.url) && new URL(page.url).hostname === site;
    if (
      withheld.some(({ site, startedAt }) => isHost(site) && startedAt !== undefined && isAt(page, startedAt))
    )
      return tabId;
  }
  return undefined;
}

/** Two worlds of one document have one clock, which browsers make a little coarser. */
const isAt = (page: PageFacts, startedAt: number) => Math.abs(startedAt - page.startedAt) <= 1;

const isOf = (page: PageFacts, { startedAt, url }: Realm): boolean =>
  isAt(page, startedAt) && originOf(url) === originOf(page.url);

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}
