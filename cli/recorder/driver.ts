/** What the recorder uses of a frame of Playwright or Puppeteer. */
export interface AnyFrame {
  evaluate(expression: string): Promise<unknown>;
}

interface ConsoleMessage {
  text(): string;
}

/**
 * A connection of WebDriver BiDi, as `await driver.getBidi()` of Selenium gives it: all pages of its session.
 *
 * @see https://www.w3.org/TR/webdriver-bidi/
 */
export interface BidiConnection {
  /** Resolves to the answer, or to the whole message that holds it as `result`. */
  send(command: { method: string; params: object }): Promise<unknown>;
  /** of the package `ws` */
  socket: { on: unknown };
}

/** What the recorder listens to: the consoles of one page, or of all pages of a context. */
interface Talking {
  on(event: "console", listener: (message: ConsoleMessage) => void): unknown;
  off(event: "console", listener: (message: ConsoleMessage) => void): unknown;
}

/** What the recorder uses of a page of Playwright. */
export interface AnyPage extends Talking {
  frames(): AnyFrame[];
}

/** A page of Playwright or Puppeteer, a browser context of Playwright, or a session of WebDriver BiDi. */
export type Recordable = PlaywrightContext | PlaywrightPage | PuppeteerPage | BidiConnection;

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
  frames(): Promise<AnyFrame[]>;
  /** Resolves when the pages are hooked. They stay so: not every driver can take a script back. */
  follow(following: Following): Promise<void>;
}

/** Throws where the target is nothing that can be recorded. */
export function driverOf(target: Recordable): Driver {
  if ("addInitScript" in target && typeof target.addInitScript === "function") return playwright(target);
  if ("evaluateOnNewDocument" in target && typeof target.evaluateOnNewDocument === "function")
    return puppeteer(target);
  if ("send" in target && typeof target.send === "function" && "socket" in target) return bidi(target);
  throw new TypeError(
    "record() takes a page of Playwright or Puppeteer, a browser context of Playwright, or a connection of WebDriver BiDi",
  );
}

function playwright(target: PlaywrightContext | PlaywrightPage): Driver {
  const pages = () => ("pages" in target ? target.pages() : [target]);
  const frames = () => pages().flatMap((page) => page.frames());
  return {
    frames: async () => frames(),
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
    frames: async () => [...open].flatMap((page) => page.frames()),
    follow: (following) => add(target, following),
  };

  async function add(page: PuppeteerPage, following: Following): Promise<void> {
    const { script, said } = following;
    open.add(page);
    on(page, "console", (message: ConsoleMessage) => said(message.text()));
    // What goes wrong is that it is closed again.
    on(
      page,
      "popup",
      (window: PuppeteerPage | null) => void (window && add(window, following).catch(() => {})),
    );
    on(page, "close", () => open.delete(page));
    await page.evaluateOnNewDocument(script);
    await hookNow(page.frames(), script);
  }
}

/** The script is the session's, so that new windows, too, have it before their own. */
function bidi(connection: BidiConnection): Driver {
  const ask = async (method: string, params: object): Promise<unknown> => {
    const answer = (await connection.send({ method, params })) as { type?: string; result?: unknown };
    // Selenium resolves with errors, too.
    if (answer?.type === "error") throw new Error(`${method}: ${(answer as { message?: string }).message}`);
    return answer?.result ?? answer;
  };
  const frames = async (): Promise<AnyFrame[]> => {
    const { contexts } = (await ask("browsingContext.getTree", {})) as { contexts: BidiContext[] };
    return contexts.flatMap(withChildren).map(({ context }) => ({
      async evaluate(expression) {
        const evaluated = await ask("script.evaluate", {
          expression,
          target: { context },
          awaitPromise: false,
        });
        return (evaluated as { result?: { value?: unknown } }).result?.value;
      },
    }));
  };
  return {
    frames,
    async follow({ script, said }) {
      on(connection.socket, "message", (data: unknown) => {
        const line = consoleLineIn(String(data));
        if (line !== undefined) said(line);
      });
      await ask("session.subscribe", { events: ["log.entryAdded"] });
      await ask("script.addPreloadScript", { functionDeclaration: `() => { ${script}\n}` });
      await hookNow(await frames(), script);
    },
  };
}

/** @see https://www.w3.org/TR/webdriver-bidi/#type-browsingContext-Info */
interface BidiContext {
  context: string;
  children?: BidiContext[] | null;
}

function withChildren(context: BidiContext): BidiContext[] {
  return [context, ...(context.children ?? []).flatMap(withChildren)];
}

/** What a page wrote to its console, if the message tells of that. */
function consoleLineIn(message: string): string | undefined {
  if (!message.includes('"log.entryAdded"')) return undefined;
  const { method, params } = JSON.parse(message) as { method?: string; params?: { text?: string | null } };
  return method === "log.entryAdded" ? (params?.text ?? undefined) : undefined;
}

function on<Event>(emitter: { on: unknown }, event: string, listener: (event: Event) => void): void {
  (emitter as { on(event: string, listener: (event: Event) => void): unknown }).on(event, listener);
}

/** The script as an expression; in documents that have it already, it does nothing. */
async function hookNow(frames: readonly AnyFrame[], script: string): Promise<void> {
  const expression = `(() => { ${script}\n})()`;
  await Promise.all(frames.map((frame) => frame.evaluate(expression).catch(() => {})));
}
