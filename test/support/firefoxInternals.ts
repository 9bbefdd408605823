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
  await toolbox.selectTool(toolbox.getAdditionalTools()[0]!.id);
}

export async function closeDevTools(): Promise<void> {
  const { ChromeUtils } = globalThis as unknown as Chrome;
  const loader = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = loader.require("devtools/client/framework/devtools");
  for (const toolbox of gDevTools.getToolboxes()) await toolbox.destroy();
}

/** Runs the text of a function in the panel, which is in the extension's process; resolves with JSON. */
export async function evaluateInPanel(run: string): Promise<string> {
  const { ChromeUtils } = globalThis as unknown as Chrome;
  const loader = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = loader.require("devtools/client/framework/devtools");
  const [toolbox] = gDevTools.getToolboxes();
  const id = toolbox!.getAdditionalTools()[0]!.id;
  const frame = toolbox!.doc.getElementById(`toolbox-panel-iframe-${id}`);
  const { messageManager } = frame.contentDocument.querySelector("browser")!;
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
    importESModule(url: string): { require(module: string): { gDevTools: DevTools } };
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
    getElementById(id: string): { contentDocument: { querySelector(name: string): PanelBrowser | null } };
  };
  getAdditionalTools(): { id: string }[];
  selectTool(id: string): Promise<void>;
  destroy(): Promise<void>;
}

interface PanelBrowser {
  messageManager: {
    addMessageListener(
      name: string,
      listener: (message: { data: { value?: string; error?: string } }) => void,
    ): void;
    removeMessageListener(name: string, listener: unknown): void;
    loadFrameScript(url: string, allowDelayed: boolean): void;
  };
}
