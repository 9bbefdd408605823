import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { openExtensionLog, type ExtensionLog } from "../support/extensionLog.js";
import { servePages } from "../support/servePages.js";

let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium({devtools:true});
  log = await openExtensionLog(browser);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

test("x", async () => {
  const [page] = (await browser.pages()) as [Page];
  await page.goto(server.on("localhost"));
  await page.bringToFront();
  await addVirtualAuthenticator(page);
  await page.evaluate(() => navigator.credentials.create({ publicKey: { rp: { name: "probe", id: "localhost" }, user: { id: new Uint8Array([1, 2, 3]), name: "a", displayName: "a" },
    challenge: new Uint8Array(32), pubKeyCredParams: [{ type: "public-key", alg: -7 }], authenticatorSelection: { residentKey: "required" } } }));
  await vi.waitFor(async () => expect((await log.of(server.on("localhost"))).calls[0]?.outcome.status).toBe("fulfilled"));
  console.log(JSON.stringify(await log.tabs(), null, 1));
  const { devtools, panel } = await openKeyholePanel(page);
  await devtools.screenshot({ path: "/tmp/w/devtools.png" });
  console.log(await panel.evaluate(() => document.body.innerText));
});
