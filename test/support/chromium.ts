import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import puppeteer, { type Browser, type Frame, type Page, type Protocol } from "puppeteer-core";
import { findChromium } from "./findChromium.js";

export interface ChromiumOptions {
  /** true: the built extension; or the folder of another one */
  extension?: boolean | string;
  /** open DevTools with every tab */
  devtools?: boolean;
  /** default: true */
  headless?: boolean;
  /** false: by a port that others can connect to as well; default: true */
  pipe?: boolean;
  /** of its own words, and so of the extension's; default: English */
  language?: string;
  /** further command line switches */
  args?: string[];
}

/** Starts Chromium with a profile of its own. Throws one clear line where there is none, or no build. */
export async function launchChromium({
  extension = true,
  devtools = false,
  headless = true,
  pipe = true,
  language = "en-US",
  args = [],
}: ChromiumOptions = {}): Promise<Browser> {
  const folder = extension === true ? BUILT : extension;
  if (folder && !existsSync(`${folder}/manifest.json`))
    throw new Error(`No extension in ${folder}: run \`npm run build\` first.`);
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    headless,
    devtools,
    pipe,
    enableExtensions: pipe,
    ...(!headless && { defaultViewport: null }),
    // Linux may ask the environment, others ask the switch.
    env: { ...process.env, LANGUAGE: language },
    args: [...QUIET, `--lang=${language}`, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...args],
  });
  if (folder) await browser.installExtension(folder);
  return browser;
}

/** Installs the built extension over itself, as an update does. */
export const updateExtension = (browser: Browser): Promise<string> => browser.installExtension(BUILT);

const BUILT = fileURLToPath(new URL("../../dist/chrome", import.meta.url));

const QUIET = [
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type AuthenticatorOptions = Partial<Protocol.WebAuthn.VirtualAuthenticatorOptions>;

/** An authenticator that answers every ceremony of a page and its frames, as a person would. */
export interface VirtualAuthenticator {
  credentials(): Promise<Protocol.WebAuthn.Credential[]>;
  /** false: ceremonies that begin from now on wait, as for a person who does nothing */
  setPresence(present: boolean): Promise<void>;
  setUserVerified(verified: boolean): Promise<void>;
  /** The page has none then: ceremonies wait for one to be added, as for a key to be plugged in. */
  remove(): Promise<void>;
}

export async function addVirtualAuthenticator(
  page: Page,
  options: AuthenticatorOptions = {},
): Promise<VirtualAuthenticator> {
  const session = await page.createCDPSession();
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
    },
  });
  return {
    credentials: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    setPresence: (enabled) =>
      session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
    setUserVerified: (isUserVerified) =>
      session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    remove: () => session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId }),
  };
}

/**
 * Shows Keyhole in the DevTools of a page, opening them if need be.
 *
 * devtools: the DevTools window as a page (for screenshots); panel: the frame in which Keyhole runs.
 */
export async function openKeyholePanel(page: Page): Promise<{ devtools: Page; panel: Frame }> {
  const devtools = await page.openDevTools();
  await devtools.waitForFunction(showExtensionPanel, { polling: 100 });
  const panel = await devtools.waitForFrame((frame) => frame.url().endsWith("/devtools/panel.html"));
  await panel.waitForFunction(() => document.readyState === "complete");
  return { devtools, panel };
}

/**
 * Runs in DevTools: false until its own view stands, and the extension's panel in it. A text,
 * because test runners rewrite the `import` of a function.
 */
const showExtensionPanel = `(async () => {
  if (!document.querySelector(".root-view")) return false;
  const { InspectorView, ViewManager } = await import("devtools://devtools/bundled/ui/legacy/legacy.js");
  const id = InspectorView.InspectorView.instance().tabbedPane.tabIds().find((id) => id.startsWith("chrome-extension://"));
  if (id) await ViewManager.ViewManager.instance().showView(id);
  return id !== undefined;
})().catch(() => false)`;

/** Stops the extension's service worker, as the browser does when it was idle for a while. */
export async function stopServiceWorker(browser: Browser): Promise<void> {
  const [page] = await browser.pages();
  const session = await page!.createCDPSession();
  const known = new Map<string, Protocol.ServiceWorker.ServiceWorkerVersion>();
  let onNews = () => {};
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const version of versions) known.set(version.versionId, version);
    onNews();
  });
  const until = (isSo: (version: Protocol.ServiceWorker.ServiceWorkerVersion) => boolean) =>
    new Promise<void>((resolve) => {
      onNews = () => known.size > 0 && [...known.values()].every(isSo) && resolve();
      onNews();
    });
  await session.send("ServiceWorker.enable");
  // One that is stopped while it is installed is started again at once, to be activated.
  await until(({ status }) => status === "activated" || status === "redundant");
  await session.send("ServiceWorker.stopAllWorkers");
  await until(({ runningStatus }) => runningStatus === "stopped");
  await session.detach();
}

export const isServiceWorkerRunning = (browser: Browser): boolean =>
  browser.targets().some((target) => target.type() === "service_worker");
