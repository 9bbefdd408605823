import type { Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.js";
import { openExtensionLog } from "../support/extensionLog.js";
import { servePages } from "../support/servePages.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { ISOLATED_PAGE } from "./isolatedPage.js";
import { median } from "./median.js";
import type { Bench } from "./row.js";

const LENGTHS = [10, 1000, 2000];
const ROUNDS = 40;
const FILL_BATCH = 100;
const FLAT = 1.5;

/** What one more call costs, by the number of calls that the tab's log has already; the tabs take turns. */
const log: Bench = async () => {
  const server = await servePages({ "/": { html: "<h1>page</h1>", headers: ISOLATED_PAGE } });
  const browser = await launchChromium();
  try {
    const { page: extensionPage } = await openExtensionLog(browser);
    await extensionPage.evaluate(watchStoredCalls);
    const stored = (count: number) =>
      extensionPage.waitForFunction((least) => window.storedAt.length >= least, { polling: 10 }, count);
    let calls = 0;

    const tabs: { length: number; page: Page; returned: number[]; kept: number[] }[] = [];
    for (const length of LENGTHS) {
      const page = await browser.newPage();
      await page.goto(server.on("localhost"));
      for (let filled = 0; filled < length; filled += FILL_BATCH) {
        const { length: made } = await page.evaluate(call, Math.min(FILL_BATCH, length - filled));
        calls += made;
        await stored(calls);
      }
      tabs.push({ length, page, returned: [], kept: [] });
    }
    for (let round = 0; round < ROUNDS; round++)
      for (const { page, returned, kept } of tabs) {
        const [time] = await page.evaluate(call, 1);
        await stored(++calls);
        returned.push(time!.returned - time!.started);
        kept.push((await extensionPage.evaluate(() => window.storedAt.at(-1)!)) - time!.started);
      }

    const [shortest] = tabs;
    return (["returned", "kept"] as const).flatMap((what) =>
      tabs.map(({ length, [what]: times }) => {
        const [measured, beside] = [median(times), median(shortest![what])];
        return {
          what: `${WORDS[what]}, ${length.toLocaleString("en")} calls in the log`,
          measured: describeMilliseconds(measured),
          ...(length !== shortest!.length && {
            beside: `${describeMilliseconds(beside)} (${shortest!.length} calls)`,
            ratio: measured / beside,
            bound: `≤ ${FLAT}×`,
            holds: measured / beside <= FLAT,
          }),
        };
      }),
    );
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
};

export default log;

const WORDS = { returned: "get(), until it returns", kept: "get(), until it is in the log" };

declare global {
  interface Window {
    /** epoch milliseconds, in order, at which a call was seen settled in the extension's storage */
    storedAt: number[];
  }
  const chrome: {
    storage: {
      session: {
        onChanged: { addListener(listener: (changes: Record<string, { newValue?: unknown }>) => void): void };
      };
    };
  };
}

/** Runs in a page of the extension. */
function watchStoredCalls(): void {
  window.storedAt = [];
  const seen = new Set<string>();
  chrome.storage.session.onChanged.addListener((changes) => {
    for (const [key, { newValue }] of Object.entries(changes)) {
      if (!key.includes("/call/") || seen.has(key) || typeof newValue !== "string") continue;
      if (JSON.parse(newValue).outcome.status === "pending") continue;
      seen.add(key);
      window.storedAt.push(performance.timeOrigin + performance.now());
    }
  });
}

/** Runs in the page: the shortest way through the API, `count` times. Epoch milliseconds. */
async function call(count: number): Promise<{ started: number; returned: number }[]> {
  const { timeOrigin } = performance;
  const times: { started: number; returned: number }[] = [];
  for (let made = 0; made < count; made++) {
    const started = timeOrigin + performance.now();
    const promise = navigator.credentials.get({
      publicKey: { challenge: new Uint8Array(32), rpId: "localhost" },
      signal: AbortSignal.abort(),
    });
    times.push({ started, returned: timeOrigin + performance.now() });
    await promise.catch(() => undefined);
  }
  return times;
}
