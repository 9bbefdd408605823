import type { Browser, Page } from "puppeteer-core";
import type { StoredRealm, TabState } from "../../extension/background/tabKeys.js";
import type { Call, Realm } from "../../src/index.js";

declare const chrome: { storage: { session: { get(): Promise<Record<string, string>> } } };

/** What the background keeps of one tab. */
export interface TabLog {
  tabId: number;
  state: TabState;
  realms: Realm[];
  /** in the order in which they started */
  calls: Call[];
}

/** Opens a page of the extension that does nothing, through which its storage can be looked at. */
export async function openExtensionLog(browser: Browser): Promise<ExtensionLog> {
  const [extension] = [...(await browser.extensions()).values()];
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${extension!.id}/manifest.json`);
  return new ExtensionLog(page);
}

export class ExtensionLog {
  constructor(readonly page: Page) {}

  /** The tabs of which something is kept. */
  async tabs(): Promise<TabLog[]> {
    return readTabLogs(await this.page.evaluate(() => chrome.storage.session.get()));
  }

  /** The log of a page's tab; tells tabs apart by the top-level realm that began with this document. */
  async of(page: Page): Promise<TabLog> {
    const startedAt = await page.evaluate(() => performance.timeOrigin);
    const log = (await this.tabs()).find(({ realms, state }) =>
      realms.some((realm) => realm.id === state.top && realm.startedAt === startedAt),
    );
    if (!log) throw new Error(`nothing is kept of ${page.url()}`);
    return log;
  }
}

/** The logs in what the extension keeps in session storage. */
export function readTabLogs(texts: Record<string, string>): TabLog[] {
  const all = Object.entries(texts)
    .filter(([key]) => key.startsWith("tab/"))
    .map(([key, text]) => [key.split("/"), JSON.parse(text)] as const);
  const of = (tabId: string, kind: string) =>
    all.filter(([[, id, what]]) => id === tabId && what === kind).map(([key, value]) => ({ key, value }));
  return all
    .filter(([[, , kind]]) => kind === "state")
    .map(([[, tabId], state]) => {
      const calls = new Map(of(tabId!, "call").map(({ value }) => [value.id, value as Call]));
      const order = of(tabId!, "order").sort((a, b) => Number(a.key[3]) - Number(b.key[3]));
      return {
        tabId: Number(tabId),
        state: state as TabState,
        realms: of(tabId!, "realm").map(({ value }) => (value as StoredRealm).realm),
        calls: order.map(({ value }) => calls.get(value)!),
      };
    });
}
