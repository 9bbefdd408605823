import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { build, type Rollup } from "vite";
import type { Recording } from "../../src/index.js";
import { findChromium } from "../support/findChromium.js";
import type { Messages } from "../support/speaking.js";

export interface PanelBrowser {
  browser: Browser;
  /** A page with the panel in it, mounted with a live source that delivers the recording. */
  open(recording: Recording, options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface PageOptions {
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  as?: "live" | "file";
  /** what it speaks; default: English */
  messages?: Messages;
}

/** Builds gallery.html as the extension's pages are built, and opens it in Chromium. */
export async function startPanelBrowser(): Promise<PanelBrowser> {
  const files = await buildGallery();
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "gallery.html" : (request.url ?? "").slice(1);
    const file = files.get(name);
    if (file === undefined) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[name.slice(name.lastIndexOf("."))] ?? "text/plain");
    // What extension pages live under: a script that came out of a page's data would not run unnoticed.
    response.setHeader("content-security-policy", "script-src 'self'; object-src 'self'");
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    browser,
    async open(recording, { width = 1200, height = 720, theme = "light", as = "live", messages } = {}) {
      const page = await browser.newPage();
      page.on("pageerror", (error) => {
        throw error;
      });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      await page.setViewport({ width, height });
      await page.goto(address);
      await page.evaluate(
        (opened, mount, spoken) => {
          if (spoken) window.gallery.messages = spoken;
          if (mount === "file") window.gallery.mountFile(opened);
          else window.gallery.mountLive(opened);
        },
        recording,
        as,
        messages,
      );
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Listens to all that is read out as it comes: what is said in the live regions of the page, those to come too. */
export async function listenToAll(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const live = "[role=status], [role=alert], [role=log], [role=timer], [aria-live], output";
    new MutationObserver((changes) => {
      const regions = new Set(
        changes.flatMap(({ target, addedNodes }) => [
          (target instanceof Element ? target : target.parentElement)?.closest(live),
          ...[...addedNodes].flatMap((node) =>
            node instanceof Element ? [...node.querySelectorAll(live), node.closest(live)] : [],
          ),
        ]),
      );
      for (const region of regions) if (region?.textContent) said.push(region.textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

async function buildGallery(): Promise<Map<string, string | Uint8Array>> {
  const root = fileURLToPath(new URL(".", import.meta.url));
  const { output } = (await build({
    configFile: false,
    logLevel: "warn",
    root,
    base: "/",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: `${root}gallery.html` },
    },
  })) as Rollup.RollupOutput;
  return new Map(output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]));
}
