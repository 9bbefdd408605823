import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MAX_CALLS } from "../../extension/background/tabLog.js";
import { launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { readFirstLine } from "../support/readPanel.js";
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

const LOST = 50;
/** With two messages a call, fewer than may wait for the background at once. */
const AT_ONCE = 500;

test("of more than 2,000 calls the newest are kept, and the number of those lost is shown", async () => {
  const page = await browser.newPage();
  await page.goto(server.on("localhost"));
  for (let count = 0; count < MAX_CALLS + LOST; count += AT_ONCE) {
    const now = Math.min(AT_ONCE, MAX_CALLS + LOST - count);
    await page.evaluate(async (now) => {
      for (let i = 0; i < now; i++) await navigator.credentials.preventSilentAccess();
    }, now);
    await eventually(async () => {
      const { calls, state } = await log.of(page);
      expect(state.next).toBe(count + now);
      expect(calls.at(-1)?.outcome.status).toBe("fulfilled");
    });
  }
  const { calls, state } = await log.of(page);
  expect(calls).toHaveLength(MAX_CALLS);
  expect([calls[0]!.seq, calls.at(-1)!.seq]).toEqual([LOST, MAX_CALLS + LOST - 1]);
  expect(state.lost).toBe(LOST);

  const { panel } = await openKeyholePanel(page);
  await eventually(async () =>
    expect(await readFirstLine(panel)).toMatch(`${LOST} older calls were dropped`),
  );
  await page.bringToFront();
  await page.evaluate(() => navigator.credentials.preventSilentAccess());
  await eventually(async () =>
    expect(await readFirstLine(panel)).toMatch(`${LOST + 1} older calls were dropped`),
  );
});
