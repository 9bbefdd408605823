import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import {
  addVirtualAuthenticator,
  isServiceWorkerRunning,
  launchChromium,
  openKeyholePanel,
  stopServiceWorker,
  type VirtualAuthenticator,
} from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { readCallCount, readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let panel: Frame;
let authenticator: VirtualAuthenticator;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium();
  log = await openExtensionLog(browser);
  page = await browser.newPage();
  authenticator = await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost"));
  ({ panel } = await openKeyholePanel(page));
  await page.bringToFront();
  await page.evaluate(register);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const lines = async () => (await readPanel(panel)).lines;
const stop = async () => {
  await stopServiceWorker(browser);
  expect(isServiceWorkerRunning(browser)).toBe(false);
};

test("stopped between the call and its settlement, nothing is lost, and the panel follows", async () => {
  await authenticator.remove();
  const registered = page.evaluate(register);
  await eventually(async () => expect(await lines()).toEqual(["create: good", "create: waiting"]));
  await stop();
  await addVirtualAuthenticator(page);
  await registered;
  await eventually(async () => expect(await lines()).toEqual(["create: good", "create: good"]));
  expect((await log.of(page)).state.lost).toBe(0);
});

test("stopped between two calls, nothing is lost, and the panel follows", async () => {
  const before = await lines();
  await stop();
  await page.evaluate(signIn);
  await eventually(async () => expect(await lines()).toEqual([...before, "get: good"]));
});

test("stopped again and again while a page calls, every call is there, once", async () => {
  const before = (await log.of(page)).calls.length;
  const calling = page.evaluate(async () => {
    let count = 0;
    for (; !("enough" in window); count++) {
      await navigator.credentials.preventSilentAccess();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return count;
  });
  for (let i = 0; i < 8; i++) {
    await eventually(() => expect(isServiceWorkerRunning(browser)).toBe(true));
    await stopServiceWorker(browser);
  }
  await page.evaluate(() => Object.assign(window, { enough: true }));
  const count = await calling;
  await eventually(async () => {
    const { calls, state } = await log.of(page);
    const statuses = calls.slice(before).map(({ outcome }) => outcome.status);
    expect(statuses).toEqual(Array(count).fill("fulfilled"));
    expect(calls.map(({ seq }) => seq)).toEqual(calls.map((_, n) => n));
    expect(state.lost).toBe(0);
    expect(await readCallCount(panel)).toBe(calls.length);
  });
});

test("the panel reads, pauses and clears the log while no service worker runs", async () => {
  await stop();
  await panel.click("[aria-label=Clear]");
  await eventually(async () => expect(await lines()).toEqual([]));
});
