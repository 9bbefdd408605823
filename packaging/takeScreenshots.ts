import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { parseRecording } from "../src/index.js";
import { startPanelBrowser } from "../test/panel/panelPage.js";

/** `npm run screenshots`: the pictures for the stores, 1280 by 800, of the real panel with the demo recording. */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}docs/store/images`;
const demo = parseRecording(await readFile(`${root}panel/demo/demo.keyhole.json`, "utf8")).recording!;
// The last call waits, and would say since when.
const recording = { ...demo, calls: demo.calls.filter(({ outcome }) => outcome.status !== "pending") };

const open = async (page: Page, index: number, tab?: string) => {
  const call = recording.calls.at(index)!;
  await page.click(`[data-call="${call.id}"]`);
  if (!tab) return;
  await page.waitForSelector(`[data-tab=${tab}]`);
  await page.click(`[data-tab=${tab}]`);
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${tab}]`);
};

const showFlags = async (page: Page) => {
  await open(page, 1, "bytes");
  const press = (selector: string, start: string) =>
    page.$$eval(
      selector,
      (elements, text) => {
        const found = elements.find(({ textContent }) => textContent?.startsWith(text)) as HTMLElement;
        found.click();
      },
      start,
    );
  await press("button", "authenticatorData");
  await press("[role=treeitem]", "flags");
};

const SHOTS: [name: string, theme: "light" | "dark", show: (page: Page) => Promise<unknown>][] = [
  ["1-findings", "light", (page) => open(page, 2)],
  ["2-verification", "dark", (page) => open(page, 4, "verify")],
  ["3-bytes", "light", showFlags],
  ["4-response", "dark", (page) => open(page, 1, "response")],
  ["5-credentials", "light", (page) => page.click("button[aria-label=Credentials]")],
];

await mkdir(folder, { recursive: true });
const panel = await startPanelBrowser();
for (const [name, theme, show] of SHOTS) {
  const page = await panel.open(recording, { width: 1280, height: 800, theme });
  await page.waitForSelector(".list .count, .list-row");
  await show(page);
  await page.waitForFunction(
    () => !document.querySelector(".forecast .not-known") && !document.querySelector(".judging progress"),
  );
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.screenshot({ path: `${folder}/screenshot-${name}.png` });
  await page.close();
}
await panel.close();
