import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { diagnose, type Listing } from "../../src/index.js";
import { get, recordingOf } from "../support/recordings.js";
import type { Messages } from "../support/speaking.js";
import { type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { empty, morning } from "./sampleRecordings.js";

vi.setConfig({ testTimeout: 60_000 });

const messagesIn = (language: string): Messages =>
  JSON.parse(
    readFileSync(new URL(`../../panel/_locales/${language}/messages.json`, import.meta.url), "utf8"),
  );
const ENGLISH = messagesIn("en");

/** A language that needs half as much room again as English, as German and Finnish do at times. */
const LONG: Messages = Object.fromEntries(
  Object.entries(ENGLISH).map(([name, { message, placeholders }]) => {
    const extra = "ååå".repeat(Math.ceil(message.length / 6)).replace(/(.{7})/g, "$1 ");
    return [name, { message: name === "language" ? message : `${message} ${extra}`.trim(), placeholders }];
  }),
);

/** How to get to each area; `label` gives a message as it is said there. */
const AREAS: [name: string, show?: (page: Page, label: (name: string) => string) => Promise<unknown>][] = [
  ["list"],
  ["empty"],
  ["summary", (page) => openCall(page, "call-4")],
  ["aborted", (page) => openCall(page, "call-7")],
  ["request", (page) => openCall(page, "call-3", "request")],
  ["response", (page) => openCall(page, "call-8", "response")],
  ["bytes", (page) => openCall(page, "call-3", "bytes")],
  ["verify", (page) => openCall(page, "call-6", "verify")],
  ["environment", (page) => openCall(page, "call-7", "environment")],
  ["compare", (page) => openCall(page, "call-3", "compare")],
  ["rule", (page) => openCall(page, "call-3").then(() => page.click(".rule-link"))],
  ["credentials", (page, label) => page.click(`button[aria-label="${label("toolbar_credentials")}"]`)],
  ["export", (page, label) => page.click(`button[aria-label="${label("toolbar_export")}"]`)],
  ["import", (page, label) => page.click(`button[aria-label="${label("toolbar_import")}"]`)],
  ["settings", (page, label) => page.click(`button[aria-label="${label("settings")}"]`)],
  ["picker", (page) => openPicker(page)],
  ["picker-nothing", (page) => openPicker(page, NOTHING_THERE)],
  ["page-lost", (page) => losePage(page)],
];

/** Devices with one thing each that is wrong. */
const DEVICES: Listing = {
  devices: [
    {
      id: "1",
      name: "Alice’s iPhone",
      osVersion: "26.1",
      pages: [
        {
          title: "Sign in",
          url: "https://example.com/login",
          socketUrl: "ws://localhost:9222/devtools/page/1",
          protocol: "webkit",
          device: "Alice’s iPhone",
          isTaken: false,
        },
      ],
    },
    ...[
      diagnose.noPage("Bob’s iPhone"),
      diagnose.deviceSilent("iPad"),
      diagnose.tooOld("iPod", "12.5.7"),
    ].map((problem) => ({ id: problem.code, name: `${problem.values!.device}`, pages: [], problem })),
  ],
};
const NOTHING_THERE: Listing = {
  devices: [],
  problem: diagnose.nothingThere({ host: "localhost", port: 9222 }),
};

const FOLDER = fileURLToPath(new URL("../../test-results/panel", import.meta.url));
let panel: PanelBrowser;

beforeAll(async () => {
  panel = await startPanelBrowser();
  mkdirSync(FOLDER, { recursive: true });
}, 60_000);
afterAll(async () => {
  await panel?.close();
});

describe.each([
  ["ja", messagesIn("ja")],
  ["long", LONG],
])("in %s", (language, messages) => {
  test.each(AREAS)("%s has room for its words, wide or narrow", async (name, show) => {
    const page = await panel.open(name === "empty" ? empty() : morning(), { messages });
    try {
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(messages.language!.message);
      if (name !== "empty") await page.waitForSelector(".list .count");
      await show?.(page, (message) => messages[message]!.message);
      for (const width of [1200, 350]) {
        await page.setViewport({ width, height: width === 350 ? 640 : 720 });
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        await page.screenshot({ path: `${FOLDER}/${name}-${width}-${language}.png` });
        expect(await page.evaluate(withoutRoom), `${width} pixels`).toEqual([]);
      }
    } finally {
      await page.close();
    }
  });
});

describe("what the engine says, in Japanese", () => {
  const messages = messagesIn("ja");
  /** As it is shown: with its value, and code without backticks. */
  const shown = (name: string, value = "") =>
    messages[name]!.message.replace(/\$\w+\$/g, value).replaceAll("`", "");

  test("a finding, of a special case with a value; what could not be told; the forecast", async () => {
    const call = get({ rpId: "https://example.com" }).with({ environment: { hasFocus: false } });
    const page = await panel.open(recordingOf([call]), { messages });
    try {
      await openCall(page, "call-0");
      await page.waitForSelector(".forecast .fails");
      const card = await textOf(page, "[data-rule=rp-id-not-for-origin]");
      const rule = "engine_rule_rp_id_not_for_origin__";
      expect(card).toContain(shown(`${rule}case_no_domain__title`));
      expect(card).toContain(shown(`${rule}experience`));
      expect(card).toContain(shown(`${rule}case_no_domain__fix`, "example.com"));
      expect(await page.$eval(".forecast .fails", (cell) => (cell as HTMLElement).title)).toContain(
        shown(`${rule}case_no_domain__title`),
      );
      expect(await textOf(page, ".undecided")).toContain(
        shown("engine_rule_document_not_focused__reason_devtools"),
      );
      await page.click("[data-rule=rp-id-not-for-origin] .rule-link");
      await page.waitForSelector("dialog[open] .rule-cases");
      const entry = await textOf(page, "dialog[open]");
      expect(entry).toContain(shown(`${rule}case_no_domain__fix`, "{host}"));
      expect(entry).toContain(shown(`${rule}fix`));
    } finally {
      await page.close();
    }
  });

  test("a cause with its clues and next steps, and what is known of the failure", async () => {
    const call = get().rejects("NotAllowedError", { after: 4_020 });
    const page = await panel.open(recordingOf([call]), { messages });
    try {
      await openCall(page, "call-0");
      await page.waitForSelector(".cause");
      const cause = await textOf(page, ".cause");
      expect(cause).toContain(shown("engine_cause_declined__title"));
      expect(cause).toContain(shown("engine_clue_slow_enough", "4.0 秒"));
      expect(cause).toContain(shown("engine_cause_declined__next_1"));
      const lead = await textOf(page, ".lead");
      expect(lead).toContain(shown("engine_summary_rejected_after", "4.0 秒"));
      expect(lead).toContain(shown("engine_summary_ambiguous"));
      expect(lead).toContain(shown("engine_cause_declined__title"));
    } finally {
      await page.close();
    }
  });

  test.each([
    ["a sign-in that failed", "call-4"],
    ["one that was aborted", "call-7"],
    ["one that waits", "call-1"],
    ["a registration that replaced a passkey", "call-3"],
  ])("no English sentence in the summary of %s, but for evidence and sources", async (_, id) => {
    const page = await panel.open(morning(), { messages });
    try {
      await openCall(page, id);
      await page.waitForSelector(".forecast :is(.works, .fails, .differs)");
      expect(await page.evaluate(englishInTab)).toEqual([]);
    } finally {
      await page.close();
    }
  });

  test.each(["call-3", "call-8"])("no English sentence in what a server would check of %s", async (id) => {
    const page = await panel.open(morning(), { messages });
    try {
      await openCall(page, id, "verify");
      await page.waitForSelector(".verdicts li");
      expect(await page.evaluate(englishInTab)).toEqual([]);
      expect(await textOf(page, "[data-check=user-present]")).toContain(
        shown("engine_step_user_present").split(" (")[0],
      );
    } finally {
      await page.close();
    }
  });

  test("what is wrong with devices and pages, what helps, and how it stands", async () => {
    const page = await panel.open(empty(), { messages });
    try {
      const problem = "engine_problem_";
      await openPicker(page, NOTHING_THERE);
      const nothing = await textOf(page, ".picker-problem");
      expect(nothing).toContain(shown(`${problem}nothing_there__what`, "localhost:9222"));
      expect(nothing).toContain(shown(`${problem}nothing_there__remedy_3`, "9222"));
      await openPicker(page);
      const devices = await textOf(page, ".picker");
      expect(devices).toContain(shown(`${problem}no_page_on_device__what`, "Bob’s iPhone"));
      expect(devices).toContain(shown(`${problem}device_silent__remedy_2`));
      await losePage(page);
      expect(await textOf(page, ".page-bar")).toContain(shown(`${problem}silent_device__remedy_1`, "iPhone"));
      expect(await textOf(page, "main")).toContain(shown("engine_status_not_connected"));
    } finally {
      await page.close();
    }
  });
});

/** The viewer, with what can be chosen there. */
async function openPicker(page: Page, listing = DEVICES): Promise<void> {
  await page.evaluate((found) => window.gallery.mountPicker(found), listing);
  await page.waitForSelector(".picker-problem");
}

/** The viewer, with a page that was chosen and does not answer. */
async function losePage(page: Page): Promise<void> {
  const args = [DEVICES, diagnose.silent("iPhone")] as const;
  await page.evaluate((...of) => window.gallery.mountPicker(...of), ...args);
  await page.waitForSelector(".picker-page .button");
  await page.click(".picker-page .button");
  await page.waitForSelector(".page-bar .picker-problem");
}

/** Runs in the page: four English words in a row, in what the panel says in words of its own. */
function englishInTab(): string[] {
  const summary = document.querySelector("[role=tabpanel]")!.cloneNode(true) as HTMLElement;
  const quoted = summary.querySelectorAll("code, a, .evidence-value");
  for (const element of quoted) element.replaceWith("`");
  const titles = [...document.querySelectorAll<HTMLElement>(".forecast [title]")].map(({ title }) => title);
  const told = [summary.textContent ?? "", ...titles].join("\n").replace(/「[^」]*」/g, "");
  return told.match(/(?:\b[A-Za-z][a-z']*[ ,]+){3}[A-Za-z]\w*/g) ?? [];
}

const textOf = (page: Page, selector: string) =>
  page.$eval(selector, ({ textContent }) => (textContent ?? "").replace(/\s+/g, " "));

/** Runs in the page: what is wider than the window, and controls that cut their own words. */
function withoutRoom(): string[] {
  const isSeen = (element: Element) => element.getClientRects().length > 0;
  const controls = [
    ...document.querySelectorAll(".button, .chip, .tool, .link, [role=tab], dialog h2, dialog label > span"),
  ];
  const cut = controls
    .filter(
      (element) =>
        isSeen(element) && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1,
    )
    .map((element) => `cut: ${element.textContent}`);
  const overflow = document.documentElement.scrollWidth - innerWidth;
  return overflow > 0 ? [`${overflow} pixels too wide`, ...cut] : cut;
}

async function openCall(page: Page, id: string, tab?: string): Promise<void> {
  await page.click(`[data-call="${id}"]`);
  await page.waitForSelector("[role=tabpanel]");
  if (!tab) return;
  await page.waitForSelector(`[data-tab=${tab}]`);
  await page.click(`[data-tab=${tab}]`);
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${tab}]`);
}
