import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../build/built.js";
import { register } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

declare const chrome: { storage: { local: { set(values: Record<string, string>): Promise<void> } } };

/** Chromium's DevTools with a panel that reads by evaluation, as Safari's does. */
let server: Awaited<ReturnType<typeof servePages>>;
let folder: string;

beforeAll(async () => {
  server = await servePages({
    "/": "<h1>page</h1>",
    "/outer": `<iframe id="inner"></iframe><script>inner.src = "//127.0.0.1:" + location.port + "/inner"</script>`,
    "/inner": "<h1>frame</h1>",
  });
  folder = await mkdtemp(join(tmpdir(), "keyhole-without-hook-"));
  await cp(built("chrome"), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(`${folder}/manifest.json`, "utf8"));
  await writeFile(`${folder}/manifest.json`, JSON.stringify({ ...manifest, content_scripts: [] }));
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
});

async function inspect(browser: Browser, path: string): Promise<{ page: Page; panel: Frame }> {
  const [extension] = [...(await browser.extensions()).values()];
  const settings = await browser.newPage();
  await settings.goto(`chrome-extension://${extension!.id}/manifest.json`);
  await settings.evaluate(() => chrome.storage.local.set({ "setting/source": '"evaluation"' }));
  const page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost") + path);
  const { panel } = await openKeyholePanel(page);
  return { page, panel };
}

test("without a hook in the page one is put in, and calls of page and frames are listed as they are made", async () => {
  const browser = await launchChromium({ extension: folder });
  try {
    const { page, panel } = await inspect(browser, "/outer");
    await eventually(async () => expect((await readPanel(panel)).status).toMatch(/^Hooked .* late/));
    await page.bringToFront();
    await page.evaluate(register);
    await eventually(async () => expect((await readPanel(panel)).lines).toEqual(["create: good"]));
    const frame = page.frames().find((each) => each.url().endsWith("/inner"))!;
    await frame.evaluate(() => void navigator.credentials.preventSilentAccess());
    await eventually(async () =>
      // Chromium refuses it in a frame of another origin.
      expect((await readPanel(panel)).lines).toEqual(["create: good", "preventSilentAccess: bad"]),
    );
    await page.goto(`${server.on("localhost")}/`);
    await eventually(async () => expect((await readPanel(panel)).status).toMatch(/^Hooked .* late/));
    await eventually(async () => {
      await page.evaluate(() => void navigator.credentials.preventSilentAccess());
      expect((await readPanel(panel)).lines).toContain("preventSilentAccess: good");
    });
  } finally {
    await browser.close();
  }
});

test("a log that was cleared is still empty when the panel is opened anew", async () => {
  const browser = await launchChromium({ extension: folder });
  try {
    const { page, panel } = await inspect(browser, "/");
    await eventually(async () => expect((await readPanel(panel)).status).toMatch(/^Hooked .* late/));
    await page.bringToFront();
    await page.evaluate(register);
    await eventually(async () => expect((await readPanel(panel)).lines).toEqual(["create: good"]));
    await panel.click("[aria-label=Clear]");
    await eventually(async () => expect((await readPanel(panel)).lines).toEqual([]));
    await panel.evaluate(() => location.reload());
    await panel.waitForFunction(() => document.querySelector(".status.waiting b"));
    await page.evaluate(() => navigator.credentials.preventSilentAccess());
    await eventually(async () =>
      expect((await readPanel(panel)).lines).toEqual(["preventSilentAccess: good"]),
    );
  } finally {
    await browser.close();
  }
});

test("with the extension's own hook in the page the log of the background is shown", async () => {
  const browser = await launchChromium();
  try {
    const { page, panel } = await inspect(browser, "/");
    await eventually(async () =>
      expect((await readPanel(panel)).status).toBe("Hooked before the page's first script"),
    );
    await page.bringToFront();
    await page.evaluate(register);
    await eventually(async () => expect((await readPanel(panel)).lines).toEqual(["create: good"]));
  } finally {
    await browser.close();
  }
});
