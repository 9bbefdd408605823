import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { analyze, RULES } from "../../../src/index.js";
import { get, recordingOf } from "../../support/recordings.js";
import { type PageOptions, type PanelBrowser, startPanelBrowser } from "../panelPage.js";
import { morning } from "../sampleRecordings.js";

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

const RULE = "es256-missing";
const CARD = `[data-rule="${RULE}"]`;
const SWITCH_OFF = `[aria-label="Switch off rule ${RULE}"]`;

/** The Summary of the call that lacks ES256, judged. */
async function open(options?: PageOptions): Promise<void> {
  page = await panel.open(morning(), options);
  await page.waitForSelector(".list .count");
  await page.click("[data-call=call-3]");
  await page.waitForSelector(CARD);
}
const text = (selector: string) => page.$eval(selector, (found) => (found as HTMLElement).innerText.trim());
const texts = (selector: string) =>
  page.$$eval(selector, (found) => found.map((element) => (element as HTMLElement).innerText.trim()));
const gone = (selector: string) => page.waitForFunction((s) => !document.querySelector(s), {}, selector);
const says = (selector: string, words: string) =>
  page.waitForFunction((s, w) => document.querySelector(s)?.textContent?.includes(w), {}, selector, words);
const countOf = async (ruleId: string) =>
  (await analyze(morning())).findings.filter((finding) => finding.ruleId === ruleId).length;

describe("findings", () => {
  test("are grouped by severity, the gravest first, each group with its number", async () => {
    await open();
    const groups = await page.$$eval(".finding-group", (found) =>
      found.map((group) => ({
        head: group.querySelector("h4")!.textContent,
        severities: [...group.querySelectorAll(".finding")].map((card) => card.className.split(" ")[1]),
      })),
    );
    const { findings } = await analyze(morning());
    const expected = (["error", "warning", "info"] as const).flatMap((severity) => {
      const amount = findings.filter(
        (found) => found.callId === "call-3" && found.severity === severity,
      ).length;
      const noun = { error: "error", warning: "warning", info: "note" }[severity];
      return amount === 0
        ? []
        : [
            {
              head: `${amount} ${noun}${amount === 1 ? "" : "s"}`,
              severities: new Array(amount).fill(severity),
            },
          ];
    });
    expect(expected.length).toBeGreaterThan(1);
    expect(groups).toEqual(expected);
  });

  test("of the whole log are counted by severity in the toolbar", async () => {
    await open();
    const { findings } = await analyze(morning());
    for (const severity of ["error", "warning", "info"] as const) {
      const amount = findings.filter((finding) => finding.severity === severity).length;
      expect(amount).toBeGreaterThan(0);
      expect(await text(`.toolbar .count.${severity} span[aria-hidden]`)).toBe(`${amount}`);
    }
  });

  test("are copied as Markdown one by one", async () => {
    await open();
    await panel.browser
      .defaultBrowserContext()
      .overridePermissions(page.url(), ["clipboard-read", "clipboard-write"]);
    await page.click(`${CARD} header button`);
    await page.waitForSelector(".toast");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const finding = (await analyze(morning())).findings.find(
      ({ ruleId, callId }) => ruleId === RULE && callId === "call-3",
    )!;
    expect(copied).toContain(finding.title);
    expect(copied).toContain(finding.fix);
    expect(copied).toContain(RULE);
    expect(copied).not.toContain("<");
  });
});

describe("the entry of a rule", () => {
  test("opens from its finding without the network, and gives the focus back", async () => {
    await open();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.click(`${CARD} .rule-link`);
    await page.waitForSelector("dialog[open] .rule-entry");
    const rule = RULES.find(({ id }) => id === RULE)!;
    const told = (await text("dialog[open]")).replace(/\s+/g, " ");
    for (const sentence of [rule.title, rule.experience, rule.fix])
      expect(told).toContain(sentence.replaceAll("`", ""));
    expect(told).toContain("credentials.create");
    expect(await texts("dialog[open] dt")).toEqual(
      expect.arrayContaining(["Severity, as a rule", "iOS", "How we know"]),
    );
    const links = await page.$$eval("dialog[open] a", (found) => found.map(({ href }) => href));
    expect(links).toEqual(rule.references.map(({ url }) => new URL(url).href));
    await page.keyboard.press("Escape");
    await gone("dialog[open]");
    expect(await page.evaluate((s) => document.activeElement?.matches(s), `${CARD} .rule-link`)).toBe(true);
    expect(asked).toEqual([]);
  });

  test("tells severity by version", async () => {
    page = await panel.open(recordingOf([get({ timeout: 5 }).rejects("NotAllowedError", { after: 5 })]));
    await page.click("[aria-label=Settings]");
    await page.waitForSelector('[data-rule-switch="timeout-not-honoured"] .rule-link');
    await page.click('[data-rule-switch="timeout-not-honoured"] .rule-link');
    await says("dialog[open]", "Warning (up to iOS 17.3), otherwise Note (all versions)");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open] .rule-switches");
  });

  test("leads back to the settings as they were: the same search, the focus on the rule", async () => {
    await open();
    await page.click("[aria-label=Settings]");
    await page.waitForSelector(".rule-switches input[type=search]");
    await page.type(".rule-switches input[type=search]", "es256");
    const amount = RULES.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes("es256")).length;
    const shown = () => page.$$eval(".rule-switches li", (rows) => rows.length);
    expect(await shown()).toBe(amount);
    await page.click(`[data-rule-switch="${RULE}"] .rule-link`);
    await page.waitForSelector("dialog[open] .rule-entry");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open] .rule-switches");
    expect(
      await page.$eval(".rule-switches input[type=search]", (input) => (input as HTMLInputElement).value),
    ).toBe("es256");
    expect(await shown()).toBe(amount);
    expect(
      await page.evaluate(() =>
        document.activeElement?.closest("[data-rule-switch]")?.getAttribute("data-rule-switch"),
      ),
    ).toBe(RULE);
  });
});

describe("a rule that is switched off", () => {
  test("hides its findings everywhere, says how many, and is remembered", async () => {
    await open();
    await page.click("[data-tab=request]");
    await says(".finding-mark", "Error");
    await page.click("[data-tab=summary]");
    const before = await text("[data-call=call-3] .counts");
    const amount = await countOf(RULE);
    await page.click(SWITCH_OFF);
    await gone(CARD);
    const hidden = `${amount} finding${amount === 1 ? "" : "s"} hidden by 1 switched-off rule`;
    expect(await text(".hidden-findings summary")).toBe("1 finding hidden by 1 switched-off rule");
    expect(await text(".status .hidden-count")).toBe(hidden);
    expect(await text("[data-call=call-3] .count.hidden span[aria-hidden]")).toBe("1");
    expect(await text("[data-call=call-3] .counts")).not.toBe(before);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
    expect(await page.evaluate(() => window.gallery.settings["panel.switchedOffRules"])).toEqual([RULE]);

    await page.evaluate((recording) => window.gallery.mountLive(recording), morning());
    await says(".status .hidden-count", hidden);
    await page.click("[data-call=call-3]");
    await page.waitForSelector(".hidden-findings");
    expect(await page.$(CARD)).toBeNull();
  });

  test("has no say in the forecast", async () => {
    await open();
    await page.waitForSelector(".forecast :is(.fails, .differs)");
    const rules = new Set(
      (await analyze(morning())).findings
        .filter(({ callId }) => callId === "call-4")
        .map(({ ruleId }) => ruleId),
    );
    await page.click("[data-call=call-4]");
    await page.waitForSelector(".forecast .differs");
    expect(rules).toContain("allow-internal-only-hides-qr");
    const told = () => page.$eval(".forecast button:last-child", (cell) => cell.title);
    const hidesQr = "may come from another device";
    expect(await told()).toContain(hidesQr);
    await page.click('[aria-label="Switch off rule allow-internal-only-hides-qr"]');
    await gone('[data-rule="allow-internal-only-hides-qr"]');
    expect(await told()).not.toContain(hidesQr);
  });

  test("is switched on again where its findings are hidden, which shows them", async () => {
    await open();
    await page.click(SWITCH_OFF);
    await page.waitForSelector(".hidden-findings summary");
    await page.keyboard.press("Enter");
    await page.click(`[aria-label="Switch on rule ${RULE}"]`);
    await page.waitForSelector(`${CARD}.marked`);
    expect(await page.$(".hidden-count")).toBeNull();
    expect(await page.evaluate(() => window.gallery.settings["panel.switchedOffRules"])).toEqual([]);
  });

  test("stands first in the settings, where every rule has its switch", async () => {
    await open();
    await page.click(SWITCH_OFF);
    await page.waitForSelector(".status .hidden-count");
    await page.click(".status .hidden-count");
    await page.waitForSelector(".rule-switches");
    expect(await page.$$eval(".rule-switches li", (rows) => rows.length)).toBe(RULES.length);
    expect(await page.$eval(".rule-switches li", (row) => row.getAttribute("data-rule-switch"))).toBe(RULE);
    expect(await text(".rule-switches legend")).toContain(`${RULES.length - 1} of ${RULES.length} are on`);
    await page.click(".rule-switches li:first-child input");
    await says(".rule-switches legend", `${RULES.length} of ${RULES.length} are on`);
    await page.waitForSelector(CARD);
    await page.type(".rule-switches input[type=search]", "QR code");
    const found = RULES.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes("qr code"));
    await page.waitForFunction(
      (amount) => document.querySelectorAll(".rule-switches li").length === amount,
      {},
      Math.max(1, found.length),
    );
  });

  test("is not in the report, which says so", async () => {
    await open();
    await page.click(SWITCH_OFF);
    await gone(CARD);
    await page.click("button[aria-label=Export]");
    await page.click(".choices label:nth-of-type(2)");
    await says(".export-count", "hidden by 1 switched-off rule");
    const report = await page.$eval("dialog textarea", (area) => area.value);
    expect(report).toContain("# Keyhole report");
    const title = RULES.find(({ id }) => id === RULE)!.title.replaceAll("`", "");
    expect(report).toContain(`of switched-off rules (\`${RULE}\`)`);
    expect(report).not.toContain(title);
  });
});
