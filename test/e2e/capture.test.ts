import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { servePages } from "../support/servePages.js";

let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium();
  log = await openExtensionLog(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("ceremonies from before DevTools was opened are kept, and the real panel opens on them", async () => {
  const page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost"));
  const registered = await page.evaluate(register);
  const signedIn = await page.evaluate(signIn);
  expect(signedIn).toBe(registered);

  await vi.waitFor(async () => {
    const { calls } = await log.of(page.url());
    expect(calls).toMatchObject([
      {
        api: "credentials.create",
        outcome: { status: "fulfilled", value: { $: "PublicKeyCredential", value: { id: registered } } },
      },
      {
        api: "credentials.get",
        outcome: { status: "fulfilled", value: { $: "PublicKeyCredential", value: { id: registered } } },
      },
    ]);
  });

  const { panel } = await openKeyholePanel(page);
  expect(await panel.evaluate(() => document.title)).toBe("Keyhole");
});
