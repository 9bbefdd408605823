import { fileURLToPath } from "node:url";
import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { servePages } from "../support/servePages.js";

/* Why there is no hook: what the panel says, and that its advice helps. */

/** As much as is used here of what Chromium gives its own page of extensions. */
declare const chrome: {
  developerPrivate: {
    updateExtensionConfiguration(of: {
      extensionId: string;
      hostAccess: "ON_CLICK" | "ON_ALL_SITES";
    }): Promise<void>;
  };
};

const HOOKED = "Hooked before the page's first script";

let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let panel: Frame;
let extensionId: string;

beforeAll(async () => {
  server = await servePages({ "/": "<!doctype html><h1>page</h1>" });
  browser = await launchChromium({ extension: false });
  page = await browser.newPage();
  await page.goto(server.on("localhost"));
  extensionId = await browser.installExtension(fileURLToPath(new URL("../../dist/chrome", import.meta.url)));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Says it once: why nothing is recorded in place of the list, and that all is well in the line above. */
const says = (sentence: string) =>
  eventually(async () => {
    const place = sentence === HOOKED ? ".status b" : ".empty h2";
    expect(await panel.$eval(place, (element) => element.textContent)).toBe(sentence);
    expect((await panel.$eval("body", (body) => body.innerText)).split(sentence)).toHaveLength(2);
  });

test("a page that was opened before Keyhole was there, until it is reloaded", async () => {
  ({ panel } = await openKeyholePanel(page));
  await says(
    "Not hooked: the page was opened before Keyhole was installed, updated or switched on. Its calls since then are missing, and an update empties the log. Reload the page",
  );
  await page.reload();
  await says(HOOKED);
});

test("a site that Keyhole may not read, until it may and is reloaded", async () => {
  const extensions = await browser.newPage();
  await extensions.goto("chrome://extensions");
  const setAccess = (hostAccess: "ON_CLICK" | "ON_ALL_SITES") =>
    extensions.evaluate((of) => chrome.developerPrivate.updateExtensionConfiguration(of), {
      extensionId,
      hostAccess,
    } as const);
  await setAccess("ON_CLICK");
  await page.reload();
  await says(
    "Not allowed on this site: let Keyhole read it, by the browser's menu of extensions, and reload the page",
  );
  await setAccess("ON_ALL_SITES");
  await page.reload();
  await says(HOOKED);
});
