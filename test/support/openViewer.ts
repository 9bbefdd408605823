import type { Browser, Page } from "puppeteer-core";

/** Opens the viewer of the installed extension in a tab; `linkKey`: in place of one of its own. */
export async function openViewer(browser: Browser, linkKey?: string): Promise<Page> {
  const worker = await browser.waitForTarget((target) => target.type() === "service_worker");
  const page = await browser.newPage();
  await page.goto(new URL("/viewer/viewer.html", worker.url()).href);
  await page.waitForSelector(".picker");
  if (linkKey !== undefined) {
    await page.evaluate(
      (key) =>
        (
          globalThis as unknown as { chrome: { storage: { local: { set(values: object): Promise<void> } } } }
        ).chrome.storage.local.set({ "setting/linkKey": JSON.stringify(key) }),
      linkKey,
    );
    await page.reload();
    await page.waitForSelector(".picker");
  }
  return page;
}

/** Types an address into the picker and asks there. */
export async function askAt(viewer: Page, address: string): Promise<void> {
  const input = "#picker-address";
  await viewer.$eval(input, (element) => {
    (element as HTMLInputElement).value = "";
  });
  await viewer.type(input, address);
  await viewer.keyboard.press("Enter");
}
