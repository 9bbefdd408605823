import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Recording, serializeRecording } from "../../../src/index.js";
import {
  bytes,
  create,
  descriptor,
  get,
  passkey,
  recordingOf,
  safari,
  safariOnMac,
} from "../../support/recordings.js";
import { type PageOptions, type PanelBrowser, startPanelBrowser } from "../panelPage.js";
import { hostile } from "../sampleRecordings.js";

vi.setConfig({ testTimeout: 30_000 });

let panel: PanelBrowser;
let page: Page;

beforeAll(async () => {
  panel = await startPanelBrowser();
}, 60_000);
afterEach(async () => {
  if (!page?.isClosed()) await page?.close();
});
afterAll(async () => {
  await panel?.close();
});

/** The same site on two devices: registering works on both, signing in on the Mac alone. */
const allowed = { allowCredentials: [descriptor("mine", ["internal", "hybrid"])] };
const onTheMac = () =>
  recordingOf(
    [
      create().returns(passkey("mine"), { after: 4_200 }),
      get(allowed).returns(passkey("mine"), { after: 2_300 }),
      get({ ...allowed, challenge: bytes(32, 77) }).returns(passkey("mine"), { after: 2_900 }),
    ],
    { browser: safariOnMac("18.3") },
  );
const onTheIphone = () =>
  recordingOf(
    [
      create({ challenge: bytes(32, 50), user: { id: bytes(32, 60) } }).returns(passkey("mobile"), {
        after: 3_100,
      }),
      get({ ...allowed, challenge: "bm90LWJ5dGVz", userVerification: "required" })
        .rejects("TypeError", { message: "Type error", after: 1 })
        .with({ environment: { userActivation: { isActive: false, hasBeenActive: true } } }),
    ],
    { browser: safari("18.3") },
  );

async function open(recording: Recording, options?: PageOptions) {
  page = await panel.open(recording, options);
  await page.waitForSelector(".list .count, .list-row");
}

const texts = (selector: string) =>
  page.$$eval(selector, (found) => found.map((element) => (element as HTMLElement).innerText.trim()));
const compareWithCall = async (id: string, other: string) => {
  await page.click(`[data-call="${id}"]`);
  await page.click("[data-tab=compare]");
  await page.select(".compare-side select", other);
  await page.waitForSelector(".compare-result");
};
const pasteSecond = (text: string) =>
  page.$eval(
    ".compare-paste",
    (field, data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", data);
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    text,
  );
const places = (group: string) => texts(`.difference-table.${group} tbody th`);

describe("two calls of the log", () => {
  test("are chosen, and what decides stands first", async () => {
    await open(onTheIphone());
    await compareWithCall("call-1", "log call-0");
    expect(await texts("#compare-headline")).toEqual([
      expect.stringMatching(/^\d+ differences that can decide$/),
    ]);
    expect((await places("decisive")).slice(0, 2)).toEqual(["method", "outcome"]);
  });

  test("that differ in nothing but random values say so, and fold them", async () => {
    await open(recordingOf([900, 950].map((after) => get().rejects("AbortError", { after }))));
    await compareWithCall("call-1", "log call-0");
    expect(await texts("#compare-headline")).toEqual(["No difference that matters"]);
    expect(await page.$eval(".differences details", (details) => (details as HTMLDetailsElement).open)).toBe(
      false,
    );
    await page.click(".differences summary");
    expect(await places("expected")).toContain("publicKey.challenge");
  });

  test("are compared by keyboard alone", async () => {
    await open(onTheMac());
    await page.focus("[data-call=call-0]");
    await page.keyboard.press("c");
    await page.waitForSelector(".marked-bar");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("c");
    await page.waitForSelector(".compare-result");
    expect(await texts("[role=tab][aria-selected=true]")).toEqual(["Compare"]);
    expect(await page.$eval(".compare-side select", (select) => (select as HTMLSelectElement).value)).toBe(
      "log call-0",
    );
  });

  test("are found without the keyboard: a row's own button marks it, and a bar says so until it is let go", async () => {
    await open(onTheMac());
    await page.hover("[data-call=call-0]");
    await page.click("[data-call=call-0] .row-mark");
    expect(await texts(".marked-bar")).toEqual([
      expect.stringMatching(/^Marked for comparing: 1\. create: created\..*Unmark$/s),
    ]);
    expect(await page.$$eval(".row-mark[aria-pressed=true]", (marks) => marks.length)).toBe(1);
    expect(await page.$(".detail")).toBeNull();
    await page.click("[data-call=call-2]");
    const [go] = await page.$$(".marked-bar .primary");
    expect(await go!.evaluate((button) => button.textContent)).toBe("Compare with 3");
    await go!.click();
    await page.waitForSelector(".compare-result");
    expect(await page.$eval(".compare-side select", (select) => (select as HTMLSelectElement).value)).toBe(
      "log call-0",
    );
    expect(await page.$(".marked-bar")).toBeNull();

    await page.click(".compare-side .link");
    expect(await texts(".marked-bar b")).toEqual(["3. get: signed in"]);
    await page.click(".marked-bar .button:last-child");
    expect(await page.$(".marked-bar")).toBeNull();
  });

  test("lead from a finding to its rule", async () => {
    await open(onTheIphone());
    await compareWithCall("call-1", "log call-0");
    const [link] = await page.$$(".difference-table .rule-link");
    const ruleId = await link!.evaluate((button) => button.textContent);
    await link!.click();
    await page.waitForSelector("dialog");
    expect((await texts("dialog"))[0]).toContain(ruleId);
  });

  test("lead from a difference to its place in the request", async () => {
    await open(onTheIphone());
    await compareWithCall("call-1", "log call-0");
    const [button] = await page.$$("xpath/.//button[@title='Show it in A'][contains(., 'challenge')]");
    await button!.click();
    await page.waitForSelector("[role=tab][data-tab=request][aria-selected=true]");
  });

  test("are copied as Markdown", async () => {
    await open(onTheIphone());
    await page.evaluate(() => {
      Object.defineProperty(navigator.clipboard, "writeText", {
        value: async (text: string) => {
          (window as { copied?: string }).copied = text;
        },
      });
    });
    await compareWithCall("call-1", "log call-0");
    await page.click(".compare-head .button");
    await page.waitForFunction(() => (window as { copied?: string }).copied);
    const copied = await page.evaluate(() => (window as { copied?: string }).copied);
    expect(copied).toContain("### What can decide");
    expect(copied).toContain("iPhone, Safari 18.3");
  });
});

describe("a second recording", () => {
  test("works on the Mac, fails on the iPhone: every call has its counterpart", async () => {
    await open(onTheIphone());
    await page.click('[data-call="call-1"]');
    await page.click("[data-tab=compare]");
    await pasteSecond(serializeRecording(onTheMac()));
    await page.waitForSelector(".pairs");
    expect(await texts(".pair-count")).toEqual(["alike", expect.stringMatching(/^\d+ decisive$/), ""]);
    expect(await places("decisive")).toEqual(
      expect.arrayContaining(["outcome", "publicKey.userVerification", "userActivation.isActive"]),
    );
    expect(await places("notable")).toContain("userAgent");
    await page.click(".pairs li:not(.pairs-head) .link");
    await page.waitForFunction(() =>
      document.querySelector(".pairs li.current")?.textContent?.includes("create"),
    );
  });

  test("that can’t be read is explained, and what was compared stays", async () => {
    await open(onTheMac());
    await compareWithCall("call-2", "log call-1");
    await pasteSecond('{"format":"keyhole-recording","version":1');
    await page.waitForSelector(".compare-second [role=alert]");
    expect((await texts(".compare-second [role=alert]")).join()).toMatch(/line 1, column \d+/);
    expect(await texts("#compare-headline")).toEqual(["Nothing that decides"]);
  });

  test("does not open as the log when it is pasted into its field", async () => {
    await open(onTheIphone());
    await page.click('[data-call="call-1"]');
    await page.click("[data-tab=compare]");
    await pasteSecond(serializeRecording(onTheMac()));
    await page.waitForSelector(".pairs");
    expect(await page.$(".status.imported")).toBeNull();
  });
});

test("hostile calls are shown as text and run nothing", async () => {
  await open(hostile());
  await compareWithCall("call-0", "log call-1");
  await pasteSecond(serializeRecording(hostile()));
  await page.waitForSelector(".pairs");
  expect(await page.evaluate(() => (window as { pwned?: unknown }).pwned)).toBeUndefined();
  expect(await page.$(".compare img, .compare-result script")).toBeNull();
});

describe.each([
  [1200, "light"],
  [1200, "dark"],
  [350, "light"],
  [350, "dark"],
] as const)("at %i px, %s", (width, theme) => {
  test("nothing is cut off sideways", async () => {
    await open(onTheIphone(), { width, theme, height: 900 });
    await page.click('[data-call="call-1"]');
    await page.click("[data-tab=compare]");
    await pasteSecond(serializeRecording(onTheMac()));
    await page.waitForSelector(".pairs");
    const [content, visible] = await page.$eval(".tab-panel", ({ scrollWidth, clientWidth }) => [
      scrollWidth,
      clientWidth,
    ]);
    expect(content).toBeLessThanOrEqual(visible!);
    if (process.env.PICTURES) {
      await page.$eval(".tab-panel", (panel) => panel.scrollTo(0, 0));
      await page.screenshot({ path: `${process.env.PICTURES}/compare-${width}-${theme}.png` });
    }
  });
});
