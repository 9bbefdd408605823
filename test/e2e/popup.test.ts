import { mkdirSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundByAxe } from "../support/axe.js";
import { register } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, stopServiceWorker } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { ExtensionLog } from "../support/extensionLog.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

declare const chrome: { action: { getBadgeText(of: { tabId: number }): Promise<string> } };

let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let popup: Page;
let tabId: number;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium();
  page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost"));
  const [extension] = [...(await browser.extensions()).values()];
  popup = await browser.newPage();
  await popup.goto(`chrome-extension://${extension!.id}/manifest.json`);
  const log = new ExtensionLog(popup);
  ({ tabId } = await eventually(() => log.of(page)));
  await popup.goto(`chrome-extension://${extension!.id}/popup/popup.html?tab=${tabId}`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** As a popup, in a tab, and as the sheet that it is on a phone. */
const SHAPES = [
  ["", 400],
  ["in-tab", 1200],
  ["in-tab", 700],
  ["on-phone", 350],
] as const;

/** Axe looks at the popup as it stands, in each shape and both themes, and a picture of each is kept. */
async function look(state: string): Promise<void> {
  mkdirSync("test-results/popup", { recursive: true });
  await popup.bringToFront();
  for (const [shape, width] of SHAPES) {
    await popup.evaluate((name) => {
      document.documentElement.className = name;
    }, shape);
    await popup.setViewport({ width, height: 580 });
    for (const theme of ["light", "dark"]) {
      await popup.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      await popup.screenshot({ path: `test-results/popup/${state}-${width}-${theme}.png` });
      const what = `${state}, ${width} pixels, ${theme}`;
      expect(await foundByAxe(popup), what).toEqual([]);
      expect(await popup.evaluate(() => document.documentElement.scrollWidth - innerWidth), what).toBe(0);
    }
  }
  await popup.emulateMediaFeatures([]);
}

test("the popup shows the state of the hook and the ceremonies of the tab, as they are made", async () => {
  await eventually(async () =>
    expect((await readPanel(popup.mainFrame())).status).toBe("Hooked before the page's first script"),
  );
  await look("empty");
  await page.bringToFront();
  await page.evaluate(register);
  await eventually(async () => expect((await readPanel(popup.mainFrame())).lines).toEqual(["create: good"]));
  await look("ceremonies");
  await popup.click(".list-row");
  await popup.waitForSelector(".tab-panel .forecast");
  await popup.waitForFunction(() => !document.querySelector(".forecast .not-known"));
  await look("details");
  await popup.keyboard.press("Escape");
  await popup.click('[aria-label="Timeline"]');
  await popup.waitForSelector("[data-bar]");
  await look("timeline");
  await popup.keyboard.press("Escape");
});

test("the popup says so when the tab shows a page without the hook, and takes it back", async () => {
  const status = async () => (await readPanel(popup.mainFrame())).status;
  const url = page.url();
  await page.goto("chrome://version");
  await eventually(async () => expect(await status()).toMatch(/^Not hooked: open a page on https/));
  await page.goto("data:text/html,<h1>no content script</h1>");
  await popup.reload();
  await eventually(async () => expect(await status()).toMatch(/^Not hooked: open a page on https/));
  await eventually(async () => expect((await readPanel(popup.mainFrame())).lines).toEqual(["create: good"]));
  await look("not-hooked");
  await page.goto(url);
  await eventually(async () => expect(await status()).toBe("Hooked before the page's first script"));
});

test("the Bootstrap Script can be copied and selected, with the key of this installation, for the console too", async () => {
  await popup.evaluate(() => document.documentElement.classList.add("in-tab"));
  await popup.setViewport({ width: 700, height: 700 });
  await popup.bringToFront();
  await popup.click('[aria-label="Bootstrap Script"]');
  const dialog = (await popup.waitForSelector("dialog[open]"))!;
  const script = () => dialog.$eval("textarea", ({ value }) => value);
  const first = await script();
  expect(first).toContain('"console":"off"');
  expect(first).toMatch(/"ask":"[0-9a-f]{32}","mark":"[0-9a-f]{16}"/);
  await dialog.$eval("input[type=checkbox]", (box) => (box as HTMLInputElement).click());
  expect(await script()).toBe(first.replace('"console":"off"', '"console":"calls"'));
  expect(await dialog.$$eval("li", (steps) => steps.at(-1)!.textContent)).toMatch(/Save Selected/);
  const button = (await dialog.$(".dialog-foot .primary"))!;
  expect(await button.isIntersectingViewport()).toBe(true);
  await popup.screenshot({ path: "test-results/bootstrap-script.png" });
  await button.click();
  await popup.waitForFunction(() =>
    [...document.querySelectorAll("[role=status]")].some(({ textContent }) =>
      /^Copied/.test(textContent ?? ""),
    ),
  );
  await popup.keyboard.press("Escape");
});

test("the way into the viewer", async () => {
  await popup.bringToFront();
  const opened = browser.waitForTarget((target) => target.url().endsWith("/viewer/viewer.html"));
  await popup.click("[aria-label=Viewer]");
  const viewer = (await (await opened).page())!;
  await viewer.waitForFunction(() => document.title && document.querySelector("button"));
  await viewer.close();
});

const badge = () => popup.evaluate((of) => chrome.action.getBadgeText({ tabId: of }), tabId);
/** Two errors at least, and a call that fails at once. */
const mistake = () =>
  navigator.credentials
    .create({
      publicKey: {
        rp: { name: "Test", id: "elsewhere.example" },
        user: { id: new Uint8Array(70), name: "ada", displayName: "Ada" },
        challenge: new Uint8Array(32),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      },
    })
    .catch(() => {});

test("the toolbar button tells the number of errors of the tab", async () => {
  expect(await badge()).toBe("");
  await page.evaluate(mistake);
  await eventually(async () => expect(Number(await badge())).toBeGreaterThanOrEqual(2));
});

test("and goes on to tell it after the background was stopped, which starts without what judges", async () => {
  const before = Number(await badge());
  await stopServiceWorker(browser);
  await page.evaluate(mistake);
  await eventually(async () => expect(Number(await badge())).toBeGreaterThan(before));
});
