import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFirefox } from "./findFirefox.js";
import * as internals from "./firefoxInternals.js";
import { connectMarionette, type Marionette } from "./marionette.js";

export interface FirefoxOptions {
  /** true: the built extension */
  extension?: boolean;
  /** true: a session of WebDriver BiDi beside Marionette's, as a driver starts it */
  bidi?: boolean;
}

/** What `WebAuthn:AddVirtualAuthenticator` of WebDriver takes. */
export interface FirefoxAuthenticator {
  protocol?: "ctap1/u2f" | "ctap2" | "ctap2_1";
  transport?: "internal" | "usb" | "nfc" | "ble" | "hybrid";
  hasResidentKey?: boolean;
  hasUserVerification?: boolean;
  isUserConsenting?: boolean;
  isUserVerified?: boolean;
}

export interface Firefox {
  /** the address of the BiDi session; "" without one */
  webSocketUrl: string;
  /** Where the extension's own pages are: moz-extension://… */
  extensionOrigin: string;
  /** Opens a new tab and goes there; the handle names the tab. */
  open(url: string): Promise<string>;
  navigate(url: string): Promise<void>;
  /** Makes a tab the one that the other commands are about, and the one in front. */
  switchTo(tab: string): Promise<void>;
  /** Into the frame with this index, or back to the page. */
  switchToFrame(index: number | null): Promise<void>;
  /** The first tab is the current one then. */
  closeTab(): Promise<void>;
  /** Gives the page the keyboard, as a click into it does: DevTools may have it. */
  focusPage(): Promise<void>;
  /** Runs a function in the page (so it stands for itself) and waits for what it promises. */
  evaluate<A extends unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** Runs a function in the browser's own window, where it may do what the browser may. */
  evaluateInBrowser<A extends unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** Clicks the first element that fits, as a person does. */
  click(selector: string): Promise<void>;
  /** Chooses a file in a field for files, as a person does. */
  chooseFile(selector: string, path: string): Promise<void>;
  /** The tabs that are open. */
  tabs(): Promise<string[]>;
  /** Answers the ceremonies of every tab as a person would; returns the way to remove it. */
  addVirtualAuthenticator(options?: FirefoxAuthenticator): Promise<() => Promise<void>>;
  /** Stops the extension's background, as the browser does when it was idle for a while. */
  stopBackground(): Promise<void>;
  isBackgroundRunning(): Promise<boolean>;
  /** Opens DevTools on the tab, and Keyhole in it. */
  openKeyholePanel(): Promise<FirefoxPanel>;
  /** Presses the extension's toolbar button. */
  openPopup(): Promise<FirefoxPanel & { screenshot(): Promise<Buffer> }>;
  /** What stands on the extension's toolbar button for the tab in front. */
  badge(): Promise<string>;
  /** Where downloads go; they are kept without a question, and go with the browser. */
  downloads: string;
  /** A PNG of the browser's whole window. */
  screenshot(): Promise<Buffer>;
  /** Any other command of Marionette. */
  send: Marionette["send"];
  close(): Promise<void>;
}

/** Keyhole's panel in DevTools, or its popup. */
export interface FirefoxPanel {
  /** Runs a function in the panel's page (so it stands for itself); its result has to be JSON. */
  evaluate<T>(run: () => T): Promise<T>;
  close(): Promise<void>;
}

/**
 * Starts Firefox, headless, with a profile of its own. The virtual
 * authenticator is only to be had through Marionette, the protocol under Firefox's WebDriver.
 */
export async function launchFirefox({
  extension = true,
  bidi = false,
}: FirefoxOptions = {}): Promise<Firefox> {
  if (extension && !existsSync(`${BUILT}/manifest.json`))
    throw new Error(`No extension in ${BUILT}: run \`npm run build\` first.`);
  const profile = await mkdtemp(join(tmpdir(), "firefox-"));
  const downloads = join(profile, "downloads");
  const preferences = [...PREFERENCES, `"browser.download.dir", ${JSON.stringify(downloads)}`];
  await writeFile(`${profile}/user.js`, preferences.map((line) => `user_pref(${line});\n`).join(""));
  const browser = spawn(
    findFirefox(),
    [
      ...["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile],
      ...(bidi ? ["--remote-debugging-port=0"] : []),
    ],
    {
      stdio: "ignore",
      env: { ...process.env, HOME: profile },
    },
  );
  const ended = new Promise<void>((resolve) => browser.once("exit", () => resolve()));
  const port = await portOf(profile, ended);
  const marionette = await connectMarionette(port);
  const { send } = marionette;
  const session = await send("WebDriver:NewSession", {
    acceptInsecureCerts: true,
    ...(bidi && { webSocketUrl: true }),
  });
  const { webSocketUrl = "" } = session.capabilities as { webSocketUrl?: string };
  await send("WebDriver:SetTimeouts", { script: 30_000 });

  const evaluate = async <A extends unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A) => {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${run})(...Array.prototype.slice.call(arguments, 0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    // Without a sandbox of its own the script is the page's: what it calls, the page calls.
    const { value: answer } = await send("WebDriver:ExecuteAsyncScript", { script, args, sandbox: null });
    const { error, value } = answer as { error?: string; value: T };
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const inBrowser: Firefox["evaluateInBrowser"] = async (run, ...args) => {
    await send("Marionette:SetContext", { value: "chrome" });
    try {
      return await evaluate(run, ...args);
    } finally {
      await send("Marionette:SetContext", { value: "content" });
    }
  };

  const find = async (selector: string) => {
    const { value } = await send("WebDriver:FindElement", { using: "css selector", value: selector });
    return Object.values(value as Record<string, string>)[0]!;
  };

  let id = "";
  let extensionOrigin = "";
  if (extension) {
    ({ value: id } = (await send("Addon:Install", { path: BUILT, temporary: true })) as { value: string });
    extensionOrigin = await inBrowser(internals.extensionOrigin, id);
  }

  return {
    webSocketUrl,
    extensionOrigin,
    async open(url) {
      const { handle } = (await send("WebDriver:NewWindow", { type: "tab" })) as { handle: string };
      await send("WebDriver:SwitchToWindow", { handle });
      await send("WebDriver:Navigate", { url });
      return handle;
    },
    navigate: async (url) => void (await send("WebDriver:Navigate", { url })),
    switchTo: async (handle) => void (await send("WebDriver:SwitchToWindow", { handle })),
    switchToFrame: async (id) => void (await send("WebDriver:SwitchToFrame", { id })),
    async closeTab() {
      const [handle] = (await send("WebDriver:CloseWindow")) as unknown as string[];
      await send("WebDriver:SwitchToWindow", { handle });
    },
    focusPage: () => inBrowser(internals.focusPage),
    evaluate,
    evaluateInBrowser: inBrowser,
    click: async (selector) => void (await send("WebDriver:ElementClick", { id: await find(selector) })),
    chooseFile: async (selector, path) =>
      void (await send("WebDriver:ElementSendKeys", { id: await find(selector), text: path })),
    tabs: async () => (await send("WebDriver:GetWindowHandles")) as unknown as string[],
    async addVirtualAuthenticator(options = {}) {
      const { value: authenticatorId } = await send("WebAuthn:AddVirtualAuthenticator", {
        protocol: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserConsenting: true,
        isUserVerified: true,
        ...options,
      });
      return async () => void (await send("WebAuthn:RemoveVirtualAuthenticator", { authenticatorId }));
    },
    stopBackground: () => inBrowser(internals.stopBackground, id),
    isBackgroundRunning: async () => (await inBrowser(internals.backgroundState, id)) !== "stopped",
    async openKeyholePanel() {
      await inBrowser(internals.showPanel);
      return {
        evaluate: async (run) => JSON.parse(await inBrowser(internals.evaluateInPage, "panel", String(run))),
        close: () => inBrowser(internals.closeDevTools),
      };
    },
    async openPopup() {
      await inBrowser(internals.openPopup, id);
      return {
        evaluate: async (run) => JSON.parse(await inBrowser(internals.evaluateInPage, "popup", String(run))),
        screenshot: async () => Buffer.from(await inBrowser(internals.pictureOfPopup), "base64"),
        close: () => inBrowser(internals.closePopup),
      };
    },
    badge: () => inBrowser(internals.badge, id),
    downloads,
    async screenshot() {
      await send("Marionette:SetContext", { value: "chrome" });
      const { value } = await send("WebDriver:TakeScreenshot", { full: true });
      await send("Marionette:SetContext", { value: "content" });
      return Buffer.from(value as string, "base64");
    },
    send,
    async close() {
      marionette.close();
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}

const BUILT = fileURLToPath(new URL("../../dist/firefox", import.meta.url));

const PREFERENCES = [
  // Any free port: Firefox writes the one it took into the profile.
  '"marionette.port", 0',
  '"security.webauth.webauthn_enable_softtoken", true',
  '"security.webauth.webauthn_enable_usbtoken", false',
  '"browser.shell.checkDefaultBrowser", false',
  '"datareporting.policy.dataSubmissionEnabled", false',
  '"devtools.toolbox.host", "bottom"',
  '"browser.download.folderList", 2',
];

async function portOf(profile: string, ended: Promise<void>): Promise<number> {
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  while (isRunning) {
    const port = Number(await readFile(`${profile}/MarionetteActivePort`, "utf8").catch(() => ""));
    if (port) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Firefox ended before it could be driven.");
}
