import browser from "webextension-polyfill";

/** The tab that the toolbar button was pressed for. Needs no permission, as nothing of the page is told. */
export async function activeTabId(): Promise<number> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? -1;
}

/** Opens a page of the extension in a tab. `path`: from the extension's top. */
export async function openPage(path: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(path) });
}

/** What stands on the toolbar button while that tab is shown; "": nothing. */
export async function showBadge(tabId: number, text: string): Promise<void> {
  // The tab may be gone by now, and not every browser has badges.
  await browser.action?.setBadgeText({ tabId, text }).catch(() => {});
  await browser.action?.setBadgeBackgroundColor({ tabId, color: "#b3261e" }).catch(() => {});
}
