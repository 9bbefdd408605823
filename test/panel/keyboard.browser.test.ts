import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { EXPORT_FORMATS } from "../../src/index.js";
import { listenToAll, type PageOptions, type PanelBrowser, startPanelBrowser } from "./panelPage.js";
import { empty, morning } from "./sampleRecordings.js";

vi.setConfig({ testTimeout: 30_000 });

const FOLDER = fileURLToPath(new URL("../../test-results/panel", import.meta.url));

let panel: PanelBrowser;
let page: Page;

beforeAll(async () => {
  panel = await startPanelBrowser();
  mkdirSync(FOLDER, { recursive: true });
}, 60_000);
afterEach(async () => {
  if (!page?.isClosed()) await page?.close();
});
afterAll(async () => {
  await panel?.close();
});

async function open(options?: PageOptions): Promise<void> {
  page = await panel.open(morning(), options);
  await page.waitForSelector(".list .count");
}
const openCall = async (id: string, tab?: string) => {
  await page.click(`[data-call="${id}"]`);
  await page.waitForSelector(".detail");
  if (tab) await page.click(`[data-tab=${tab}]`);
};
/** What has the focus, by the first of its names that tells. */
const focused = () =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    if (!at || at === document.body) return "nothing";
    const { call, tab, pointer } = (at as HTMLElement).dataset;
    return call ?? tab ?? pointer ?? at.getAttribute("aria-label") ?? (at.id || at.textContent);
  });
const focusIs = (expected: string) => vi.waitFor(async () => expect(await focused()).toBe(expected));
const gone = (selector: string) => page.waitForFunction((s) => !document.querySelector(s), {}, selector);
const withKey = async (modifier: "Control" | "Meta", key: "f" | "k") => {
  await page.keyboard.down(modifier);
  await page.keyboard.press(key);
  await page.keyboard.up(modifier);
};

async function onAMac(): Promise<void> {
  const session = await page.createCDPSession();
  const userAgent = await page.evaluate(() => navigator.userAgent);
  await session.send("Emulation.setUserAgentOverride", { userAgent, platform: "MacIntel" });
  await page.waitForFunction(() => navigator.platform === "MacIntel");
}

/** What the accessibility tree has of what is being said. */
async function statuses(): Promise<string[]> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const textOf = ({ role, name, childIds = [] }: (typeof nodes)[number]): string =>
    role?.value === "StaticText" ? name?.value : childIds.map((id) => textOf(byId.get(id)!)).join("");
  return nodes.filter(({ ignored, role }) => !ignored && role?.value === "status").map(textOf);
}

async function forceColours(): Promise<void> {
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", {
    features: [{ name: "forced-colors", value: "active" }],
  });
}

/** Whatever is pressed or selected has the system's colours for that, words in it too, and nothing else has; the kinds named are there. */
async function everyChosenIsHighlighted(kinds: string[]): Promise<void> {
  const found = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.cssText = "forced-color-adjust: none; background: Highlight; color: HighlightText";
    const { backgroundColor: highlight, color: highlightText } = getComputedStyle(probe);
    probe.remove();
    const looksChosen = (element: Element) => {
      const { backgroundColor, color } = getComputedStyle(element);
      return (
        (backgroundColor === highlight && color === highlightText) ||
        (backgroundColor === highlightText && color === highlight)
      );
    };
    const isReadable = (control: Element) =>
      [...control.querySelectorAll("*")].every(
        (part) =>
          part.closest("[aria-pressed]") !== control.closest("[aria-pressed]") ||
          getComputedStyle(part).color === getComputedStyle(control).color,
      );
    return [...document.querySelectorAll<HTMLElement>("[aria-pressed], [aria-selected]")]
      .filter((element) => element.checkVisibility() && element.role !== "treeitem")
      .map((element) => ({
        html: element.outerHTML.slice(0, 120),
        isChosen: element.ariaPressed === "true" || element.ariaSelected === "true",
        looksChosen: looksChosen(element),
        isReadable: !looksChosen(element) || isReadable(element),
      }));
  });
  for (const each of found)
    expect(each, each.html).toMatchObject({ looksChosen: each.isChosen, isReadable: true });
  for (const kind of kinds)
    expect(await page.$(`${kind}:is([aria-pressed=true], [aria-selected=true])`), kind).not.toBeNull();
}

describe("the keyboard", () => {
  test("Ctrl F goes to the filter from anywhere; Escape empties it, and then closes the details", async () => {
    await open();
    await openCall("call-2");
    await withKey("Control", "f");
    await focusIs("Filter");
    await page.keyboard.type("AbortError");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 1);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelectorAll(".list-row").length === 10);
    expect(await page.$(".detail")).not.toBeNull();
    await page.keyboard.press("Escape");
    await gone(".detail");
    await focusIs("call-2");
  });

  test("Ctrl K clears, and the next Tab starts at what there is to do", async () => {
    await open();
    await openCall("call-2");
    await withKey("Control", "k");
    await page.waitForSelector(".empty");
    await focusIs("open a recording");
  });

  test.each(["Control", "Meta"] as const)("%s K clears nothing while a text is typed", async (modifier) => {
    await open();
    if (modifier === "Meta") await onAMac();
    await page.type(".filter-input", "a");
    await withKey(modifier, "k");
    await page.focus(".toolbar .chip");
    expect(await page.evaluate(() => window.gallery.asked)).toEqual([]);
    await withKey(modifier, "k");
    await page.waitForSelector(".empty");
    expect(await page.evaluate(() => window.gallery.asked)).toEqual(["clear"]);
  });

  test("on a Mac Cmd does that, and Ctrl F and Ctrl K are left to the editing of text; elsewhere Ctrl alone does", async () => {
    await open();
    await page.focus(".toolbar .chip");
    await withKey("Meta", "k");
    await withKey("Meta", "f");
    await focusIs("All");
    await onAMac();
    await withKey("Control", "k");
    await withKey("Control", "f");
    await focusIs("All");
    expect(await page.evaluate(() => window.gallery.asked)).toEqual([]);
    await withKey("Meta", "f");
    await focusIs("Filter");
    await page.focus(".toolbar .chip");
    await withKey("Meta", "k");
    await page.waitForSelector(".empty");
  });

  test("tabs are walked by arrows, Home and End, round and round; one press of Tab goes on", async () => {
    await open();
    await openCall("call-2");
    await page.focus("[data-tab=summary]");
    await page.keyboard.press("ArrowRight");
    await focusIs("request");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await focusIs("compare");
    await page.keyboard.press("Home");
    await focusIs("summary");
    await page.keyboard.press("Tab");
    await focusIs("Copy this call as");
  });

  test("tabs that have no room are a menu away", async () => {
    await open({ width: 350 });
    await openCall("call-2");
    await page.waitForSelector(".all-tabs");
    await page.focus(".all-tabs");
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await focusIs("compare");
    await gone("[role=menu]");
    await page.setViewport({ width: 1600, height: 720 });
    await gone(".all-tabs");
  });

  test("a tree is one stop of Tab; Right opens and goes in, Left goes out and closes, letters do nothing", async () => {
    await open();
    await openCall("call-2", "request");
    const rp = "/arguments/0/publicKey/rp";
    expect(await page.$$eval("[role=treeitem][tabindex='0']", (found) => found.length)).toBe(1);
    await page.focus(`[data-pointer="${rp}"]`);
    const before = await page.$eval(".tree", (tree) => tree.textContent);
    await page.keyboard.type("xyz");
    await focusIs(rp);
    expect(await page.$eval(".tree", (tree) => tree.textContent)).toBe(before);
    await page.keyboard.press("ArrowRight");
    const inside = (await focused())!;
    expect(inside.startsWith(`${rp}/`)).toBe(true);
    await page.keyboard.press("ArrowLeft");
    await focusIs(rp);
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector(`[data-pointer="${rp}"][aria-expanded=false]`);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`[data-pointer="${rp}"][aria-expanded=true]`);
    await page.keyboard.press("Home");
    const first = await page.$eval("[role=treeitem]", (line) => line.getAttribute("data-pointer"));
    await focusIs(first!);
  });

  test.each(["Credentials", "Import", "Export", "Settings"])(
    "%s is opened and closed by key, and the focus is back where it was",
    async (name) => {
      await open();
      await page.focus(`button[aria-label=${name}]`);
      await page.keyboard.press("Enter");
      await page.waitForSelector("dialog[open]");
      expect(await page.evaluate(() => document.activeElement?.closest("dialog[open]") !== null)).toBe(true);
      await page.keyboard.press("Escape");
      await gone("dialog[open]");
      await focusIs(name);
    },
  );

  test("whatever goes with the focus on it hands it on", async () => {
    await open();
    await openCall("call-4");
    await page.focus(".detail-head button[aria-label='Close details']");
    await page.keyboard.press("Enter");
    await gone(".detail");
    await focusIs("call-4");

    await openCall("call-4");
    await page.focus(".clues .link:not(.place)");
    await page.keyboard.press("Enter");
    await focusIs("tab-panel");

    await page.type(".filter-input", "matches nothing");
    await page.waitForSelector(".no-match .link");
    await page.focus(".no-match .link");
    await page.keyboard.press("Enter");
    await gone(".no-match");
    await vi.waitFor(async () => expect(await focused()).toMatch(/^call-/));
  });

  test("nor is it lost with the empty state that leads to the demo", async () => {
    page = await panel.open(empty());
    await page.waitForSelector(".empty");
    await page.focus(".empty p:last-child .link:last-child");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".list-row");
    await vi.waitFor(async () => expect(await focused()).not.toBe("nothing"));
  });

  test("Tab goes through all that there is and around, with a name and a visible focus at each stop", async () => {
    await open();
    await openCall("call-2");
    // What the pointer focuses shows no ring: the first stop is the one after it.
    await page.focus(".toolbar button");
    await page.keyboard.press("Tab");
    const stops: string[] = [];
    for (let stop = 0; stop < 80; stop++) {
      const at = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        if (element === document.body) return undefined;
        const isDrawn = (each: Element | null) =>
          each !== null && getComputedStyle(each).outlineStyle !== "none" && each.checkVisibility();
        return {
          name:
            element.ariaLabel ||
            element.innerText ||
            (element as HTMLInputElement).labels?.[0]?.innerText ||
            element.id,
          html: element.outerHTML.slice(0, 90),
          isSeen: isDrawn(element) || isDrawn(element.closest(".filter")),
        };
      });
      if (!at) break;
      expect(at, at.html).toMatchObject({ isSeen: true, name: expect.stringMatching(/\S/) });
      stops.push(at.html);
      await page.keyboard.press("Tab");
    }
    expect(stops.length).toBeGreaterThan(20);
    expect(new Set(stops).size).toBeGreaterThan(stops.length - 6);
    expect(stops.length).toBeLessThan(80);
  });
});

const REPORT = EXPORT_FORMATS.find(({ id }) => id === "report")!;

/** What the panel says to a screen reader and shows, by what is done to it in a dialog. */
const IN_DIALOGS: readonly [string, string, string][] = [
  ["Credentials", ".life-id button", "Copied"],
  ["Export", ".export-result .dialog-foot button", "Copied"],
  ["Bootstrap Script", ".dialog-foot .primary", "Copied"],
  ["Settings", ".rule-switches li input", "is switched off"],
];

describe("what happened is said", () => {
  test.each(IN_DIALOGS)("in %s, too, and stands before it if it is shown", async (name, control, words) => {
    await open();
    await panel.browser.defaultBrowserContext().overridePermissions(page.url(), ["clipboard-write"]);
    await page.evaluate(
      (recording) => window.gallery.mountLive(recording, { bootstrapScript: () => "// the hook" }),
      morning(),
    );
    await page.click(`button[aria-label="${name}"]`);
    await page.waitForSelector("dialog[open]");
    await page.waitForSelector(`dialog ${control}`);
    await page.focus(`dialog ${control}`);
    await page.keyboard.press("Space");
    await vi.waitFor(async () => expect(await statuses()).toEqual([expect.stringContaining(words)]));
    if (words !== "Copied") return;
    expect(
      await page.$eval("div.toast", (toast) => {
        const { left, top, width, height } = toast.getBoundingClientRect();
        // So that it can be hit at all.
        toast.style.pointerEvents = "auto";
        return document.elementFromPoint(left + width / 2, top + height / 2) === toast;
      }),
    ).toBe(true);
  });

  test("of an export its form and its amounts alone, each time it is written", async () => {
    await open();
    const said = await listenToAll(page);
    await page.click("button[aria-label=Export]");
    await vi.waitFor(async () => expect(await said()).toHaveLength(1));
    await page.click("dialog input[name=form][value=report]");
    await vi.waitFor(async () => expect(await said()).toHaveLength(2));
    for (const sentence of await said()) expect(sentence).toMatch(/^[\w ]+: 10 calls from .{1,60}$/);
    expect((await said())[1]).toMatch(new RegExp(`^${REPORT.name}: `));
  });
});

describe("for eyes that need it", () => {
  test("forced colours tell what is selected, pressed and focused", async () => {
    await open();
    await forceColours();
    await openCall("call-4");
    await page.click('[data-call="call-4"] .row-mark');
    await page.click(".forecast button");
    await everyChosenIsHighlighted([
      ".list-row",
      ".row-mark",
      "[role=tab]",
      ".toolbar .chip",
      ".record",
      ".forecast button",
    ]);
    await page.focus("[role=tab][aria-selected=true]");
    await page.keyboard.press("ArrowRight");
    expect(await page.$eval("[role=tab]:focus", (tab) => getComputedStyle(tab).outlineStyle)).toBe("solid");
    await page.screenshot({ path: `${FOLDER}/forced-colours-1200.png` });
    await openCall("call-2", "bytes");
    await page.click(".byte-field");
    await everyChosenIsHighlighted([".byte-buffers button", ".byte-field"]);
    await page.screenshot({ path: `${FOLDER}/forced-colours-bytes.png` });
    await page.click("[data-tab=compare]");
    await everyChosenIsHighlighted(["[role=tab]"]);
  });

  test("forced colours tell at which address devices are sought", async () => {
    await open();
    await forceColours();
    await page.evaluate(() => window.gallery.mountPicker({ devices: [] }));
    await page.waitForSelector(".picker-known .chip");
    await page.click(".picker-known .chip");
    await everyChosenIsHighlighted([".picker-known .chip"]);
  });

  test("with less motion nothing moves", async () => {
    await open();
    await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await openCall("call-3", "request");
    await page.waitForSelector("[role=treeitem]");
    const moving = await page.$$eval(".keyhole *", (found) =>
      found
        .filter((element) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
          return (
            !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth"
          );
        })
        .map(({ className }) => `${className}`),
    );
    expect(moving).toEqual([]);
  });

  test.each(["summary", "request", "response", "bytes", "verify", "environment", "compare"])(
    "at 200 % nothing of %s stands out of the panel, and it can be scrolled",
    async (tab) => {
      await open();
      await page.setViewport({ width: 600, height: 360, deviceScaleFactor: 2 });
      await openCall("call-3", tab);
      const { standOut, room } = await page.evaluate(() => ({
        // The panel cuts off what is too wide, so that the document never is: its parts are asked.
        standOut: [
          ...document.querySelectorAll("header > :not(.visually-hidden), .list, .detail-head, .tab-panel"),
        ]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} in ${clientWidth}`),
        room: document.querySelector(".tab-panel")!.clientHeight,
      }));
      expect(standOut).toEqual([]);
      expect(room).toBeGreaterThan(80);
      await page.screenshot({ path: `${FOLDER}/zoomed-${tab}.png` });
    },
  );
});
