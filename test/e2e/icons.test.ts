import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawIcon, ICONS } from "../../packaging/icons.js";
import { launchChromium } from "../support/chromium.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ extension: false });
});
afterAll(() => browser?.close());

test.each(ICONS)("$path is what its drawing says (else: npm run icons)", async (icon) => {
  const drawn = Buffer.from(await drawIcon(browser, icon)).toString("base64");
  const kept = (await readFile(ROOT + icon.path)).toString("base64");
  expect(await difference(kept, drawn)).toBeLessThan(1);
});

test("the icon of another toolbar would be told from this one", async () => {
  const [light, dark] = await Promise.all(
    ["16", "16-on-dark"].map((name) => readFile(`${ROOT}extension/icons/${name}.png`, "base64")),
  );
  expect(await difference(light!, dark!)).toBeGreaterThan(20);
});

/** Between two PNGs in base64: the mean of all channels of all pixels, of 255. Infinite where sizes differ. */
async function difference(a: string, b: string): Promise<number> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      async (...pictures) => {
        const [first, second] = await Promise.all(
          pictures.map(async (base64) => {
            const image = new Image();
            image.src = `data:image/png;base64,${base64}`;
            await image.decode();
            const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, image.width, image.height).data;
          }),
        );
        if (first!.length !== second!.length) return Number.POSITIVE_INFINITY;
        return first!.reduce((sum, value, i) => sum + Math.abs(value - second![i]!), 0) / first!.length;
      },
      a,
      b,
    );
  } finally {
    await page.close();
  }
}
