import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, ElementHandle, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Recording, serializeRecording } from "../../src/index.js";
import { morning } from "../panel/sampleRecordings.js";
import * as samples from "../src/import/samples.js";
import { launchChromium } from "../support/chromium.js";
import { HOSTILE_TEXT, makeHostile } from "../support/hostile.js";
import { openViewer } from "../support/openViewer.js";

/** Files made to do harm, opened in the viewer of the built extension in every way that there is. */
let browser: Browser;
let page: Page;
let folder: string;
let complaints: string[];
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "keyhole-hostile-"));
  browser = await launchChromium();
  page = await openViewer(browser);
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("chrome-extension:")) complaints.push(`asked for ${request.url()}`);
  });
  await paste(serializeRecording(morning()));
  await page.waitForFunction(() => document.querySelectorAll("[data-call]").length === 10);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const paste = (text: string) =>
  page.evaluate((data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", data);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, text);

const drop = (text: string) =>
  page.evaluate((data) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([data], "dropped.json"));
    document
      .querySelector(".keyhole")!
      .dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, text);

const choose = async (text: string | Uint8Array) => {
  const path = join(folder, `${files++}.json`);
  await writeFile(path, text);
  await page.click("button[aria-label=Import]");
  const input = (await page.waitForSelector("dialog input[type=file]")) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
};

const WAYS = [paste, drop, choose];

/** Nothing of it ran, or reached outside. */
async function expectNothingRan(): Promise<void> {
  expect(await page.evaluate(() => ["pwned", "polluted"].some((name) => name in window || name in {}))).toBe(
    false,
  );
  expect(await page.$$(".keyhole :is(img, iframe, object, embed, script)")).toEqual([]);
  expect(complaints).toEqual([]);
}

/** The dialog says why, and the log is the one that was open. */
async function expectRefused(sentence: RegExp): Promise<void> {
  await page.waitForSelector(".import-problems");
  expect(await page.$eval(".import-problems", (box) => box.textContent)).toMatch(sentence);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog"));
  expect(await page.$$eval("[data-call]", (rows) => rows.length)).toBe(10);
  await expectNothingRan();
}

describe("what can't be opened costs nothing that is open", () => {
  const text = JSON.stringify(morning(), null, 1);
  const CASES: [string, string, RegExp][] = [
    ["half a recording", text.slice(0, text.length / 2), /line \d+, column \d+: The text ends/],
    ["half a HAR file", JSON.stringify(samples.harFile).slice(0, 900), /line 1, column \d+/],
    ["a hundred thousand levels", "[".repeat(100_000), /nested more than 256 deep/],
    ["levels within a recording", text.replace('"calls": [', `"calls": [${'{"a":'.repeat(5_000)}`), /nested/],
    [
      "a prototype for a recording",
      text.replace("{", '{"__proto__": {"polluted": 1},'),
      /__proto__.*No recording has a member of this name/s,
    ],
  ];
  for (const [index, [name, input, sentence]] of CASES.entries())
    test(name, async () => {
      await WAYS[index % WAYS.length]!(input);
      await expectRefused(sentence);
    });

  test("130 MB that are hard to read, by the button", async () => {
    await choose(`[${"1,".repeat(65_000_000)}1]`);
    await expectRefused(/more than 8,000,000 values/);
  });

  test("more than 200 MB, by the button", async () => {
    await choose(new Uint8Array(200_000_001).fill(0x5b));
    await expectRefused(/200 MB/);
  });
});

describe("what is opened stays text", () => {
  const texts: [string, unknown, number][] = [
    ["options", { ...samples.creationJson, rp: { id: HOSTILE_TEXT, name: HOSTILE_TEXT } }, 1],
    [
      "a HAR file",
      hostileBut(samples.harFile, ["text", "value", "mimeType", "encoding", "name", "startedDateTime"]),
      2,
    ],
    [
      "an export of WebAuthn DevTools",
      hostileBut(samples.devtoolsExport, ["type", "status", "exportedAt", "version"]),
      5,
    ],
    ["an export of WebAuthnRecorder", hostileBut(samples.recorderExport, ["type", "_type", "timestamp"]), 3],
    ["a recording", hostileRecording(), 10],
  ];
  for (const [index, [name, value, calls]] of texts.entries())
    test(name, async () => {
      const json = JSON.stringify(value).replace(
        "{",
        '{"__proto__x":1,"constructor":{"prototype":{"polluted":1}},',
      );
      await WAYS[index % WAYS.length]!(json);
      await page.waitForFunction(
        (count) => document.querySelectorAll("[data-call]").length === count,
        {},
        calls,
      );
      for (const row of await page.$$("[data-call]")) {
        await row.click();
        await page.waitForSelector("[data-tab=summary]");
        for (const tab of await page.$$("[data-tab]")) {
          await tab.evaluate((button) => (button as HTMLElement).click());
          expect(await tab.evaluate((button) => button.getAttribute("aria-selected"))).toBe("true");
        }
      }
      await page.click("button[aria-label=Export]");
      await page.waitForSelector("dialog .masked-values");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.querySelector("dialog"));
      await expectNothingRan();
    });
});

/** Markup in every text but those by which the file is known for what it is. */
function hostileBut<T>(value: T, names: readonly string[]): T {
  return makeHostile(value, (name) => names.includes(name));
}

function hostileRecording(): Recording {
  const keeps = [
    "format",
    "createdAt",
    "api",
    "id",
    "realmId",
    "status",
    "via",
    "readyState",
    "visibility",
    "$",
    "base64url",
  ];
  return hostileBut(morning(), keeps);
}
