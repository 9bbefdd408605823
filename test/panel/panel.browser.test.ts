import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { parseRecording, type Recording, serializeRecording } from "../../src/index.js";
import { create, get, passkey, recordingOf } from "../support/recordings.js";
import { listenToAll, type PageOptions, type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { empty, hostile, many, morning, onIphone } from "./sampleRecordings.js";

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

async function open(recording: Recording, options?: PageOptions): Promise<void> {
  page = await panel.open(recording, options);
  if (recording.calls.length > 0) await judged();
}

/** The first analysis of the log is there. */
const judged = () => page.waitForSelector(".list .count");
const texts = (selector: string) =>
  page.$$eval(selector, (found) => found.map((element) => (element as HTMLElement).innerText.trim()));
const text = async (selector: string) => (await texts(selector)).join("\n");
const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute("data-call") ?? document.activeElement?.className);
const exists = (selector: string) => page.$(selector).then((found) => found !== null);
const gone = (selector: string) => page.waitForFunction((s) => !document.querySelector(s), {}, selector);
const openCall = async (id: string, tab?: string) => {
  await page.click(`[data-call="${id}"]`);
  if (tab) await page.click(`[data-tab=${tab}]`);
};
const paste = (pasted: string) =>
  page.evaluate((data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", data);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, pasted);

describe("the list", () => {
  test("shows the calls in the order in which they started, and the navigation between them", async () => {
    await open(morning());
    const methods = await texts(".list-row .method");
    expect(methods.slice(0, 3)).toEqual(["isConditionalMediationAvailable", "get conditional", "create"]);
    expect(methods).toHaveLength(10);
    expect(await texts(".list-note")).toEqual([expect.stringMatching(/^navigated to \/account\/security/)]);
  });

  test("is walked by arrow keys; Enter opens, Escape closes and comes back to the row", async () => {
    await open(morning());
    await page.focus("[data-call=call-0]");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("call-1");
    expect(await exists(".detail")).toBe(false);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".detail");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() =>
      document.querySelector(".detail h2")?.textContent?.includes("passkey was created"),
    );
    expect(await focused()).toBe("call-2");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-tab"))).toBe("summary");
    await page.keyboard.press("Escape");
    await gone(".detail");
    expect(await focused()).toBe("call-2");
  });

  test("one press of Tab enters it, whatever its length", async () => {
    await open(many(50));
    expect(await page.$$eval(".list [tabindex='0']", (found) => found.length)).toBe(1);
  });

  test("a call that settles changes in place: selection, details and scroll stay", async () => {
    const recording = many(200);
    recording.calls[120] = { ...recording.calls[120]!, outcome: { status: "pending" } };
    delete recording.calls[120]!.duration;
    await open(recording);
    await page.evaluate(() => {
      document.querySelector(".list")!.scrollTop = 120 * 24 - 100;
    });
    await page.waitForSelector('[data-call="call-120"]');
    await openCall("call-120");
    await page.waitForFunction(
      () => document.querySelector(".detail h2")?.textContent === "Waiting for the person",
    );
    const scrollBefore = await page.$eval(".list", (list) => list.scrollTop);
    await page.evaluate((call) => {
      window.gallery.sink.call({ ...call, duration: 5_000, outcome: { status: "fulfilled", value: null } });
      window.gallery.sink.call({ ...call, id: "call-new", seq: 999, startedAt: call.startedAt + 1_000_000 });
    }, recording.calls[120]!);
    await page.waitForFunction(() =>
      document.querySelector(".detail h2")?.textContent?.includes("without a credential"),
    );
    expect(await texts("[aria-selected=true] .outcome")).toEqual(["null"]);
    expect(await page.$eval(".list", (list) => list.scrollTop)).toBe(scrollBefore);
    await page.focus('[data-call="call-120"]');
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-call") === "call-new");
  });

  test("scrolling makes no rows anew, and leaves the focus with its row", async () => {
    await open(many(3_000), { as: "file" });
    await page.focus("[data-call=call-0]");
    const scrollTo = async (top: number) => {
      await page.$eval(".list", (list, to) => list.scrollTo(0, to), top);
      await page.waitForSelector(`.list-row[aria-rowindex="${Math.floor(top / 24) + 4}"]`);
      expect(await focused()).toBe("call-0");
    };
    await scrollTo(5_000);
    await page.evaluate(() => {
      for (const row of document.querySelectorAll<HTMLElement>(".list-row")) row.title = "was there";
    });
    for (const top of [5_030, 6_000, 40_000, 1_000, 60_000, 35_000]) await scrollTo(top);
    // At times one more than before is partly in view.
    expect((await page.$$(".list-row:not([title])")).length).toBeLessThan(4);
    expect((await page.$$(".list-row[title]")).length).toBeGreaterThan(30);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-call") === "call-1");
  });

  test("the selected row stays in view when the panel becomes smaller", async () => {
    await open(morning(), { height: 560 });
    await openCall("call-9");
    await page.setViewport({ width: 350, height: 560 });
    await page.waitForFunction(() => {
      const row = document.querySelector("[aria-selected=true]")!.getBoundingClientRect();
      const list = document.querySelector(".list")!.getBoundingClientRect();
      const isStacked = document.querySelector(".main.stacked") !== null;
      return isStacked && list.height < 220 && row.top > list.top && row.bottom <= list.bottom + 1;
    });
  });

  test("a screen reader is told nothing of calls that come in, and once of a filter that was typed", async () => {
    await open(many(50));
    const said = await listenToAll(page);
    for (let more = 0; more < 5; more++) {
      await page.evaluate((call) => window.gallery.sink.call(call), {
        ...many(1).calls[0]!,
        id: `more-${more}`,
        seq: 50 + more,
        startedAt: many(51).calls[50]!.startedAt + more * 1_000,
      });
      await page.waitForSelector(`[data-call=more-${more}] .count`);
    }
    expect(await said()).toEqual([]);
    await page.type(".filter-input", "example");
    await vi.waitFor(async () => expect(await said()).toEqual([expect.stringContaining("55")]));
  });

  test("a pending call counts on", async () => {
    const recording = recordingOf([get()]);
    recording.calls[0]!.startedAt = Date.now() - 11_000;
    page = await panel.open(recording);
    const took = await text(".list-row .col-took");
    expect(took).toMatch(/^\d+ s$/);
    await page.waitForFunction(
      (before) => document.querySelector<HTMLElement>(".list-row .col-took")!.innerText !== before,
      {},
      took,
    );
  });

  test("of ten thousand calls draws those in view, and is walked to its end and back", async () => {
    await open(many(10_000), { as: "file" });
    const drawn = () => page.$$eval(".list-row", (rows) => rows.length);
    expect(await drawn()).toBeLessThan(100);
    expect(await page.$eval(".list", (list) => list.getAttribute("aria-rowcount"))).toBe("10001");
    await page.focus("[data-call=call-0]");
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-call") === "call-9999");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"))).toBe("10001");
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-call") === "call-9998");
    await page.evaluate(() => {
      document.querySelector(".list")!.scrollTop = 0;
    });
    await page.waitForSelector("[data-call=call-0]");
    // The row with the focus is kept, however far one scrolls.
    expect(await focused()).toBe("call-9998");
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-call") === "call-9997");
    expect(await drawn()).toBeLessThan(100);
    await page.click(".filter-input");
    await page.keyboard.type("example");
    await page.waitForFunction(
      () => document.querySelector(".filter-count")?.textContent === "10,000 of 10,000",
    );
  });

  test("of many calls says how far it is judged", async () => {
    page = await panel.open(many(3_000), { as: "file" });
    await page.waitForSelector(".status progress");
    expect(await page.$eval(".status progress", (bar) => bar.getAttribute("aria-label"))).toMatch(/judged/);
    await page.waitForFunction(() => !document.querySelector(".status progress"), { timeout: 30_000 });
    expect(await exists("[data-call=call-0] .count")).toBe(true);
  });
});

describe("the filter", () => {
  test("says how many of how many it shows, and can be cleared where nothing matches", async () => {
    await open(morning());
    await page.keyboard.down("Control");
    await page.keyboard.press("f");
    await page.keyboard.up("Control");
    await page.keyboard.type("/NotAllowed|TypeError/");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 2);
    expect(await text(".filter-count")).toBe("2 of 10");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 10);
    await page.keyboard.type("nowhere");
    await page.waitForSelector(".no-match");
    await page.click(".no-match button");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 10);
    expect(await page.$eval("input.filter-input", (input) => input.value)).toBe("");
  });

  test("chips narrow by kind and by findings", async () => {
    await open(morning());
    await page.click(".chips button:nth-child(2)");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 3);
    const withFindings = await page.$$eval(".list-row", (rows) =>
      rows.filter((row) => row.querySelector(".count")).map((row) => row.getAttribute("data-call")),
    );
    expect(withFindings.length).toBeGreaterThan(0);
    await page.click(".with-findings");
    await page.waitForSelector(".with-findings[aria-pressed=true]");
    expect(
      await page.$$eval(".list-row", (rows) => rows.map((row) => row.getAttribute("data-call"))),
    ).toEqual(withFindings);
    await page.click(".chips button:nth-child(3)");
    await page.waitForSelector(".chips button:nth-child(3)[aria-pressed=true]");
    const methods = await texts(".list-row .method");
    expect(methods.length).toBeGreaterThan(0);
    for (const method of methods) expect(method).toMatch(/^get/);
    expect(await text(".filter-count")).toBe(`${methods.length} of 10`);
  });

  test("an expression that is none is marked, and hides nothing", async () => {
    await open(morning());
    await page.type(".filter-input", "/(/");
    await page.waitForSelector(".filter-problem");
    expect(await page.$$eval(".list-row", (rows) => rows.length)).toBe(10);
  });
});

describe("the toolbar", () => {
  test("clears by button and by Ctrl K, records and pauses, and keeps the log or not", async () => {
    await open(morning());
    await page.click("button[aria-label=Record]");
    await page.waitForSelector("button[aria-label=Record][aria-pressed=false]");
    expect(await text(".status b")).toBe("Recording is paused");
    await page.click(".check input");
    await page.keyboard.down("Control");
    await page.keyboard.press("k");
    await page.keyboard.up("Control");
    await page.waitForSelector(".empty");
    expect(await page.evaluate(() => window.gallery.asked)).toEqual([
      "setRecording false",
      "setPreserveLog false",
      "clear",
    ]);
  });

  test("the state of the source stands there in its own words", async () => {
    await open(morning());
    expect(await text(".status b")).toBe("Hooked before the page's first script");
    await page.evaluate(() => window.gallery.sink.status("lost", "Not hooked: reload the page"));
    await page.waitForSelector(".status.bad");
    expect(await text(".status b")).toBe("Not hooked: reload the page");
  });

  test("judging as another iOS version changes the findings, and is remembered", async () => {
    await open(morning());
    await openCall("call-4");
    await page.waitForSelector('[data-rule="allow-internal-only-hides-qr"]');
    await page.select(".judge select", "iOS 17");
    await gone('[data-rule="allow-internal-only-hides-qr"]');
    expect(await text("#findings")).toContain("judged as iOS 17");
    await page.select(".judge select", "");
    await page.waitForSelector('[data-rule="allow-internal-only-hides-qr"]');
    await page.select(".judge select", "iOS 18.0");
    expect(await page.evaluate(() => window.gallery.settings["panel.judgeAs"])).toBe("iOS 18.0");
  });

  test("a call of an iPhone is judged as the iPhone that it came from", async () => {
    page = await panel.open(onIphone("17.4"));
    await openCall("call-0");
    await page.waitForSelector(".forecast");
    expect(await text("#findings")).toContain("judged as recorded, on iOS 17.4");
  });
});

describe("the Summary", () => {
  test("leads from a finding to its field, and from the field back to the finding", async () => {
    await open(morning());
    await openCall("call-3");
    await page.waitForSelector("[data-rule=es256-missing]");
    await page.click("[data-rule=es256-missing] .evidence .link");
    await page.waitForSelector(".tree-line.marked");
    expect(await page.$eval(".tree-line.marked", (line) => line.getAttribute("data-pointer"))).toBe(
      "/arguments/0/publicKey/pubKeyCredParams",
    );
    expect(await page.$eval(".tree-line.marked", (line) => document.activeElement === line)).toBe(true);
    await page.click(".tree-line.marked .finding-mark");
    await page.waitForSelector(".finding.marked");
    expect(await page.$eval(".finding.marked", (card) => card.getAttribute("data-rule"))).toBe(
      "es256-missing",
    );
  });

  test("leads to a field of the answer, decoded or not", async () => {
    await open(morning());
    await openCall("call-3");
    await page.waitForSelector("[data-rule=uv-false-with-preferred]");
    await page.click("[data-rule=uv-false-with-preferred] .evidence .link");
    await page.waitForSelector(".tree-line.marked");
    expect(await page.$eval("[data-tab=response]", (tab) => tab.getAttribute("aria-selected"))).toBe("true");
  });

  test("leads to related calls", async () => {
    await open(morning());
    await openCall("call-3");
    await page.waitForSelector("[data-rule=user-id-reused-overwrites-passkey] .related");
    await page.click("[data-rule=user-id-reused-overwrites-passkey] .related");
    await page.waitForSelector('[data-call="call-2"][aria-selected=true]');
  });

  test("says first what happened, then how it fares on each iPhone", async () => {
    await open(morning());
    await openCall("call-4");
    expect(await text(".detail h2")).toBe("Most likely no passkey on the device matched the request");
    await page.waitForSelector(".forecast .differs");
    const verdicts = (await texts(".forecast button")).map((cell) => cell.replace(/\s+/g, " "));
    expect(verdicts).toContain("iOS 17 differs");
    expect(verdicts).toContain("iOS 18.4 differs");
    await page.click(".forecast button:nth-child(3)");
    await page.waitForFunction(() => document.querySelector("#findings")?.textContent?.includes("iOS 17"));
  });

  test("tells why a call failed: causes with what speaks for each, a click from the place", async () => {
    await open(morning());
    await openCall("call-4");
    await page.waitForSelector(".causes");
    expect((await texts(".causes > li:first-child .likelihood"))[0]).toBe("likely");
    expect(await text(".causes > li:first-child .fix")).toMatch(/^Next\s+Compare the ids/);
    expect(
      await page.$$eval(".causes > li:nth-child(2) details", (found) => found.map(({ open }) => open)),
    ).toEqual([false]);
    await page.click(".causes > li:first-child .clues .link");
    await page.waitForSelector('.tree-line.marked[data-pointer="/arguments/0/publicKey/allowCredentials"]');
  });

  test("tells what came back: provider, flags, ids, key, transports, sign count", async () => {
    await open(morning());
    await openCall("call-2");
    await page.waitForFunction(() => document.querySelector("#what-came-back"));
    const facts = (await texts("#what-came-back + .facts > div")).map((fact) => fact.replace(/\s+/g, " "));
    expect(facts).toEqual([
      "Provider Apple Passwords fbfc3007-154e-4ecc-8c0b-6e020557d7bd",
      expect.stringMatching(/^Flags UP set UV set BE set BS set AT set ED not set$/),
      "Credential ID Zmlyc3QgcGFzc2tleQAAAAAAAAA 20 bytes",
      "Public key ES256, P-256",
      "Transports internal, hybrid",
      "Attachment platform",
      "Sign count 0 does not count, as usual for synced passkeys",
    ]);
  });
});

describe("Request and Response", () => {
  test("a string where bytes belong looks different from bytes", async () => {
    await open(morning());
    await openCall("call-5", "request");
    const challenge = '[data-pointer="/arguments/0/publicKey/challenge"]';
    await page.waitForSelector(challenge);
    expect(await text(`${challenge} .value-string`)).toBe('"bm90LWJ5dGVz"');
    expect(await text(`${challenge} .tree-alarm`)).toBe("a string where bytes belong");
    await openCall("call-4", "request");
    await page.waitForSelector(`${challenge} .value-bytes`);
    expect(await text(`${challenge} .value-size`)).toBe("Uint8Array, 32 bytes");
    expect(await exists(`${challenge} .tree-alarm`)).toBe(false);
  });

  test("what bytes say stands below them, with flags, key and provider in words", async () => {
    await open(morning());
    await openCall("call-8", "response");
    const below = (path: string) => text(`[data-pointer="/outcome/value/value/response/${path}"] .tree-text`);
    expect((await below("clientDataJSON#type")).replace(/\s+/g, " ")).toBe('type"webauthn.create"');
    expect(await below("attestationObject#authenticatorData.attestedCredentialData.aaguid")).toContain(
      "YubiKey 5",
    );
    expect(await below("attestationObject#authenticatorData.flags")).toContain("0x45");
  });

  test("a secret is a gap with length and fingerprint", async () => {
    await open(morning());
    await openCall("call-8", "response");
    expect(await text(".value-gap")).toBe("ArrayBuffer, 32 bytes, masked, fingerprint 9f86d081");
  });

  test("an error has its name, its message, and what the specification means by it", async () => {
    await open(morning());
    await openCall("call-4", "response");
    expect(await text(".error-box h3")).toMatch(/^NotAllowedError\s+DOMException$/);
    expect(await text(".error-box")).toContain("The request is not allowed by the user agent");
    expect(await text(".error-box")).toContain("it doesn't say which");
  });

  test("the tree is walked by arrow keys, opened and closed", async () => {
    await open(morning());
    await openCall("call-2", "request");
    await page.focus(".tree-line");
    const at = () => page.evaluate(() => document.activeElement?.getAttribute("data-pointer"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await at()).toBe("/arguments/0/publicKey/rp");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector('[data-pointer="/arguments/0/publicKey/rp"][aria-expanded=false]');
    await page.keyboard.press("ArrowDown");
    expect(await at()).toBe("/arguments/0/publicKey/user");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await at()).toBe("/arguments/0/publicKey");
    await page.keyboard.press("End");
    expect(await at()).toBe("/arguments/0/publicKey/extensions/credProps");
  });

  test("a value is copied as base64url, hex or JSON", async () => {
    await open(morning());
    await panel.browser
      .defaultBrowserContext()
      .overridePermissions(page.url(), ["clipboard-read", "clipboard-write"]);
    await openCall("call-2", "request");
    const line = '[data-pointer="/arguments/0/publicKey/user/id"]';
    await page.hover(line);
    await page.click(`${line} .tree-copy`);
    expect(await texts("[role=menuitem]")).toEqual(["Copy as base64url", "Copy as hex", "Copy as JSON"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".toast"));
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "20272e353c434a51585f666d747b8289",
    );
  });

  test("where the clipboard is dead, the text is shown, selected", async () => {
    await open(morning());
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    });
    await openCall("call-2", "request");
    const line = '[data-pointer="/arguments/0/publicKey/user/name"]';
    await page.hover(line);
    await page.click(`${line} .tree-copy`);
    await page.click("[role=menuitem]");
    await page.waitForSelector("dialog[open] textarea");
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe("alice@example.com");
  });
});

test("Verify shows the steps, and how many passed", async () => {
  await open(morning());
  await openCall("call-2");
  await page.waitForSelector("[data-tab=verify]");
  await page.click("[data-tab=verify]");
  await page.waitForSelector(".verdict");
  const passed = await page.$$eval(".verdict.pass", (found) => found.length);
  const failed = await page.$$eval(".verdict.fail", (found) => found.length);
  expect(await text("[data-tab=verify] .tab-count")).toBe(`${passed}/${passed + failed}`);
  expect(passed).toBeGreaterThan(3);
});

test("Environment tells what the page was like, and that it was the page that stopped the call", async () => {
  await open(morning());
  await openCall("call-7", "environment");
  const told = await text(".tab-body");
  expect(told).toContain("active: a person had just tapped or typed");
  expect(told).toContain("890 ms after the call");
  expect(told).toContain("AbortError: The user went elsewhere");
  expect(told).toContain("before the page’s first script");
});

describe("a recording", () => {
  test("opens beside the live log, which goes on; and back", async () => {
    await open(recordingOf([create().returns(passkey("live"))]));
    await paste(serializeRecording(morning()));
    await page.waitForSelector(".status.imported");
    expect(await page.$$eval(".list-row", (rows) => rows.length)).toBe(10);
    expect(await exists("button[aria-label=Record]")).toBe(false);
    await page.evaluate((call) => window.gallery.sink.call({ ...call, id: "later" }), morning().calls[4]!);
    expect(await page.$$eval(".list-row", (rows) => rows.length)).toBe(10);
    await page.click(".status.imported button");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 2);
  });

  test.each([
    ["is not JSON", "{ not JSON", /line 1, column 3/],
    ["is of another format", '{"format":"har","version":1}', /format/],
    ["is of a newer version", JSON.stringify({ ...morning(), version: 9 }), /version/],
    ["is cut off", serializeRecording(morning()).slice(0, 500), /500|column/],
    ["has a call that is none", JSON.stringify({ ...morning(), calls: [{ id: 7 }] }), /\/calls\/0/],
  ])("that %s is refused with the place, and the open log is as it was", async (_, bad, place) => {
    await open(morning());
    await openCall("call-3");
    await paste(bad);
    await page.waitForSelector("dialog[open] [role=alert]");
    expect(await text("dialog [role=alert] li")).toMatch(place);
    await page.keyboard.press("Escape");
    await gone("dialog[open]");
    expect(await page.$$eval(".list-row", (rows) => rows.length)).toBe(10);
    expect(await exists('[data-call="call-3"][aria-selected=true]')).toBe(true);
    expect(await exists(".status.imported")).toBe(false);
  });

  test("that is bad leaves an imported log as it was, too", async () => {
    await open(recordingOf([create().returns(passkey("live"))]));
    await paste(serializeRecording(morning()));
    await page.waitForSelector(".status.imported");
    await paste("{}");
    await page.waitForSelector("dialog[open] [role=alert]");
    expect(await exists(".status.imported")).toBe(true);
    expect(await page.$$eval(".list-row", (rows) => rows.length)).toBe(10);
  });

  test("can be chosen as a file and dropped", async () => {
    await open(empty());
    await page.evaluate((content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], "dropped.keyhole.json"));
      const event = { dataTransfer, bubbles: true, cancelable: true };
      document.querySelector(".toolbar")!.dispatchEvent(new DragEvent("dragover", event));
      document.querySelector(".toolbar")!.dispatchEvent(new DragEvent("drop", event));
    }, serializeRecording(morning()));
    await page.waitForSelector(".status.imported");
    expect(await text(".status .file-name")).toBe("dropped.keyhole.json");
    expect(await exists(".drop-here")).toBe(false);
  });

  test.each([
    ["has 201 MB", { part: "x".repeat(1_000_000), times: 201 }, /201 MB.*up to \d+ MB/],
    [
      "nests a million deep",
      { part: "[".repeat(1_000), times: 1_000 },
      /line 1, column \d+: Values are nested more than \d+ deep/,
    ],
    [
      "is half a file",
      { part: '{"format":"keyhole-recording","version":1,"realms":[{"id":"r', times: 1 },
      /line 1, column \d+/,
    ],
  ])("that %s is refused with the place, and the open log is as it was", async (_, content, says) => {
    await open(morning());
    await page.evaluate(({ part, times }) => {
      const data = new DataTransfer();
      data.items.add(new File(Array(times).fill(part), "dropped.keyhole.json"));
      document
        .querySelector(".keyhole")!
        .dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, content);
    await page.waitForSelector(".import-problems");
    expect(await text(".import-problems")).toMatch(says);
    await page.keyboard.press("Escape");
    expect(await page.$$eval("[data-call]", (rows) => rows.length)).toBe(10);
  });

  test("is written whole and masked: what is counted is what is in it", async () => {
    await open(morning());
    await page.type(".filter-input", "NotAllowedError");
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    const told = await text(".export-count");
    expect(told).toMatch(
      /^10 calls from 3 pages and frames, \d+ kB, also the 9 calls that the filter hides$/,
    );
    const written = await page.$eval("dialog textarea", (area) => area.value);
    const { recording, problems } = parseRecording(written);
    expect(problems).toEqual([]);
    expect(recording?.redaction?.profile).toBe("pseudonymous");
    expect(recording?.calls).toHaveLength(10);
    expect(written).not.toContain("alice");
    expect(await text(".export-text > span")).toMatch(/^example\.com-\d{8}-\d{6}\.keyhole\.json$/);
    // Side by side, and as often as it says, without a click.
    for (let more = await page.$(".masked-values .link"); more; more = await page.$(".masked-values .link"))
      await more.click();
    const rows = await page.$$eval(".masked-values tbody tr", (found) =>
      found.map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
    );
    const kinds = rows.filter((row) => row.length === 2);
    const values = rows.length - kinds.length;
    const places = kinds.reduce((sum, row) => sum + Number(row[1]), 0);
    expect(await text(".masked-values summary")).toBe(`Masks ${values} values in ${places} places`);
    const at = rows.findIndex((row) => row[0] === "alice@example.com");
    const kind = rows
      .slice(0, at)
      .reverse()
      .find((row) => row.length === 2)!;
    expect(kind[0]).toMatch(/^user name/);
    const [seen, now, times] = rows[at]!;
    expect(seen).not.toBe(now);
    expect(written.split(JSON.stringify(now)).length - 1).toBe(Number(times || kind[1]));
  });

  test("is written unmasked for whoever wants that, and says so", async () => {
    await open(morning());
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    await page.click("input[name=mask]");
    await page.waitForFunction(() => !document.querySelector(".masked-values"));
    await page.waitForSelector("dialog textarea");
    expect(await text(".export-contents")).toMatch(/Not masked: .*user names.*Never in it: PRF results/s);
    const { recording } = parseRecording(await page.$eval("dialog textarea", (area) => area.value));
    expect(recording?.calls).toEqual(morning().calls);
    expect(recording?.realms).toEqual(morning().realms);
  });

  test("is written without hosts, not even in its name", async () => {
    await open(morning());
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    await page.click("input[name=mask-hosts]");
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>("dialog textarea")?.value.includes('"minimal"') === true,
    );
    expect(await page.$eval("dialog textarea", (area) => area.value)).not.toContain("example");
    expect(await text(".export-text > span")).not.toContain("example");
  });

  test("is masked again after a visit only if the settings say so", async () => {
    await open(morning());
    await page.click("button[aria-label=Settings]");
    await page.waitForSelector("dialog .settings");
    await page.evaluate(() => {
      const labels = [...document.querySelectorAll<HTMLElement>(".settings label")];
      labels.find((label) => label.textContent?.startsWith("Mask exports"))!.click();
    });
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { hidden: true });
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    expect(await page.$eval("input[name=mask]", (box) => (box as HTMLInputElement).checked)).toBe(false);
  });

  test("is downloaded under its name", async () => {
    await open(morning());
    await page.evaluate(() => {
      HTMLAnchorElement.prototype.click = function () {
        window.downloaded = {
          name: this.download,
          text: fetch(this.href).then((response) => response.text()),
        };
      };
    });
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    await page.click("dialog .primary");
    const name = await text(".export-text > span");
    const written = await page.$eval("dialog textarea", (area) => area.value);
    expect(await page.evaluate(() => window.downloaded.name)).toBe(name);
    expect(await page.evaluate(() => window.downloaded.text)).toBe(written);
  });

  test.each([
    ["report", /\.md$/, /^# Keyhole report[\s\S]*es256-missing[\s\S]*On other versions of iOS/],
    ["webauthn-json", /\.webauthn\.json$/, /^\[[\s\S]*"clientDataJSON"/],
    ["javascript", /\.js$/, /await navigator\.credentials\.create\(/],
  ])("becomes a %s", async (id, name, content) => {
    await open(morning());
    await page.click("button[aria-label=Export]");
    await page.waitForSelector("dialog textarea");
    await page.click(`input[name=form][value=${id}]`);
    await page.waitForFunction(
      (pattern) =>
        new RegExp(pattern).test(document.querySelector<HTMLTextAreaElement>("dialog textarea")?.value ?? ""),
      {},
      content.source,
    );
    expect(await text(".export-text > span")).toMatch(name);
    expect(await page.$eval("dialog textarea", (area) => area.value)).not.toContain("alice");
  });
});

describe("what a hostile page wrote", () => {
  test("is text and nothing else, in every area", async () => {
    await open(hostile());
    for (const id of ["call-0", "call-1", "call-2"]) {
      for (const tab of ["summary", "request", "response", "environment"]) {
        await openCall(id, tab);
        await page.waitForSelector(`[data-call="${id}"][aria-selected=true]`);
        expect(await exists(".keyhole :is(img, iframe, object, embed, script, form)")).toBe(false);
        const addresses = await page.$$eval(".keyhole :is([href], [src])", (found) =>
          found.map((element) => element.getAttribute("href") ?? element.getAttribute("src")),
        );
        for (const address of addresses) expect(address).toMatch(/^https:\/\//);
      }
    }
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  });

  test("is cut where it is long, and the rest is one click away", async () => {
    await open(hostile());
    await openCall("call-0", "request");
    const line = '[data-pointer="/arguments/0/publicKey/user/name"] .value-string';
    expect((await text(line)).length).toBeLessThan(400);
    await page.click(`${line} button`);
    await page.waitForFunction(
      (s) => document.querySelector<HTMLElement>(s)!.innerText.length > 20_000,
      {},
      line,
    );
  });

  test("can't turn the text around it", async () => {
    await open(hostile());
    await openCall("call-0", "request");
    expect(await text('[data-pointer="/arguments/0/publicKey/user/displayName"]')).toContain("\\u{202e}<img");
  });
});

describe("appearance", () => {
  test.each([1200, 700, 350])("at %d px nothing is wider than the panel, in any area", async (width) => {
    for (const recording of [morning(), hostile()]) {
      await open(recording, { width });
      for (const tab of [undefined, "summary", "request", "response", "environment"]) {
        if (tab) await openCall("call-0", tab);
        const overflow = await page.evaluate(() =>
          [
            document.documentElement,
            ...document.querySelectorAll(".keyhole, .toolbar, .status, .list, .detail, .tab-panel"),
          ]
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map((element) => element.className || element.tagName),
        );
        expect(overflow).toEqual([]);
      }
      await page.close();
    }
  });

  test("at 350 px every control of the toolbar is inside the panel, and named", async () => {
    await open(morning(), { width: 350 });
    const controls = await page.$$eval(".toolbar :is(button, input, select)", (found) =>
      found
        .filter((control) => control.checkVisibility())
        .map((control) => {
          const { left, right, width } = control.getBoundingClientRect();
          const name = control.getAttribute("aria-label") ?? (control as HTMLElement).innerText;
          return { name, isInside: left >= 0 && right <= 350 && width > 10 };
        }),
    );
    expect(controls.length).toBeGreaterThanOrEqual(12);
    for (const control of controls)
      expect(control).toMatchObject({ isInside: true, name: expect.stringMatching(/\S/) });
  });

  test("the selected tab of the details is in view at 350 px, chosen there or narrowed to", async () => {
    /** whole px by which it stands out of the strip, on either side */
    const outside = () =>
      page.$eval(".tabs", (strip) => {
        const visible = strip.getBoundingClientRect();
        const tab = strip.querySelector("[aria-selected=true]")!.getBoundingClientRect();
        return Math.floor(Math.max(visible.left - tab.left, tab.right - visible.right, 0));
      });
    const selected = () => page.$eval(".tabs [aria-selected=true]", (tab) => tab.getAttribute("data-tab"));
    await open(morning(), { width: 350 });
    await openCall("call-2");
    await page.focus("[data-tab=summary]");
    const overflow = await page.$eval(".tabs", (strip) => strip.scrollWidth - strip.clientWidth);
    expect(overflow).toBeGreaterThan(0);
    await page.keyboard.press("End");
    expect(await selected()).toBe("compare");
    await vi.waitFor(async () => expect(await outside()).toBe(0));
    await page.keyboard.press("Home");
    await vi.waitFor(async () => expect(await outside()).toBe(0));

    await page.setViewport({ width: 1200, height: 720 });
    await page.click("[data-tab=environment]");
    await page.setViewport({ width: 350, height: 720 });
    expect(await selected()).toBe("environment");
    await vi.waitFor(async () => expect(await outside()).toBe(0));
  });

  test("follows the system's theme, unless DevTools or a person chose one", async () => {
    const background = () => page.$eval(".keyhole", (root) => getComputedStyle(root).backgroundColor);
    await open(morning(), { theme: "dark" });
    const dark = await background();
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    const light = await background();
    expect(light).not.toBe(dark);
    await page.evaluate((recording) => window.gallery.mountLive(recording, { theme: "dark" }), morning());
    expect(await background()).toBe(dark);
    await page.click("button[aria-label=Settings]");
    await page.select("dialog select", "light");
    expect(await background()).toBe(light);
  });

  test("the splitter moves by keyboard and by pointer, and remembers", async () => {
    await open(morning());
    await openCall("call-2");
    const width = () => page.$eval(".list-area", (area) => area.getBoundingClientRect().width);
    const before = await width();
    await page.focus("[role=separator]");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (w) => document.querySelector(".list-area")!.getBoundingClientRect().width > w,
      {},
      before,
    );
    await page.mouse.move((await width()) + 1, 400);
    await page.mouse.down();
    await page.mouse.move(360, 400);
    await page.mouse.up();
    expect(Math.abs((await width()) - 360)).toBeLessThan(3);
    expect(await page.evaluate(() => window.gallery.settings["panel.splitColumns"])).toBeCloseTo(0.3, 2);
    await page.evaluate((recording) => window.gallery.mountLive(recording), morning());
    await openCall("call-2");
    await page.waitForFunction(
      () => Math.abs(document.querySelector(".list-area")!.getBoundingClientRect().width - 360) < 3,
    );
  });
});

test("with nothing recorded the panel says what to do, and whether the hook is in place", async () => {
  page = await panel.open(empty());
  expect(await text(".empty h2")).toBe("No passkey calls yet");
  expect(await text(".status")).toContain("Hooked before the page's first script");
  await page.evaluate(() => window.gallery.sink.status("lost", "Not a secure page"));
  await page.waitForFunction(() =>
    document.querySelector(".empty h2")?.textContent?.includes("Not a secure page"),
  );
  expect(await text(".status")).not.toContain("Not a secure page");
  await page.evaluate(() => window.gallery.sink.switches?.({ recording: false, preserveLog: true }));
  await page.waitForFunction(() => document.querySelector(".empty h2")?.textContent?.includes("paused"));
  expect(await text(".status")).not.toContain("paused");
  expect(await text(".empty ol")).toContain("Register a passkey");
  await page.click(".empty button");
  await page.waitForSelector("dialog[open]");
});

test("taken down, it leaves the page as it was and listens no more", async () => {
  await open(morning());
  await page.evaluate(() => window.gallery.unmount());
  expect(await page.$eval("#root", (root) => root.outerHTML.replace(' class=""', ""))).toBe(
    '<div id="root"></div>',
  );
  await paste(serializeRecording(morning()));
  expect(await exists(".keyhole")).toBe(false);
});

declare global {
  interface Window {
    downloaded: { name: string; text: Promise<string> };
  }
}
