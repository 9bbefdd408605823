import type { Browser } from "puppeteer-core";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../../test/support/chromium.js";
import { startDemo } from "./server.js";
import { showUnattended } from "./unattended.js";

/**
 * `npm start`: the demo relying party in Chromium with Keyhole in its DevTools and a virtual
 * authenticator that answers. With a display it stays open; without one it goes through the
 * ceremonies by itself and leaves what it saw in demo-out/.
 */
const PREFERRED_PORT = 4850;
const { platform, env } = process;
const hasDisplay = platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** Synced, as the passkeys of a phone are. */
const PHONE = { defaultBackupEligibility: true, defaultBackupState: true };

try {
  const browser = await launchChromium({ headless: !hasDisplay });
  const demo = await startDemo({ port: PREFERRED_PORT }).catch(() => startDemo());
  try {
    if (hasDisplay) await showToPerson(browser, demo.url);
    else await showUnattended(browser, demo.url);
  } finally {
    await browser.close();
    await demo.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Ends when the person closes the browser or presses Ctrl-C. */
async function showToPerson(browser: Browser, url: string): Promise<void> {
  const closed = new Promise((resolve) => browser.once("disconnected", resolve));
  const [page] = await browser.pages();
  await addVirtualAuthenticator(page!, PHONE);
  await page!.goto(url);
  await openKeyholePanel(page!);
  console.log(`The demo is at ${url}, with Keyhole in the DevTools beside it. Ctrl-C ends it.`);
  await closed;
}
