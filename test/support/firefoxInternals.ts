/**
 * What Firefox's own window can do with the extension and with DevTools. Each function runs there (see
 * `evaluateInBrowser`), so it stands for itself.
 */
export async function extensionOrigin(id: string): Promise<string> {
  const { WebExtensionPolicy } = globalThis as unknown as Chrome;
  return `moz-extension://${WebExtensionPolicy.getByID(id).mozExtensionHostname}`;
}

/** Stops the extension's event page, as the browser does when it was idle for a while. */
export async function stopBackground(id: string): Promise<void> {
  const { WebExtensionPolicy } = globalThis as unknown as Chrome;
  await WebExtensionPolicy.getByID(id).extension.terminateBackground({ ignoreDevToolsAttached: true });
}

export async function backgroundState(id: string): Promise<string> {
  const { WebExtensionPolicy } = globalThis as unknown as Chrome;
  return WebExtensionPolicy.getByID(id).extension.backgroundState;
}

export async function focusPage(): Promise<void> {
  const { gBrowser } = globalThis as unknown as Chrome;
  gBrowser.selectedBrowser.focus();
}

/** Opens DevTools below the tab in front, waits for the extension's tool and shows it. */
export async function showPanel(): Promise<void> {
  const { ChromeUtils, gBrowser } = globalThis as unknown as Chrome;
  const loader = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = loader.require("devtools/client/framework/devtools");
  const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: "webconsole" });
  // The extension adds its tool once its own page in DevTools has run; nothing tells when.
  while (toolbox.getAdditionalTools().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const { id } = toolbox.getAdditionalTools()[0]!;
  await toolbox.selectTool(id);
  const page = () =>
    toolbox.doc.getElementById(`toolbox-panel-iframe-${id}`)?.contentDocument?.querySelector("browser");
  // Before that, what is sent there is lost with the process of the blank page.
  while (!page()?.currentURI?.spec.startsWith("moz-extension:") || page()!.webProgress.isLoadingDocument)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

export async function closeDevTools(): Promise<void> {
  const { ChromeUtils } = globalThis as unknown as Chrome;
  const loader = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = loader.require("devtools/client/framework/devtools");
  for (const toolbox of gDevTools.getToolboxes()) await toolbox.destroy();
}

/** Presses the extension's toolbar button, and waits until its page is in the window. */
export async function openPopup(id: string): Promise<void> {
  const { ChromeUtils, WebExtensionPolicy } = globalThis as unknown as Chrome;
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  const { extension } = WebExtensionPolicy.getByID(id);
  ExtensionParent.apiManager.global.browserActionFor(extension).openPopup(window, false);
  const popup = () => document.querySelector(".webextension-popup-browser") as ExtensionBrowser | null;
  while (!popup()?.currentURI?.spec.startsWith("moz-extension:") || popup()!.webProgress.isLoadingDocument)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A PNG of what is in the popup, which is a window of its own; resolves with base64. */
export async function pictureOfPopup(): Promise<string> {
  const popup = document.querySelector(".webextension-popup-browser") as ExtensionBrowser;
  const picture = await popup.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
  const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas") as HTMLCanvasElement;
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d")!.drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png").slice("data:image/png;base64,".length);
}

export async function closePopup(): Promise<void> {
  const popup = document.querySelector(".webextension-popup-browser")!;
  (popup.closest("panel") as Element & { hidePopup(): void }).hidePopup();
}

/** What stands on the extension's toolbar button for the tab in front. */
export function badge(id: string): string {
  const { ChromeUtils, WebExtensionPolicy, gBrowser } = globalThis as unknown as Chrome;
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  const { extension } = WebExtensionPolicy.getByID(id);
  const { action } = ExtensionParent.apiManager.global.browserActionFor(extension);
  return action.getProperty(gBrowser.selectedTab, "badgeText");
}

/**
 * Runs the text of a function in a page of the extension that is in no tab; resolves with JSON. Such a
 * page is in the extension's process.
 */
export async function evaluateInPage(place: "panel" | "popup", run: string): Promise<string> {
  const { ChromeUtils } = globalThis as unknown as Chrome;
  const panel = () => {
    const loader = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
    const [toolbox] = loader.require("devtools/client/framework/devtools").gDevTools.getToolboxes();
    const id = toolbox!.getAdditionalTools()[0]!.id;
    const frame = toolbox!.doc.getElementById(`toolbox-panel-iframe-${id}`)!;
    return frame.contentDocument!.querySelector("browser")!;
  };
  const popup = () => document.querySelector(".webextension-popup-browser") as ExtensionBrowser;
  const { messageManager } = (place === "panel" ? panel : popup)();
  const name = `keyhole-test:${Math.random()}`;
  const script = `{
    let answer;
    try {
      const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
      answer = { value: Cu.evalInSandbox(${JSON.stringify(`JSON.stringify((${run})())`)}, sandbox) };
    } catch (error) { answer = { error: String(error) }; }
    sendAsyncMessage(${JSON.stringify(name)}, answer);
  }`;
  return new Promise((resolve, reject) => {
    const onAnswer = ({ data }: { data: { value?: string; error?: string } }) => {
      messageManager.removeMessageListener(name, onAnswer);
      if (data.error === undefined) resolve(data.value ?? "null");
      else reject(new Error(data.error));
    };
    messageManager.addMessageListener(name, onAnswer);
    messageManager.loadFrameScript(`data:,${encodeURIComponent(script)}`, false);
  });
}

/** As much of Firefox's own API as is used here. */
interface Chrome {
  ChromeUtils: {
    importESModule(url: string): {
      require(module: string): { gDevTools: DevTools };
      ExtensionParent: { apiManager: { global: { browserActionFor(extension: object): BrowserAction } } };
    };
  };
  gBrowser: { selectedTab: object; selectedBrowser: { focus(): void } };
  WebExtensionPolicy: {
    getByID(id: string): {
      mozExtensionHostname: string;
      extension: {
        backgroundState: string;
        terminateBackground(options: { ignoreDevToolsAttached: boolean }): Promise<void>;
      };
    };
  };
}

interface DevTools {
  showToolboxForTab(tab: object, options: { toolId: string }): Promise<Toolbox>;
  getToolboxes(): Toolbox[];
}

interface Toolbox {
  doc: {
    getElementById(id: string): {
      contentDocument: { querySelector(name: string): ExtensionBrowser | null } | null;
    } | null;
  };
  getAdditionalTools(): { id: string }[];
  selectTool(id: string): Promise<void>;
  destroy(): Promise<void>;
}

interface BrowserAction {
  openPopup(window: Window, withoutUserInteraction: boolean): void;
  action: { getProperty(tab: object, name: "badgeText"): string };
}

interface ExtensionBrowser extends Element {
  currentURI: { spec: string } | null;
  webProgress: { isLoadingDocument: boolean };
  browsingContext: {
    currentWindowGlobal: {
      drawSnapshot(area: null, scale: number, background: string): Promise<ImageBitmap>;
    };
  };
  messageManager: {
    addMessageListener(
      name: string,
      listener: (message: { data: { value?: string; error?: string } }) => void,
    ): void;
    removeMessageListener(name: string, listener: unknown): void;
    loadFrameScript(url: string, allowDelayed: boolean): void;
  };
}
