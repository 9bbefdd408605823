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
    // Just after a navigation there is nothing yet that could answer, and nothing that says when.
    for (const pause of [20, 50, 100, 200, 400, 800]) {
      const facts = await evaluate("({ isSecureContext, startedAt: performance.timeOrigin })");
      if (isFacts(facts)) return facts;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return undefined;
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

async function evaluate(expression: string): Promise<unknown> {
  const answer: unknown = await browser.devtools.inspectedWindow.eval(expression).catch(() => undefined);
  // Firefox adds what went wrong; Chrome does so only where something did.
  return Array.isArray(answer) ? answer[0] : answer;
}

const isFacts = (value: unknown): value is { isSecureContext: boolean; startedAt: number } =>
  typeof value === "object" &&
  value !== null &&
  "isSecureContext" in value &&
  "startedAt" in value &&
  typeof value.isSecureContext === "boolean" &&
  typeof value.startedAt === "number";
