import browser from "webextension-polyfill";

/** Who sent a message, as the browser says it; a page can forge none of it. */
export interface Sender {
  /** an own page of the extension (DevTools panel, viewer, popup), not a content script */
  isExtensionPage: boolean;
  tabId?: number;
  /** 0 is the top-level page */
  frameId?: number;
  url?: string;
  /** absent where the browser does not say it */
  origin?: string;
}

/** Sends to the background, waking it up if need be; resolves with its answer. */
export const sendToBackground = (message: unknown): Promise<unknown> => browser.runtime.sendMessage(message);

/** Tells every page of the extension that is open. */
export const tellPages = (message: unknown): void =>
  void browser.runtime.sendMessage(message).catch(() => {});

/** Hears what `tellPages` says, and nothing of what content scripts send; returns the way to stop it. */
export function onTold(listener: (message: unknown) => void): () => void {
  const onMessage = (message: unknown, { tab }: browser.Runtime.MessageSender) => {
    if (!tab) listener(message);
    return undefined;
  };
  browser.runtime.onMessage.addListener(onMessage);
  return () => browser.runtime.onMessage.removeListener(onMessage);
}

/** Hands every message to `answer`; what that resolves with goes back to the sender. */
export function onMessage(answer: (message: unknown, sender: Sender) => Promise<unknown>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: browser.Runtime.MessageSender) =>
    answer(message, describeSender(sender)),
  );
}

export function onTabClosed(listener: (tabId: number) => void): void {
  browser.tabs.onRemoved.addListener((tabId) => listener(tabId));
}

export const tabExists = (tabId: number): Promise<boolean> =>
  browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );

function describeSender(sender: browser.Runtime.MessageSender & { origin?: string }): Sender {
  const { tab, frameId, url, origin } = sender;
  return {
    isExtensionPage: url?.startsWith(browser.runtime.getURL("")) ?? false,
    ...(tab?.id !== undefined && { tabId: tab.id }),
    ...(frameId !== undefined && { frameId }),
    ...(url !== undefined && { url }),
    ...(origin !== undefined && { origin }),
  };
}
