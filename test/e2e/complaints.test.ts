import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../build/built.js";
import { register } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

/** Of the browser's own page of extensions. */
declare const chrome: {
  developerPrivate: {
    updateProfileConfiguration(configuration: { inDeveloperMode: boolean }): Promise<void>;
    getExtensionsInfo(): Promise<{ id: string }[]>;
  };
};

let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium({ extension: false });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("the browser has no complaint about the manifest, nor about anything that ran", async () => {
  const extensions = await browser.newPage();
  await extensions.goto("chrome://extensions");
  // Without it errors are not collected.
  await extensions.evaluate(() =>
    chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }),
  );
  const id = await browser.installExtension(built("chrome"));

  const page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost"));
  await page.evaluate(register);
  const { panel } = await openKeyholePanel(page);
  await eventually(async () => expect((await readPanel(panel)).lines).toEqual(["create: good"]));
  await page.close();

  const all = await extensions.evaluate(() => chrome.developerPrivate.getExtensionsInfo());
  expect(all.find((extension) => extension.id === id)).toMatchObject({
    state: "ENABLED",
    installWarnings: [],
    manifestErrors: [],
    runtimeErrors: [],
    runtimeWarnings: [],
  });
});
