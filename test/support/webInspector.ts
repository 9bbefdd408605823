import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { Frame, Page } from "puppeteer-core";
import { built } from "../build/built.js";

export interface WebInspector {
  /** Apple's front end */
  frontEnd: Page;
  /** Evaluates in the top-level page that is inspected; resolves when that has settled, where it is a promise. */
  inPage(expression: string): Promise<unknown>;
  /** Sets the Inspector Bootstrap Script as a person does, and reloads the page; undefined: none. */
  setBootstrapScript(source: string | undefined): Promise<void>;
  /** Opens the built panel in a tab of its own, as Safari opens that of an extension. */
  openPanel(settings: Record<string, unknown>): Promise<Frame>;
  /** Chooses the tab of the panel. */
  showPanel(): Promise<void>;
  /** How often the panel has had something evaluated. */
  evaluations(): Promise<number>;
  /** What Save Selected writes of all messages on the console. */
  savedConsole(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Apple's Web Inspector front end, as WebKitGTK comes with it, attached to a page in another process, as it
 * is to an iPhone. `endpoint`: host and port of that inspector; `page`: an empty page to show the front end.
 */
export async function openWebInspector(page: Page, endpoint: string): Promise<WebInspector> {
  const list = await (await fetch(`http://${endpoint}/`)).text();
  const socket = /\/socket\/\d+\/\d+\/WebPage/.exec(list)?.[0];
  // tsx wraps the functions of its programs in it.
  await page.evaluateOnNewDocument("globalThis.__name = (value) => value");
  await page.goto(`http://${endpoint}/Main.html?ws=${endpoint}${socket}`);
  const isAttached = () =>
    page.waitForFunction(
      "globalThis.WI?.sharedApp?.extensionController && WI.networkManager.mainFrame?.pageExecutionContext",
    );
  await isAttached();
  let server: Awaited<ReturnType<typeof servePanel>> | undefined;
  return {
    frontEnd: page,
    async inPage(expression) {
      return page.evaluate(async (text) => {
        const { target, id } = WI.networkManager.mainFrame.pageExecutionContext;
        const started = await target.RuntimeAgent.evaluate.invoke({ expression: text, contextId: id });
        const { result, wasThrown } =
          started.result.className === "Promise"
            ? await target.RuntimeAgent.awaitPromise.invoke({
                promiseObjectId: started.result.objectId,
                returnByValue: true,
              })
            : started;
        if (wasThrown) throw new Error(result.description);
        return result.value ?? result.description;
      }, expression);
    },
    async setBootstrapScript(source) {
      await page.evaluate(async (text) => {
        if (WI.networkManager.bootstrapScript) WI.networkManager.destroyBootstrapScript();
        if (text !== undefined) {
          await WI.networkManager.createBootstrapScript(text);
          WI.networkManager.bootstrapScriptEnabled = true;
        }
        const gone = new Promise((resolve) =>
          WI.Frame.singleFireEventListener(WI.Frame.Event.MainResourceDidChange, resolve),
        );
        await WI.assumingMainTarget().PageAgent.reload.invoke({});
        await gone;
      }, source);
      await isAttached();
    },
    async openPanel(settings) {
      server = await servePanel(settings);
      await page.evaluate(playSafari, `${server.origin}/devtools/panel.html`);
      const panel = await page.waitForFrame((frame) => frame.url().endsWith("/devtools/panel.html"));
      await panel.waitForSelector(".toolbar");
      return panel;
    },
    showPanel: () => page.evaluate(() => void WI.sharedApp.extensionController.showExtensionTab(keyholeTab)),
    evaluations: () => page.evaluate(() => evaluations),
    savedConsole: () =>
      page.evaluate(async () => {
        WI.showConsoleTab();
        await new Promise(requestAnimationFrame);
        return WI.consoleContentView._formatMessagesAsData(false) as string;
      }),
    async close() {
      await page.close();
      await server?.close();
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: Apple's front end has no types
declare const WI: any, InspectorFrontendHost: any;
/** In the front end, left there by `playSafari`. */
declare let keyholeTab: string, evaluations: number;

/** Runs in the front end: does with its extension controller what Safari does with it. */
async function playSafari(panelUrl: string): Promise<void> {
  const extensions = WI.sharedApp.extensionController;
  Object.assign(globalThis, { evaluations: 0 });
  const say = (message: object) => {
    for (const frame of document.querySelectorAll("iframe"))
      frame.contentWindow!.postMessage(message, new URL(panelUrl).origin);
  };
  Object.defineProperty(InspectorFrontendHost, "supportsWebExtensions", { value: true });
  Object.assign(InspectorFrontendHost, {
    didShowExtensionTab() {},
    didHideExtensionTab() {},
    didNavigateExtensionTab() {},
    evaluateScriptInExtensionTab() {},
    inspectedPageDidNavigate: (url: string) => say({ navigated: url }),
  });
  addEventListener("message", async ({ data, origin, source }) => {
    if (origin !== new URL(panelUrl).origin) return;
    evaluations++;
    const { id, expression, frameURL } = data as { id: number; expression: string; frameURL?: string };
    const answer = await extensions.evaluateScriptForExtension("keyhole", expression, { frameURL });
    // The shape that WebKit's extension layer gives the answer.
    const pair =
      typeof answer !== "object" || answer === null
        ? { rejected: `Web Inspector could not evaluate script: ${answer}` }
        : "error" in answer
          ? { resolved: [undefined, { isException: true, value: answer.error }] }
          : { resolved: [answer.result, undefined] };
    (source as Window).postMessage({ id, ...pair }, origin);
  });
  extensions.registerExtension("keyhole", "example.keyhole", "Keyhole");
  const { result } = await extensions.createTabForExtension(
    "keyhole",
    "Keyhole",
    new URL("/icons/32.png", panelUrl).href,
    panelUrl,
  );
  Object.assign(globalThis, { keyholeTab: result });
  await extensions.showExtensionTab(result);
}

/** Stands before the panel's own script: the part of `browser` that Safari's inspector gives it. */
const BROWSER = `(() => {
  const listeners = new Set(), waiting = new Map();
  let next = 0;
  addEventListener("message", ({ data }) => {
    if ("navigated" in data) for (const listener of listeners) listener(data.navigated);
    const settle = waiting.get(data.id);
    waiting.delete(data.id);
    if (settle) "rejected" in data ? settle.reject(new Error(data.rejected)) : settle.resolve(data.resolved);
  });
  const area = (texts) => ({
    get: async (keys) => structuredClone(keys == null ? texts : Object.fromEntries([keys].flat().filter((key) => key in texts).map((key) => [key, texts[key]]))),
    set: async (values) => void Object.assign(texts, values),
    remove: async (keys) => { for (const key of [keys].flat()) delete texts[key]; },
  });
  const event = { addListener() {}, removeListener() {} };
  const browser = {
    runtime: { id: "keyhole", getURL: (path) => "safari-web-extension://keyhole/" + path, sendMessage: async () => undefined, onMessage: event },
    storage: { local: area(__SETTINGS__), session: area({}), onChanged: event },
    devtools: {
      panels: { themeName: undefined },
      network: { onNavigated: { addListener: (listener) => listeners.add(listener), removeListener: (listener) => listeners.delete(listener) } },
      inspectedWindow: {
        tabId: -1,
        eval: (expression, { frameURL } = {}) => new Promise((resolve, reject) => {
          waiting.set(++next, { resolve, reject });
          parent.postMessage({ id: next, expression, frameURL }, "*");
        }),
      },
    },
  };
  globalThis.browser = browser;
  Object.defineProperty(globalThis, "chrome", { value: { runtime: browser.runtime }, configurable: true });
})();`;

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".png": "image/png",
};

/** The files of dist/safari, under the policy of the extension but for the script that plays `browser`. */
async function servePanel(
  settings: Record<string, unknown>,
): Promise<{ origin: string; close(): Promise<void> }> {
  const texts = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`setting/${name}`, JSON.stringify(value)]),
  );
  const server = createServer(async (request, response) => {
    const path = new URL(request.url!, "http://localhost").pathname;
    if (path === "/browser.js")
      return response
        .writeHead(200, { "content-type": TYPES[".js"] })
        .end(BROWSER.replace("__SETTINGS__", () => JSON.stringify(texts)));
    const file = await readFile(built(`safari${path}`)).catch(() => undefined);
    if (!file) return response.writeHead(404).end();
    response
      .writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "text/plain",
        "content-security-policy": POLICY,
      })
      .end(
        path.endsWith(".html")
          ? file.toString().replace("<head>", '<head><script src="/browser.js"></script>')
          : file,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
