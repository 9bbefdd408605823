import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TabState, tabKeys } from "../../extension/background/tabKeys.js";
import { register, signIn } from "../support/ceremonies.js";
import {
  addVirtualAuthenticator,
  isServiceWorkerRunning,
  launchChromium,
  openKeyholePanel,
  stopServiceWorker,
  updateExtension,
  type VirtualAuthenticator,
} from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { readCallCount, readLossCount, readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

/** Whatever fails: no call is lost that a page made, or the number of those lost is said. */
let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;

interface ExtensionApi {
  storage: {
    session: {
      QUOTA_BYTES: number;
      set(values: Record<string, string>): Promise<void>;
      get(key?: string): Promise<Record<string, string>>;
      remove(keys: string[]): Promise<void>;
    };
  };
  runtime: { reload(): void };
}
declare const chrome: ExtensionApi;

beforeAll(async () => {
  server = await servePages({
    "/": "<h1>page</h1>",
    "/other": "<h1>other page</h1>",
    "/first-script": "<script>window.done = navigator.credentials.preventSilentAccess()</script>",
  });
  browser = await launchChromium();
  log = await openExtensionLog(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const authenticators = new WeakMap<Page, VirtualAuthenticator>();

async function open(path = "/", prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await browser.newPage();
  authenticators.set(page, await addVirtualAuthenticator(page));
  await prepare?.(page);
  await page.goto(server.on("localhost") + path);
  await page.bringToFront();
  return page;
}

/** What is kept of a page, in words, and how many calls are said to be lost. */
const kept = async (page: Page) => {
  const { calls, state } = await log.of(page);
  return [...calls.map(({ api, outcome }) => `${api.split(".")[1]}: ${outcome.status}`), state.lost];
};
/** How many calls are kept and lost, without reading them: when there are many, that keeps everything from going on. */
const stateOf = async (tabId: number): Promise<TabState> => {
  const key = tabKeys(tabId).state;
  return JSON.parse((await log.page.evaluate((key) => chrome.storage.session.get(key), key))[key]!);
};
const keeps = (page: Page, ...expected: unknown[]) =>
  eventually(async () => expect(await kept(page)).toEqual(expected));

const call = (page: Page, times = 1) =>
  page.evaluate(async (times) => {
    for (let i = 0; i < times; i++) await navigator.credentials.preventSilentAccess();
  }, times);

/** A ceremony that waits until `abort` is called: nobody touches the authenticator. */
async function wait(page: Page): Promise<void> {
  await authenticators.get(page)!.setPresence(false);
  await page.evaluate(() => {
    const controller = new AbortController();
    const waiting = navigator.credentials
      .create({
        publicKey: {
          challenge: new Uint8Array(32),
          rp: { name: "Keyhole" },
          user: { id: new Uint8Array(9), name: "keyhole", displayName: "Keyhole" },
          pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key" as const, alg })),
        },
        signal: controller.signal,
      })
      .catch(() => {});
    const abort = () => {
      controller.abort("enough");
      return waiting;
    };
    Object.assign(window, { abort });
  });
}
const abort = (page: Page) => page.evaluate(() => (window as unknown as { abort(): Promise<void> }).abort());

/** The panel in DevTools, and the popup. */
async function openViews(page: Page, tabId?: number): Promise<{ panel: Frame; popup: Page }> {
  const { panel } = await openKeyholePanel(page);
  const popup = await browser.newPage();
  tabId ??= (await log.of(page)).tabId;
  await popup.goto(new URL(`/popup/popup.html?tab=${tabId}`, log.page.url()).href);
  await page.bringToFront();
  return { panel, popup };
}
const bothSay = ({ panel, popup }: { panel: Frame; popup: Page }, sentence: unknown) =>
  eventually(async () => {
    for (const frame of [panel, popup.mainFrame()]) expect((await readPanel(frame)).status).toEqual(sentence);
  });

const stop = async () => {
  await stopServiceWorker(browser);
  await eventually(() => expect(isServiceWorkerRunning(browser)).toBe(false));
};

describe("a service worker that is stopped", () => {
  test.each<[string, () => Promise<[Page, ...unknown[]]>]>([
    [
      "before the page is loaded",
      async () => {
        await stop();
        return [await open("/first-script"), "preventSilentAccess: fulfilled", 0];
      },
    ],
    [
      "before the ceremony begins",
      async () => {
        const page = await open();
        await eventually(() => log.of(page));
        await stop();
        await page.evaluate(register);
        return [page, "create: fulfilled", 0];
      },
    ],
    [
      "while it waits, before it is aborted",
      async () => {
        const page = await open();
        await wait(page);
        await keeps(page, "create: pending", 0);
        await stop();
        await abort(page);
        return [page, "create: rejected", 0];
      },
    ],
    [
      "right after the abort",
      async () => {
        const page = await open();
        await wait(page);
        await keeps(page, "create: pending", 0);
        const aborted = abort(page);
        await stopServiceWorker(browser);
        await aborted;
        return [page, "create: rejected", 0];
      },
    ],
    [
      "while the page is reloaded between two ceremonies",
      async () => {
        const page = await open();
        await page.evaluate(register);
        await keeps(page, "create: fulfilled", 0);
        await stop();
        await page.reload();
        await page.evaluate(signIn);
        return [page, "create: fulfilled", "get: fulfilled", 0];
      },
    ],
  ])("%s loses nothing", async (_, act) => {
    const [page, ...expected] = await act();
    await keeps(page, ...expected);
    const { calls } = await log.of(page);
    for (const { aborted } of calls.filter(({ outcome }) => outcome.status === "rejected"))
      expect(aborted).toMatchObject({ reason: "enough" });
    await page.close();
  });
});

describe("storage", () => {
  test.each([
    ["that is full of recordings", async () => {}],
    [
      "that is full of recordings while the worker is stopped again and again",
      async () => {
        for (let i = 0; i < 8; i++) {
          await eventually(() => expect(isServiceWorkerRunning(browser)).toBe(true));
          await stopServiceWorker(browser);
        }
      },
    ],
  ])("%s: the oldest calls go, and their number is said", async (_, disturb) => {
    const page = await open();
    const { tabId } = await eventually(() => log.of(page));
    const calling = page.evaluate(async () => {
      const challenge = crypto.getRandomValues(new Uint8Array(60_000));
      let made = 0;
      for (; made < 180; made++) {
        // The browser refuses it at once, as the rest is missing.
        const publicKey = { challenge } as unknown as PublicKeyCredentialCreationOptions;
        await navigator.credentials.create({ publicKey }).catch(() => {});
        // As fast as Keyhole copies: see copySnapshot.ts.
        await new Promise((resolve) => setTimeout(resolve, 35));
      }
      return made;
    });
    // From then on there is no room but that of calls.
    await eventually(async () => expect((await stateOf(tabId)).lost).toBeGreaterThan(0));
    await disturb();
    const made = await calling;
    await eventually(async () => {
      const { first, next, lost } = await stateOf(tabId);
      expect(next - first + lost).toBe(made);
    });
    const { calls, state } = await eventually(async () => {
      const { calls, state } = await log.of(page);
      expect(calls.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
      return { calls, state };
    });
    expect(calls.length + state.lost).toBe(made);
    expect(state.lost).toBeGreaterThan(20);
    expect(calls.length).toBeGreaterThan(60);
    expect(calls.at(-1)!.seq).toBe(made - 1);
    await page.close();
  });

  test("that is full of other things: calls wait, which panel and popup say, and arrive when there is room", async () => {
    const page = await open();
    await keeps(page, 0);
    const views = await openViews(page);
    await bothSay(views, "Hooked before the page's first script");
    // To the brim: what does not fit is refused.
    await log.page.evaluate(async () => {
      const { session } = chrome.storage;
      for (let size = session.QUOTA_BYTES; size >= 1; size = Math.floor(size / 2))
        await session.set({ [`other/${size}`]: "x".repeat(size) }).catch(() => {});
    });
    await page.evaluate(register);
    await call(page, 20);
    await bothSay(views, expect.stringMatching(/^Calls cannot be kept now: .* 21 calls wait in the page/));
    expect(await kept(page)).toEqual([0]);
    await log.page.evaluate(async () => {
      const { session } = chrome.storage;
      const keys = Object.keys(await session.get()).filter((key) => key.startsWith("other/"));
      await session.remove(keys);
    });
    await keeps(page, "create: fulfilled", ...Array(20).fill("preventSilentAccess: fulfilled"), 0);
    await bothSay(views, "Hooked before the page's first script");
    await views.popup.close();
    await page.close();
  });

  // A fake: nothing here makes Chromium's session storage fail, so its function is replaced in the worker's world.
  test("that fails for a while: calls wait, which panel and popup say, and nothing is lost", async () => {
    const page = await open();
    await keeps(page, 0);
    await call(page);
    await keeps(page, "preventSilentAccess: fulfilled", 0);
    const views = await openViews(page);
    await bothSay(views, "Hooked before the page's first script");
    const target = await browser.waitForTarget((found) => found.type() === "service_worker");
    const worker = (await target.worker())!;
    await worker.evaluate(() => {
      const { session } = chrome.storage;
      const { set } = session;
      session.set = () => Promise.reject(new Error("the disk is on fire"));
      Object.assign(globalThis, { mend: () => Object.assign(session, { set }) });
    });
    await page.evaluate(register);
    await call(page, 20);
    expect(await kept(page)).toEqual(["preventSilentAccess: fulfilled", 0]);
    await bothSay(views, expect.stringMatching(/^Calls cannot be kept now: .* 21 calls wait in the page/));
    await worker.evaluate(() => void (globalThis as unknown as { mend(): void }).mend());
    await keeps(
      page,
      "preventSilentAccess: fulfilled",
      "create: fulfilled",
      ...Array(20).fill("preventSilentAccess: fulfilled"),
      0,
    );
    await bothSay(views, "Hooked before the page's first script");
    await views.popup.close();
    await page.close();
  });

  test("that fails while a page leaves: its last words are kept once it works again", async () => {
    const page = await open();
    await call(page);
    await keeps(page, "preventSilentAccess: fulfilled", 0);
    const { tabId } = await log.of(page);
    const target = await browser.waitForTarget((found) => found.type() === "service_worker");
    const worker = (await target.worker())!;
    await worker.evaluate(() => {
      const { session } = chrome.storage;
      const { set } = session;
      const from = performance.now();
      const isRefusedForLong = new Promise<void>((resolve) => {
        session.set = () => {
          if (performance.now() - from > 15_000) resolve();
          return Promise.reject(new Error("the disk is on fire"));
        };
      });
      Object.assign(globalThis, { isRefusedForLong, mend: () => Object.assign(session, { set }) });
    });
    await page.evaluate(() => {
      for (let i = 0; i < 150; i++) void navigator.credentials.preventSilentAccess();
      location.href = "/?next";
    });
    await page.waitForNavigation();
    await worker.evaluate(
      () => (globalThis as unknown as { isRefusedForLong: Promise<void> }).isRefusedForLong,
    );
    await worker.evaluate(() => void (globalThis as unknown as { mend(): void }).mend());
    await call(page);
    await eventually(async () => {
      const { next, lost } = await stateOf(tabId);
      expect({ next, lost }).toEqual({ next: 152, lost: 0 });
    });
    await page.close();
  });
});

test("the panel is closed and opened again while the page calls: it shows every call", async () => {
  const page = await open();
  const first = await openKeyholePanel(page);
  await page.bringToFront();
  const calling = page.evaluate(async () => {
    let made = 0;
    for (; !("enough" in window); made++) {
      await navigator.credentials.preventSilentAccess();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return made;
  });
  await eventually(async () => expect(await readCallCount(first.panel)).toBeGreaterThan(10));
  await first.devtools.close();
  const { panel } = await openKeyholePanel(page);
  const before = await eventually(async () => {
    const count = await readCallCount(panel);
    expect(count).toBeGreaterThan(10);
    return count;
  });
  await eventually(async () => expect(await readCallCount(panel)).toBeGreaterThan(before));
  await page.evaluate(() => Object.assign(window, { enough: true }));
  const made = await calling;
  await eventually(async () => expect(await readCallCount(panel)).toBe(made));
  expect((await log.of(page)).state.lost).toBe(0);
  await page.close();
});

// A fake: the machine's clock is not ours to set, so the browser's function is replaced before the hook takes it.
test("a clock that is set back leaves order and durations as they were, on the next page too", async () => {
  const page = await open("/", (page) =>
    page.evaluateOnNewDocument(() => {
      const { now } = Date;
      Date.now = () => now() - Number(sessionStorage.getItem("set back") ?? 0);
    }),
  );
  const hour = 3_600_000;
  await page.evaluate(register);
  await wait(page);
  await page.evaluate((by) => sessionStorage.setItem("set back", String(by)), hour);
  expect(await page.evaluate(() => Date.now())).toBeLessThan(Date.now() - hour / 2);
  await abort(page);
  await call(page);
  await keeps(page, "create: fulfilled", "create: rejected", "preventSilentAccess: fulfilled", 0);
  const { calls } = await log.of(page);
  const starts = calls.map(({ startedAt }) => startedAt);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  for (const { duration } of calls) {
    expect(duration).toBeGreaterThanOrEqual(0);
    expect(duration).toBeLessThan(hour / 2);
  }
  const [, stopped] = calls;
  expect(stopped!.aborted!.at).toBeGreaterThanOrEqual(stopped!.startedAt);
  expect(stopped!.aborted!.at - stopped!.startedAt).toBeLessThanOrEqual(stopped!.duration! + 1);
  const { panel } = await openKeyholePanel(page);
  const before = ["create: good", "create: stopped", "preventSilentAccess: good"];
  await eventually(async () => expect((await readPanel(panel)).lines).toEqual(before));

  // The hook of the next page knows nothing of the times before.
  await page.goto(`${server.on("localhost")}/other`);
  await authenticators.get(page)!.setPresence(true);
  await page.evaluate(signIn);
  await keeps(
    page,
    "create: fulfilled",
    "create: rejected",
    "preventSilentAccess: fulfilled",
    "get: fulfilled",
    0,
  );
  expect((await log.of(page)).calls.at(-1)!.startedAt).toBeLessThan(starts[0]!);
  const after = [...before, expect.stringMatching("/other"), "get: good"];
  await eventually(async () => expect((await readPanel(panel)).lines).toEqual(after));
  await page.reload();
  await call(page);
  const popup = await browser.newPage();
  const { tabId } = await log.of(page);
  await popup.goto(new URL(`/popup/popup.html?tab=${tabId}`, log.page.url()).href);
  const all = [...after, expect.stringMatching("/other"), "preventSilentAccess: good"];
  for (const view of [panel, popup.mainFrame()])
    await eventually(async () => expect((await readPanel(view)).lines).toEqual(all));
  await popup.close();
  await page.close();
});

// The browser takes its time to refuse as many.
test("a page that calls thousands of times a second: the number of lost calls in the panel is that of those that are lost", async () => {
  const page = await open();
  const { panel } = await openKeyholePanel(page);
  const { tabId } = await log.of(page);
  await page.bringToFront();
  const made = 10_000;
  await page.evaluate(async (made) => {
    const calls = [];
    while (calls.length < made) {
      // The browser refuses it at once, as all is missing.
      const publicKey = {} as PublicKeyCredentialCreationOptions;
      for (let i = 0; i < 100; i++) calls.push(navigator.credentials.create({ publicKey }));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.allSettled(calls);
  }, made);
  await eventually(async () => {
    const { first, next, lost } = await stateOf(tabId);
    expect(next - first + lost).toBe(made);
  });
  const { calls, state } = await log.of(page);
  expect(calls.length + state.lost).toBe(made);
  expect(state.lost).toBeGreaterThan(1_000);
  expect(new Set(calls.map(({ seq }) => seq)).size).toBe(calls.length);
  const accountsFor = (view: Frame) =>
    eventually(async () => expect((await readCallCount(view)) + (await readLossCount(view))).toBe(made));
  await accountsFor(panel);
  // One that is opened later has seen nothing of it.
  const views = await openViews(page);
  await accountsFor(views.popup.mainFrame());
  await views.popup.close();
  await page.close();
}, 180_000);

test("an extension that is updated while a page is open: that calls are missing is said until the page is reloaded", async () => {
  const page = await open();
  await page.evaluate(register);
  await keeps(page, "create: fulfilled", 0);
  const { tabId } = await log.of(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => errors.push(message.text()));
  await wait(page);
  await updateExtension(browser);
  await abort(page);
  await authenticators.get(page)!.setPresence(true);
  await page.evaluate(signIn);
  await call(page, 20);
  expect(errors).toEqual([]);

  log = await openExtensionLog(browser);
  // The update emptied the storage of the session, and the page talks to nobody.
  expect(await log.tabs()).toEqual([]);
  const { panel, popup } = await openViews(page, tabId);
  await eventually(async () =>
    expect((await readPanel(panel)).status).toBe(
      "Not hooked: the page was opened before Keyhole was installed, updated or switched on. Its calls since then are missing, and an update empties the log. Reload the page",
    ),
  );
  await eventually(async () =>
    expect((await readPanel(popup.mainFrame())).status).toMatch(
      /reload one that was opened before Keyhole was installed or updated/,
    ),
  );
  await page.reload();
  await call(page);
  await keeps(page, "preventSilentAccess: fulfilled", 0);
  await bothSay({ panel, popup }, "Hooked before the page's first script");
  await popup.close();
  await page.close();
});

// The last one: a browser that is driven does not start an extension again that reloads itself.
test("an extension that is gone while a page is open and a call is pending: the page goes on and hears nothing of it", async () => {
  const page = await open();
  await page.evaluate(register);
  await keeps(page, "create: fulfilled", 0);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => errors.push(message.text()));
  await wait(page);
  const gone = new Promise((resolve) => browser.once("targetdestroyed", resolve));
  await log.page.evaluate(() => chrome.runtime.reload()).catch(() => {});
  await gone;

  await abort(page);
  await authenticators.get(page)!.setPresence(true);
  await page.evaluate(signIn);
  await call(page, 20);
  expect(errors).toEqual([]);
  await page.close();
});
