import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { parseRecording } from "../../src/index.js";
import { startPanelBrowser } from "../panel/panelPage.js";

/** `npm run docs:gallery`: `docs/gallery.md` and its pictures, of the real panel with the demo recording. */
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}docs/images/gallery`;
const demo = parseRecording(await readFile(`${root}panel/demo/demo.keyhole.json`, "utf8")).recording!;
// The last call waits, and would say since when.
const calls = demo.calls.filter(({ outcome }) => outcome.status !== "pending");
const recording = { ...demo, calls };
const failed = calls.findIndex(({ outcome }) => outcome.status === "rejected");

async function open(page: Page, index: number, tab?: string): Promise<void> {
  await page.click(`[data-call="${calls.at(index)!.id}"]`);
  await page.waitForSelector("[role=tabpanel]");
  if (!tab) return;
  await page.$eval(`[data-tab=${tab}]`, (button) => (button as HTMLElement).click());
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${tab}]`);
}

const dialog = async (page: Page, name: string) => {
  await page.click(`button[aria-label=${name}]`);
  await page.waitForSelector("dialog[open]");
};

async function compare(page: Page): Promise<void> {
  await open(page, failed, "compare");
  await page.select(".compare-side select", `log ${calls.at(-1)!.id}`);
  await page.waitForSelector(".compare-result");
}

const PICTURES: {
  name: string;
  width: 1200 | 700 | 350;
  theme: "light" | "dark";
  words: string;
  /** default: that of the width */
  height?: number;
  show?: (page: Page) => Promise<unknown>;
}[] = [
  {
    name: "list",
    width: 1200,
    theme: "light",
    words: "The list: every call, how it ended, and what was found.",
  },
  {
    name: "failure",
    width: 1200,
    theme: "light",
    words:
      "A call that failed: what happened, the likely causes and what speaks for each, and how it fares on each iOS.",
    show: (page) => open(page, failed),
  },
  {
    name: "request",
    width: 1200,
    theme: "dark",
    words: "A request: findings stand on the fields that they are about.",
    show: (page) => open(page, 2, "request"),
  },
  {
    name: "bytes",
    height: 490,
    width: 1200,
    theme: "light",
    words: "The bytes of a response, and what they mean.",
    show: (page) => open(page, 1, "bytes"),
  },
  {
    name: "verify",
    height: 430,
    width: 1200,
    theme: "dark",
    words: "The specification’s steps for the relying party, each with its verdict.",
    show: (page) => open(page, 4, "verify"),
  },
  {
    name: "compare",
    width: 1200,
    theme: "light",
    words: "Two calls beside each other: what can decide stands first.",
    show: compare,
  },
  {
    name: "timeline",
    width: 700,
    theme: "light",
    words: "The log in time: what waited, what was open at the same time, what was aborted.",
    show: (page) => dialog(page, "Timeline"),
  },
  {
    name: "credentials",
    width: 700,
    theme: "light",
    words: "The life of each credential across the log.",
    show: (page) => dialog(page, "Credentials"),
  },
  {
    name: "export",
    width: 700,
    theme: "dark",
    words: "An export says what it masks.",
    show: (page) => dialog(page, "Export"),
  },
  {
    name: "response",
    width: 700,
    theme: "dark",
    words: "A response, taken apart.",
    show: (page) => open(page, 1, "response"),
  },
  { name: "narrow-list", width: 350, theme: "light", words: "The list where DevTools is docked and narrow." },
  {
    name: "narrow-summary",
    width: 350,
    theme: "dark",
    words: "And a call there, its forecast with it.",
    show: (page) => open(page, 2),
  },
];
const HEIGHTS = { 1200: 550, 700: 560, 350: 640 } as const;

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const panel = await startPanelBrowser();
for (const { name, width, theme, height = HEIGHTS[width], show } of PICTURES) {
  const page = await panel.open(recording, { width, height, theme });
  await page.waitForSelector(".list .count");
  await show?.(page);
  await page.mouse.move(0, 0);
  await page.waitForFunction(
    () => !document.querySelector(".forecast .not-known") && !document.querySelector(".judging progress"),
  );
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}
await panel.close();

const sections = PICTURES.map(
  ({ name, width, words }) =>
    `${words}\n\n<img src="images/gallery/${name}.png" width="${width}" alt="${words}" />\n`,
);
await writeFile(
  `${root}docs/gallery.md`,
  `# The panel in pictures\n\nThe panel as it is, with the demo recording that it brings along, at 1200, 700 and 350 pixels, light and\ndark. \`npm run docs:gallery\` takes the pictures anew.\n\n${sections.join("\n")}`,
);
