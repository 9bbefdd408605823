import browser from "webextension-polyfill";

/** The tab that the toolbar button was pressed for. Needs no permission, as nothing of the page is told. */
export async function activeTabId(): Promise<number> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? -1;
}

/** The page that a tab shows, in the words of the content script in it; "unreached": there is none. */
export function pageOfTab(tabId: number) {
  return {
    async ask(): Promise<AnsweredPage | "unreached"> {
      const answer: unknown = await browser.tabs
        .sendMessage(tabId, { kind: "page?" }, { frameId: 0 })
        .catch(() => undefined);
      return isAnswer(answer) ? answer : "unreached";
    },
    /** Returns the way to stop listening. */
    onNavigated(listener: () => void): () => void {
      const onUpdated = (id: number, { status }: { status?: string }) => {
        if (id === tabId && status !== undefined) listener();
      };
      browser.tabs.onUpdated.addListener(onUpdated);
      return () => browser.tabs.onUpdated.removeListener(onUpdated);
    },
  };
}

interface AnsweredPage {
  isSecureContext: boolean;
  startedAt: number;
}

const isAnswer = (value: unknown): value is AnsweredPage =>
  typeof value === "object" &&
  value !== null &&
  "isSecureContext" in value &&
  typeof value.isSecureContext === "boolean" &&
  "startedAt" in value &&
  typeof value.startedAt === "number";

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
