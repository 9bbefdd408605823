import browser from "webextension-polyfill";
import { isAllowedOn } from "./hostPermission.js";
import { type EvalAnswer, readEvalAnswer } from "./readEvalAnswer.js";
import { sessionStore } from "./sessionStore.js";
import { readStart } from "./start.js";

/** What is known of the page that DevTools looks at: fit for a sentence in the panel, not for the record. */
export interface InspectedPageFacts {
  isSecureContext: boolean;
  /** when its document began, in Unix milliseconds */
  startedAt: number;
  /** false: the browser keeps Keyhole from pages of this host */
  isAllowed: boolean;
  /** true: the page was there before Keyhole was installed or switched on */
  isOlder: boolean;
}

export interface InspectedPage {
  /** undefined where the page cannot be asked, as those of the browser itself */
  ask(): Promise<InspectedPageFacts | undefined>;
  /** Returns the way to stop listening. */
  onNavigated(listener: () => void): () => void;
}

export const inspectedPage: InspectedPage = {
  async ask() {
    // Just after a navigation there is nothing yet that could answer, and nothing that says when.
    for (const pause of [20, 50, 100, 200, 400, 800]) {
      const answer = await evaluate(
        "({ isSecureContext, startedAt: performance.timeOrigin, address: location.href })",
      );
      if ("value" in answer && isAnswer(answer.value)) return complete(answer.value);
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

/**
 * Evaluates in the page's own world; of the top-level page, or of the frame with that address. Expressions
 * return texts. Never rejects.
 */
export async function evaluate(expression: string, frameUrl?: string): Promise<EvalAnswer> {
  const { inspectedWindow } = browser.devtools;
  try {
    const options = frameUrl === undefined ? undefined : { frameURL: frameUrl };
    // An option that is undefined is one too many for Firefox.
    return readEvalAnswer(
      await (options ? inspectedWindow.eval(expression, options) : inspectedWindow.eval(expression)),
    );
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** In Safari's inspector there is no tab id to rely on, nor is there a tab where the page is on a device. */
export const isSafari = (): boolean => browser.runtime.getURL("").startsWith("safari-web-extension:");

export const inspectedTabId = (): number => browser.devtools.inspectedWindow.tabId;

/** The theme that was chosen for DevTools; its panels are not told by `prefers-color-scheme`. */
export const devtoolsTheme = (): "light" | "dark" | undefined => {
  const { themeName } = browser.devtools.panels;
  if (themeName === "dark") return "dark";
  return themeName === undefined ? undefined : "light";
};

export const createPanel = (title: string, icon: string, page: string): Promise<unknown> =>
  browser.devtools.panels.create(title, icon, page);

interface Answer {
  isSecureContext: boolean;
  startedAt: number;
  address: string;
}

async function complete({ isSecureContext, startedAt, address }: Answer): Promise<InspectedPageFacts> {
  const [isAllowed, start] = await Promise.all([isAllowedOn(address), readStart(sessionStore)]);
  return { isSecureContext, startedAt, isAllowed, isOlder: start !== undefined && startedAt < start };
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === "object" &&
  value !== null &&
  "isSecureContext" in value &&
  "startedAt" in value &&
  "address" in value &&
  typeof value.isSecureContext === "boolean" &&
  typeof value.startedAt === "number" &&
  typeof value.address === "string";
