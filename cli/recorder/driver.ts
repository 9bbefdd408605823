/** What the recorder uses of a frame of Playwright or Puppeteer. */
export interface AnyFrame {
  evaluate(expression: string): Promise<unknown>;
}

interface ConsoleMessage {
  text(): string;
}

/** What the recorder listens to: the consoles of one page, or of all pages of a context. */
interface Talking {
  on(event: "console", listener: (message: ConsoleMessage) => void): unknown;
  off(event: "console", listener: (message: ConsoleMessage) => void): unknown;
}

/** What the recorder uses of a page of Playwright or Puppeteer. */
export interface AnyPage extends Talking {
  frames(): AnyFrame[];
}

/** A page of Playwright or Puppeteer, or a browser context of Playwright. */
export type Recordable = PlaywrightContext | PlaywrightPage | PuppeteerPage;

export interface PlaywrightContext extends Talking {
  addInitScript(script: { content: string }): Promise<unknown>;
  pages(): AnyPage[];
}

export interface PlaywrightPage extends AnyPage {
  addInitScript(script: { content: string }): Promise<unknown>;
}

/** Its listeners are typed by event there, in a way that no other type can repeat. */
export interface PuppeteerPage {
  frames(): AnyFrame[];
  evaluateOnNewDocument(script: string): Promise<unknown>;
  on: unknown;
}

export interface Following {
  /** to be run in every new document before its own scripts, and in those that are there */
  script: string;
  /** a line on the console of a page */
  said(line: string): void;
}

/** The way to deal with what a test has. */
export interface Driver {
  /** the frames of the pages that are open now */
  frames(): AnyFrame[];
  /** Resolves when the pages are hooked. They stay so: not every driver can take a script back. */
  follow(following: Following): Promise<void>;
}

/** Throws where the target is nothing that can be recorded. */
export function driverOf(target: Recordable): Driver {
  if ("addInitScript" in target && typeof target.addInitScript === "function") return playwright(target);
  if ("evaluateOnNewDocument" in target && typeof target.evaluateOnNewDocument === "function")
    return puppeteer(target);
  throw new TypeError("record() takes a page of Playwright or Puppeteer, or a browser context of Playwright");
}

function playwright(target: PlaywrightContext | PlaywrightPage): Driver {
  const pages = () => ("pages" in target ? target.pages() : [target]);
  const frames = () => pages().flatMap((page) => page.frames());
  return {
    frames,
    async follow({ script, said }) {
      target.on("console", (message) => said(message.text()));
      await target.addInitScript({ content: script });
      await hookNow(frames(), script);
    },
  };
}

/** A window that the page opens is a page of its own there, and hooked as soon as it is known. */
function puppeteer(target: PuppeteerPage): Driver {
  const open = new Set<PuppeteerPage>();
  return {
    frames: () => [...open].flatMap((page) => page.frames()),
    follow: (following) => add(target, following),
  };

  async function add(page: PuppeteerPage, following: Following): Promise<void> {
    const { script, said } = following;
    open.add(page);
    listen(page, "console", (message: ConsoleMessage) => said(message.text()));
    // What goes wrong is that it is closed again.
    listen(
      page,
      "popup",
      (window: PuppeteerPage | null) => void (window && add(window, following).catch(() => {})),
    );
    listen(page, "close", () => open.delete(page));
    await page.evaluateOnNewDocument(script);
    await hookNow(page.frames(), script);
  }
}

function listen<Event>(page: PuppeteerPage, event: string, listener: (event: Event) => void): void {
  (page as { on(event: string, listener: (event: Event) => void): unknown }).on(event, listener);
}

/** The script as an expression; in documents that have it already, it does nothing. */
async function hookNow(frames: readonly AnyFrame[], script: string): Promise<void> {
  const expression = `(() => { ${script}\n})()`;
  await Promise.all(frames.map((frame) => frame.evaluate(expression).catch(() => {})));
}
