import browser from "webextension-polyfill";

/** What the page that DevTools looks at says of itself: fit for a sentence in the panel, not for the record. */
export interface InspectedPage {
  /** undefined where the page cannot be asked, as those of the browser itself */
  ask(): Promise<{ isSecureContext: boolean; startedAt: number } | undefined>;
  /** Returns the way to stop listening. */
  onNavigated(listener: () => void): () => void;
}

export const inspectedPage: InspectedPage = {
  async ask() {
    const [value] = await browser.devtools.inspectedWindow
      .eval("[isSecureContext, performance.timeOrigin]")
      .catch(() => []);
    if (!Array.isArray(value)) return undefined;
    const [isSecureContext, startedAt] = value as unknown[];
    if (typeof isSecureContext !== "boolean" || typeof startedAt !== "number") return undefined;
    return { isSecureContext, startedAt };
  },

  onNavigated(listener) {
    const onNavigated = () => listener();
    browser.devtools.network.onNavigated.addListener(onNavigated);
    return () => browser.devtools.network.onNavigated.removeListener(onNavigated);
  },
};

export const inspectedTabId = (): number => browser.devtools.inspectedWindow.tabId;

/** The theme that was chosen for DevTools; its panels are not told by `prefers-color-scheme`. */
export const devtoolsTheme = (): "light" | "dark" | undefined => {
  const { themeName } = browser.devtools.panels;
  if (themeName === "dark") return "dark";
  return themeName === undefined ? undefined : "light";
};

export const createPanel = (title: string, icon: string, page: string): Promise<unknown> =>
  browser.devtools.panels.create(title, icon, page);
