import { mkdirSync } from "node:fs";
import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

declare const chrome: {
  storage: Record<"session" | "local", { get(): Promise<Record<string, string>> }>;
};

const SITE = "app.localhost";
let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let popup: Page;
let panel: Frame;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>", "/secret-path": "<h1>secret</h1>" });
  browser = await launchChromium();
  const [extension] = [...(await browser.extensions()).values()];
  popup = await browser.newPage();
  await popup.goto(`chrome-extension://${extension!.id}/popup/popup.html?tab=0`);
  page = await browser.newPage();
  await addVirtualAuthenticator(page);
  mkdirSync("test-results", { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const press = (frame: Frame, label: string) =>
  frame.evaluate((text) => {
    const button = [...document.querySelectorAll("button")].find(
      (each) => each.textContent === text || each.ariaLabel === text,
    );
    if (!button) throw new Error(`no button ${text}`);
    button.click();
  }, label);
const notes = (frame: Frame) =>
  frame.$$eval(".status > *", (parts) => parts.map(({ textContent }) => textContent!.trim()));
const settings = async (change: () => Promise<unknown>) => {
  await popup.bringToFront();
  await press(popup.mainFrame(), "Settings");
  await popup.waitForSelector(".site-switches");
  await change();
  await popup.keyboard.press("Escape");
  await page.bringToFront();
};
const session = () => popup.evaluate(() => chrome.storage.session.get());

test("switched on, nothing is kept of a site, and the page notices nothing", async () => {
  await settings(() => popup.click(".site-switches label input"));
  await eventually(async () =>
    expect(Object.values(await popup.evaluate(() => chrome.storage.local.get()))).toContain(
      '{"ask":true,"allowed":[]}',
    ),
  );
  await page.goto(`${server.on(SITE)}/secret-path`);
  const id = await page.evaluate(register);
  expect(await page.evaluate(signIn)).toBe(id);

  ({ panel } = await openKeyholePanel(page));
  await eventually(async () =>
    expect(await notes(panel)).toEqual([
      `Not recording on ${SITE}`,
      "Record here",
      "2 calls left out",
      "0 calls",
    ]),
  );
  expect(await panel.$$eval(".empty li", (items) => items.map(({ textContent }) => textContent))).toEqual([
    "Allow recording above first. What is called on a site that was not allowed is left out.",
    expect.stringContaining("Every call shows up here"),
    expect.any(String),
  ]);
  const kept = await session();
  expect(Object.keys(kept).filter((key) => /\/(realm|call|order)\//.test(key))).toEqual([]);
  for (const trace of [id, "secret-path", "ada"]) expect(JSON.stringify(kept)).not.toContain(trace);
});

test("the popup says the same", async () => {
  const tabId = Object.keys(await session())
    .find((key) => key.endsWith("/state"))!
    .split("/")[1];
  await popup.goto(popup.url().replace(/tab=.*/, `tab=${tabId}`));
  await eventually(async () =>
    expect((await readPanel(popup.mainFrame())).status).toBe(`Not recording on ${SITE}`),
  );
  await popup.bringToFront();
  await popup.screenshot({ path: "test-results/per-site-popup.png" });
  await page.bringToFront();
});

test("allowed in the panel, its calls are recorded from the next one on", async () => {
  await press(panel, "Record here");
  await eventually(async () =>
    expect((await readPanel(panel)).status).toMatch(/^Recording on app\.localhost/),
  );
  await page.evaluate(signIn);
  await eventually(async () =>
    expect(await readPanel(panel)).toEqual({
      status: "Hooked before the page's first script",
      lines: ["get: good"],
    }),
  );
  expect(await notes(panel)).toContain("2 calls left out");
  await page.reload();
  await page.evaluate(register);
  await eventually(async () => expect((await readPanel(panel)).lines).toContain("create: good"));
  await eventually(async () => expect(await notes(panel)).not.toContain("2 calls left out"));
});

test("another site has to be allowed by itself", async () => {
  await page.goto(`${server.on("other.localhost")}/`);
  await eventually(async () =>
    expect((await readPanel(panel)).status).toBe("Not recording on other.localhost"),
  );
});

test("a site that is removed in the settings is not recorded any more", async () => {
  await settings(async () => {
    await popup.waitForSelector(".site-switches li");
    await popup.screenshot({ path: "test-results/per-site-settings.png" });
    await press(popup.mainFrame(), `Stop recording on ${SITE}`);
    await popup.waitForFunction(() => !document.querySelector(".site-switches li"));
  });
  await page.goto(`${server.on(SITE)}/`);
  await eventually(async () => expect((await readPanel(panel)).status).toBe(`Not recording on ${SITE}`));
  const before = Object.keys(await session()).filter((key) => key.includes("/call/"));
  await page.evaluate(register);
  await eventually(async () => expect(await notes(panel)).toContain("1 call left out"));
  expect(Object.keys(await session()).filter((key) => key.includes("/call/"))).toEqual(before);
});

test("switched off, every site is recorded again", async () => {
  await settings(() => popup.click(".site-switches label input"));
  await page.goto(`${server.on("third.localhost")}/`);
  await eventually(async () =>
    expect((await readPanel(panel)).status).toBe("Hooked before the page's first script"),
  );
});
