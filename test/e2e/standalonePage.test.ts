import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Recording, redact, toHtml } from "../../src/index.js";
import { built } from "../build/built.js";
import { hostile, morning } from "../panel/sampleRecordings.js";
import { launchChromium } from "../support/chromium.js";
import { create, recordingOf } from "../support/recordings.js";

/** The page that `toHtml` makes, as people open it: from the disk, in a browser without Keyhole and without a network. */
describe("a recording as a web page of its own", () => {
  let browser: Browser;
  let folder: string;
  let viewer: string;
  let opened = 0;

  beforeAll(async () => {
    viewer = await readFile(built("standalone/viewer.html"), "utf8");
    folder = await mkdtemp(join(tmpdir(), "keyhole-page-"));
    browser = await launchChromium({ extension: false });
  });

  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  async function openPage(
    html: string,
  ): Promise<{ page: Page; requests: string[]; complaints: string[]; blocked: string[] }> {
    const file = join(folder, `${opened++}.html`);
    await writeFile(file, html);
    const page = await browser.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    const blocked: string[] = [];
    await page.setOfflineMode(true);
    page.on("request", (request) => requests.push(request.url()));
    page.on("requestfailed", (request) => blocked.push(request.url()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href);
    return { page, requests, complaints, blocked };
  }

  const open = (recording: Recording) => openPage(toHtml(recording, viewer));
  const rows = (page: Page) => page.$$eval("[data-call]", (found) => found.length);

  test("shows every call and what is found, and asks nobody for anything", async () => {
    const { page, requests, complaints } = await open(await redact(morning()));
    await page.waitForSelector("[data-call]");
    expect(await rows(page)).toBe(10);
    await page.click('[data-call="call-3"]');
    await page.waitForFunction(() => document.body.textContent?.includes("es256-missing"));
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^file:/);
    expect(complaints).toEqual([]);
  });

  test("runs nothing of a hostile recording, whatever is in its strings", async () => {
    const recording = hostile();
    const markup = "</script><script>window.pwned=1</script><!--<img src=x onerror='window.pwned=1'>";
    const more = recordingOf([
      create({
        rp: { id: markup, name: markup },
        user: { id: Uint8Array.of(1), name: markup, displayName: markup },
        [markup]: { [markup]: markup },
      }).rejects(markup, { message: markup }),
    ]);
    Object.defineProperty(more.calls[0]!.arguments[0] as object, "__proto__", {
      value: { polluted: markup },
      enumerable: true,
    });
    const realms = [...recording.realms, { ...more.realms[0]!, id: "more", url: markup, userAgent: markup }];
    const calls = [
      ...recording.calls,
      ...more.calls.map((call) => ({ ...call, id: "more", realmId: "more" })),
    ];
    const { page, requests, complaints } = await open({ ...recording, realms, calls });
    await page.waitForSelector('[data-call="more"]');
    for (const id of ["call-0", "more"]) {
      await page.click(`[data-call="${id}"]`);
      await page.waitForSelector(`[data-call="${id}"][aria-selected=true]`);
      for (const tab of ["summary", "request", "response", "environment"]) {
        await page.click(`[role=tab][data-tab=${tab}], [role=tab][id$=${tab}]`).catch(() => {});
      }
    }
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(await page.evaluate(() => "polluted" in {})).toBe(false);
    expect(await page.$$(".keyhole :is(img, iframe, object, embed, script[src])")).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test("lets no other script run and no address be asked, even if something got in", async () => {
    const intruder = "<script>window.pwned=1</script><img src='https://example.com/x.png'></body>";
    const { page, complaints, blocked } = await openPage(
      toHtml(morning(), viewer).replace("</body>", () => intruder),
    );
    await page.waitForSelector("[data-call]");
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(blocked).toEqual(["https://example.com/x.png"]);
    const violations = complaints.filter((text) => text.includes("Content Security Policy"));
    expect(violations.some((text) => text.includes("x.png"))).toBe(true);
    expect(violations.some((text) => text.includes("script"))).toBe(true);
  });

  test("says what is wrong with a recording that can't be read", async () => {
    const { page } = await openPage(toHtml(morning(), viewer).replace('"version":1', '"version":99'));
    await page.waitForFunction(() => document.body.textContent?.includes("version 99"));
    expect(await rows(page)).toBe(0);
  });

  test("can be exported again out of itself, with the licences of what is in it", async () => {
    const { page } = await open(morning());
    await page.waitForSelector("[data-call]");
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    await page.click("input[name=form][value=html]");
    await page.waitForFunction(() =>
      document.querySelector("dialog .export-text span")?.textContent?.endsWith(".html"),
    );
    if (!(await page.$("dialog textarea"))) await page.click("dialog .export-text button");
    const again = await page.$eval("dialog textarea", (area) => area.value);
    expect(again).not.toContain("alice");
    const licencesIn = (page: string) => /<!--\s# Licences[\s\S]*?-->/.exec(page)?.[0];
    expect(licencesIn(again)).toBe(licencesIn(viewer));
    expect(licencesIn(again)).toContain("preact");
    const second = await openPage(again);
    await second.page.waitForSelector("[data-call]");
    expect(await rows(second.page)).toBe(10);
    expect(second.complaints).toEqual([]);
  });
});
