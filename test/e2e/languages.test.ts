import { mkdirSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { register } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { ExtensionLog } from "../support/extensionLog.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

declare const chrome: {
  runtime: { getManifest(): { name: string; description: string } };
};

let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let shown: Page;
let base: string;
let tabId: number;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium({ language: "ja" });
  page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost"));
  const [extension] = [...(await browser.extensions()).values()];
  base = `chrome-extension://${extension!.id}`;
  shown = await browser.newPage();
  await shown.goto(`${base}/manifest.json`);
  ({ tabId } = await eventually(() => new ExtensionLog(shown).of(page)));
  mkdirSync("test-results", { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("the popup of a Japanese browser is Japanese, and says so to a screen reader", async () => {
  await shown.goto(`${base}/popup/popup.html?tab=${tabId}`);
  expect(await shown.evaluate(() => chrome.runtime.getManifest())).toMatchObject({
    name: "Keyhole: パスキーインスペクタ",
    description: expect.stringMatching(/リライングパーティ/),
  });
  await shown.waitForSelector('[aria-label="設定"]');
  expect(await shown.$eval("html", ({ lang }) => lang)).toBe("ja");
  expect(await shown.$eval("footer", ({ textContent }) => textContent)).toMatch(
    /開発者ツールを開いて Keyhole を選んでください\s*タブで開く/,
  );
  await page.bringToFront();
  await page.evaluate(register);
  await eventually(async () => expect((await readPanel(shown.mainFrame())).lines).toEqual(["create: good"]));
  await shown.bringToFront();
  await shown.screenshot({ path: "test-results/popup-ja.png" });
});

test("the viewer of a Japanese browser is Japanese", async () => {
  await shown.goto(`${base}/viewer/viewer.html`);
  await eventually(async () => expect(await shown.title()).toBe("Keyhole ビューアー"));
  expect(await shown.$eval("html", ({ lang }) => lang)).toBe("ja");
  await shown.screenshot({ path: "test-results/viewer-ja.png" });
});

test("the panel in the DevTools of a Japanese browser is Japanese, list and details", async () => {
  const { devtools, panel } = await openKeyholePanel(page);
  await eventually(async () => expect((await readPanel(panel)).lines).toEqual(["create: good"]));
  expect(await panel.$eval("html", ({ lang }) => lang)).toBe("ja");
  expect(await panel.$$eval("[role=columnheader]", ([first]) => first!.textContent)).toBe("呼び出し");
  await panel.$eval(".list-row", (row) => (row as HTMLElement).click());
  await panel.waitForSelector(".tab-panel .forecast");
  await panel.waitForFunction(() => !document.querySelector(".forecast .not-known"));
  expect(await panel.$eval("[data-tab=summary]", ({ textContent }) => textContent)).toBe("概要");
  await devtools.screenshot({ path: "test-results/devtools-ja.png" });
});
