import { readFile } from "node:fs/promises";
import type { Browser } from "puppeteer-core";

/** A picture that is made of a drawing in packaging/icons. */
export interface Icon {
  /** from the project's folder */
  path: string;
  /** pixels, wide and high */
  size: number;
  /** for a toolbar that is dark */
  onDark?: boolean;
  /** transparent pixels around it */
  margin?: number;
  /** without rounded corners, for those who cut their own */
  square?: boolean;
}

const icon = (size: number, more: Partial<Icon> = {}): Icon => ({
  path: `extension/icons/${size}${more.onDark ? "-on-dark" : ""}.png`,
  size,
  ...more,
});

export const ICONS: readonly Icon[] = [
  ...[16, 19, 24, 32, 38, 48, 72, 96, 256, 512].map((size) => icon(size)),
  ...[16, 24, 32].map((size) => icon(size, { onDark: true })),
  // The Chrome Web Store wants a margin around what is 96 pixels wide.
  icon(128, { margin: 16 }),
  { path: "docs/store/images/logo-300.png", size: 300 },
  { path: "docs/store/images/app-icon-1024.png", size: 1024, square: true },
];

const DARK = "--tile-top: #a3c0ff; --tile-bottom: #7ea3fb; --hole: #0e1d45; --eye: #8fb0fd;";

/** Draws an icon as PNG. */
export async function drawIcon(browser: Browser, icon: Icon): Promise<Uint8Array> {
  const { size, onDark = false, margin = 0, square = false } = icon;
  const drawing = size < 48 ? "keyhole-small" : "keyhole";
  const svg = await readFile(new URL(`icons/${drawing}.svg`, import.meta.url), "utf8");
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: size, height: size, deviceScaleFactor: 1 });
    const style = `display: block; margin: ${margin}px; ${onDark ? DARK : ""} ${square ? "--corner: 0px;" : ""}`;
    await page.setContent(`<body style="margin: 0"><div style="${style}">${svg}</div>`);
    return await page.screenshot({ type: "png", omitBackground: !square });
  } finally {
    await page.close();
  }
}
