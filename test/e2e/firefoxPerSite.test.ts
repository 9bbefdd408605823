import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import { eventually } from "../support/eventually.js";
import { type Firefox, type FirefoxPanel, launchFirefox } from "../support/firefox.js";
import { panelView } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

/* "Ask before recording on a site" in Firefox, which tells a background in its own way where a call is from. */

declare const browser: { storage: { session: { get(): Promise<Record<string, string>> } } };

const SITE = "app.localhost";
const FRAMED = "frame.localhost";
let firefox: Firefox;
let server: Awaited<ReturnType<typeof servePages>>;
/** the extension's popup as a tab of its own, and the page that is looked at */
let popup: string;
let page: string;
let panel: FirefoxPanel;

beforeAll(async () => {
  server = await servePages({
    "/": "<!doctype html><h1>page</h1>",
    "/secret-path": "<!doctype html><h1>secret</h1>",
  });
  firefox = await launchFirefox();
  await firefox.addVirtualAuthenticator();
  popup = await firefox.open(`${firefox.extensionOrigin}/popup/popup.html?tab=0`);
});
afterAll(async () => {
  await firefox?.close();
  await server?.close();
});

/** The words of the status line, one by one; and the lines of the list. */
const seen = async () => ({
  notes: await panel.evaluate(() =>
    [...document.querySelectorAll(".status > *")].map(({ textContent }) => textContent!.trim()),
  ),
  lines: (await panel.evaluate(panelView)).lines,
});
const recordHere = () =>
  panel.evaluate(() => {
    const links = [...document.querySelectorAll<HTMLElement>(".status button")];
    links.find(({ textContent }) => textContent!.startsWith("Record "))!.click();
  });
/** What is kept of pages, in the extension's storage: realms and calls. */
async function kept(): Promise<Record<string, string>> {
  await firefox.switchTo(popup);
  const all = await firefox.evaluate(() => browser.storage.session.get());
  await firefox.switchTo(page);
  return Object.fromEntries(Object.entries(all).filter(([key]) => /\/(realm|call|order)\//.test(key)));
}
async function inSettings(change: () => Promise<unknown>): Promise<void> {
  await firefox.switchTo(popup);
  await eventually(() => firefox.click("[aria-label=Settings]"));
  await eventually(change);
  await firefox.evaluate(() => document.querySelector("dialog")!.close());
  await firefox.switchTo(page);
}

test("switched on, nothing is kept of a site, and the page notices nothing", async () => {
  page = popup;
  await inSettings(() => firefox.click(".site-switches label input"));
  page = await firefox.open(`${server.on(SITE)}/secret-path`);
  const id = await firefox.evaluate(register);
  expect(await firefox.evaluate(signIn)).toBe(id);

  panel = await firefox.openKeyholePanel();
  await eventually(async () =>
    expect(await seen()).toEqual({
      notes: [`Not recording on ${SITE}`, "Record here", "2 calls left out", "0 calls"],
      lines: [],
    }),
  );
  await mkdir("test-results/screenshots", { recursive: true });
  await writeFile("test-results/screenshots/firefox-per-site.png", await firefox.screenshot());
  expect(await kept()).toEqual({});
});

test("allowed in the panel, its calls are recorded from the next one on, after the background was stopped, too", async () => {
  await recordHere();
  await eventually(async () => expect((await seen()).notes[0]).toMatch(/^Recording on app\.localhost/));
  await firefox.stopBackground();
  await firefox.focusPage();
  await firefox.evaluate(signIn);
  await eventually(async () => expect((await seen()).lines).toEqual(["get: good"]));
  expect((await seen()).notes).toContain("2 calls left out");
});

test("a frame of another site has to be allowed by itself", async () => {
  await firefox.navigate(`${server.on(SITE)}/`);
  await firefox.evaluate(
    async (url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
      document.body.append(frame);
      await loaded;
    },
    `${server.on(FRAMED)}/`,
  );
  const askInFrame = async () => {
    await firefox.switchToFrame(0);
    const outcome = await firefox.evaluate(() =>
      navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32) } }).then(
        () => "answered",
        ({ name }) => name,
      ),
    );
    await firefox.switchToFrame(null);
    return outcome;
  };
  expect(await askInFrame()).toBe("NotAllowedError");
  await eventually(async () => {
    const { notes } = await seen();
    expect(notes).toContain(`Not recording in frames of ${FRAMED}`);
    expect(notes).toContain("1 call left out");
  });
  expect(JSON.stringify(await kept())).not.toContain(FRAMED);

  const before = (await seen()).lines.length;
  await recordHere();
  await eventually(async () => expect((await seen()).notes.join()).not.toContain(FRAMED));
  expect(await askInFrame()).toBe("NotAllowedError");
  await eventually(async () => {
    const { lines } = await seen();
    expect(lines).toHaveLength(before + 1);
    expect(lines.at(-1)).toBe("get: bad");
  });
});

test("a site that is removed in the settings is not recorded any more", async () => {
  await inSettings(() => firefox.click(`[aria-label="Stop recording on ${SITE}"]`));
  await firefox.navigate(`${server.on(SITE)}/`);
  await eventually(async () => expect((await seen()).notes[0]).toBe(`Not recording on ${SITE}`));
  const before = await kept();
  await firefox.evaluate(register);
  await eventually(async () => expect((await seen()).notes).toContain("1 call left out"));
  expect(await kept()).toEqual(before);
});

test("switched off, every site is recorded again", async () => {
  await inSettings(() => firefox.click(".site-switches label input"));
  await firefox.navigate(`${server.on("third.localhost")}/`);
  await eventually(async () => expect((await seen()).notes[0]).toBe("Hooked before the page's first script"));
});
