import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { encodeBase64url } from "../../src/index.js";
import * as samples from "../src/import/samples.js";
import { genuineAttestation } from "../support/attestationSamples.js";
import { type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { morning } from "./sampleRecordings.js";

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

const texts = (selector: string) =>
  page.$$eval(selector, (found) => found.map((element) => (element as HTMLElement).innerText.trim()));
const paste = (input: unknown) =>
  page.evaluate(
    (data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", data);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    },
    typeof input === "string" ? input : JSON.stringify(input),
  );
const drop = (name: string, bytes: Uint8Array) =>
  page.$eval(
    "#root",
    (root, fileName, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(content)], fileName));
      root.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    },
    name,
    [...bytes],
  );
const picture = async (name: string) => {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/import-${name}.png` });
};

describe("what is pasted is opened for what it is", () => {
  const CASES: [name: string, input: unknown, takenFor: string, methods: RegExp[]][] = [
    ["options", samples.creationJson, "registration options (JSON)", [/^create$/]],
    ["a response", samples.authentication.json, "authentication response (JSON)", [/^get$/]],
    [
      "an attestation object",
      encodeBase64url(genuineAttestation("packed")),
      "attestation object (base64url)",
      [/^create attestation object/],
    ],
    [
      "a key",
      encodeBase64url(samples.registration.publicKey),
      "COSE key, ES256 (-7) (base64url)",
      [/^create COSE key/],
    ],
    ["a HAR file", samples.harFile, "HAR file", [/^create$/, /^get$/]],
    [
      "an export of WebAuthnRecorder",
      samples.recorderExport,
      "export of WebAuthnRecorder",
      [/^create$/, /^get conditional$/, /^get$/],
    ],
  ];

  test.each(CASES)("%s", async (name, input, takenFor, methods) => {
    page = await panel.open(morning(), { height: 800 });
    await paste(input);
    await page.waitForSelector(".status.imported");
    expect((await texts(".status.imported")).join()).toContain(`taken for: ${takenFor}`);
    const shown = await texts(".list-row .method");
    expect(shown).toHaveLength(methods.length);
    for (const [index, method] of methods.entries()) expect(shown[index]).toMatch(method);
    await picture(name.replaceAll(" ", "-"));
  });
});

test("a part that came alone opens at once, and its bytes are decoded", async () => {
  page = await panel.open(morning());
  await drop("key.bin", samples.registration.publicKey);
  await page.waitForSelector(".detail");
  expect(await texts(".detail h2")).toEqual(["COSE key, ES256 (-7)"]);
  await page.click("[data-tab=bytes]");
  await page.waitForFunction(() => document.querySelector(".tab-panel")?.textContent?.includes("algorithm"));
  await picture("bytes-of-a-key");
  await page.click("[data-tab=environment]");
  await page.waitForFunction(() =>
    document.querySelector(".tab-panel")?.textContent?.includes("no hook was there"),
  );
});

test("a request without its answer says so, and is no call that waits", async () => {
  page = await panel.open(morning());
  await paste(samples.requestJson);
  await page.waitForSelector(".detail");
  expect(await texts(".detail h2")).toEqual(["A request, without what became of it"]);
  expect(await texts(".list-row .outcome")).toEqual(["request alone"]);
});

test("what could be read in part says what could not, and where", async () => {
  page = await panel.open(morning());
  await paste({ ...samples.creationJson, challenge: "not base64url!" });
  await page.waitForSelector(".status .late");
  expect(await texts(".status .late")).toEqual(["1 oddity"]);
  await page.click(".status .late");
  await page.waitForSelector(".oddities");
  expect(await texts(".oddities li")).toEqual([
    expect.stringMatching(/^\/challenge: “not base64url!” can’t be read/),
  ]);
});

test("what can’t be read names the place and leaves the open log as it was", async () => {
  page = await panel.open(morning());
  await paste(JSON.stringify(samples.harFile, null, 1).slice(0, 900));
  await page.waitForSelector(".import-problems");
  expect((await texts(".import-problems")).join()).toMatch(/line \d+, column \d+/);
  await page.keyboard.press("Escape");
  expect(await page.$(".status.imported")).toBeNull();
  expect(await texts(".list-row .method")).toHaveLength(10);
});

test("markup in what is pasted stays text", async () => {
  const html = '<img src=x onerror="window.pwned=1">';
  page = await panel.open(morning());
  await paste({
    ...samples.creationJson,
    rp: { id: html, name: html },
    user: { id: html, name: html, displayName: html },
  });
  await page.waitForSelector(".detail");
  await page.click("[data-tab=request]");
  expect(await page.evaluate(() => (window as { pwned?: unknown }).pwned)).toBeUndefined();
  expect(await page.$("#root img")).toBeNull();
});
