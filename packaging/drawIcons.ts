import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../test/support/chromium.js";
import { drawIcon, ICONS } from "./icons.js";

/** `npm run icons`: all icons again, from the drawings in packaging/icons. */
const root = fileURLToPath(new URL("..", import.meta.url));
const browser = await launchChromium({ extension: false });
for (const icon of ICONS) {
  await mkdir(dirname(root + icon.path), { recursive: true });
  await writeFile(root + icon.path, await drawIcon(browser, icon));
}
await browser.close();
