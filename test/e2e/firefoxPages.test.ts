import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseRecording } from "../../src/index.js";
import { register, signIn } from "../support/ceremonies.js";
import { eventually } from "../support/eventually.js";
import { readTabLogs } from "../support/extensionLog.js";
import { type Firefox, launchFirefox } from "../support/firefox.js";
import { panelView } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

/* The extension's own pages in Firefox: popup, settings, export, viewer. */

declare const browser: { storage: { session: { get(): Promise<Record<string, string>> } } };

let firefox: Firefox;
let server: Awaited<ReturnType<typeof servePages>>;
/** the page that is looked at, and the popup as a tab of its own */
let page: string;
let popup: string;
let registered: string;

const HOOKED = "Hooked before the page's first script";

beforeAll(async () => {
  server = await servePages({ "/": "<!doctype html><h1>page</h1>" });
  firefox = await launchFirefox();
  await firefox.addVirtualAuthenticator();
  page = await firefox.open(`${server.on("localhost")}/`);
  registered = await firefox.evaluate(register);
});
afterAll(async () => {
  await firefox?.close();
  await server?.close();
});

const keep = async (name: string, picture: Buffer) => {
  await mkdir("test-results/screenshots", { recursive: true });
  await writeFile(`test-results/screenshots/${name}.png`, picture);
};

const newTab = (before: readonly string[]) =>
  eventually(async () => {
    const tab = (await firefox.tabs()).find((each) => !before.includes(each));
    expect(tab).toBeDefined();
    return tab!;
  });

test("the toolbar button shows the ceremonies of the tab in front, and opens as a tab", async () => {
  const pressed = await firefox.openPopup();
  await eventually(async () =>
    expect(await pressed.evaluate(panelView)).toEqual({ status: HOOKED, lines: ["create: good"] }),
  );
  await keep("firefox-popup", await pressed.screenshot());
  const before = await firefox.tabs();
  await pressed.evaluate(() => document.getElementById("open")!.click());
  popup = await newTab(before);
  await firefox.switchTo(popup);
  await eventually(async () =>
    expect(await firefox.evaluate(panelView)).toEqual({ status: HOOKED, lines: ["create: good"] }),
  );
  await firefox.switchTo(page);
  expect(await firefox.evaluate(signIn)).toBe(registered);
  await firefox.switchTo(popup);
  await eventually(async () =>
    expect((await firefox.evaluate(panelView)).lines).toEqual(["create: good", "get: good"]),
  );
});

test("the toolbar button tells the number of errors", async () => {
  await firefox.switchTo(page);
  expect(await firefox.badge()).toBe("");
  await firefox.evaluate(() =>
    navigator.credentials
      .create({
        publicKey: {
          rp: { name: "Test", id: "elsewhere.example" },
          user: { id: new Uint8Array(70), name: "ada", displayName: "Ada" },
          challenge: new Uint8Array(32),
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      })
      .catch(() => {}),
  );
  await eventually(async () => expect(Number(await firefox.badge())).toBeGreaterThanOrEqual(2));
});

test("an export is saved as a file, masked, and the viewer opens it", async () => {
  await firefox.switchTo(popup);
  await eventually(async () => expect((await firefox.evaluate(panelView)).lines).toHaveLength(3));
  await firefox.click("[aria-label=Export]");
  await eventually(() => firefox.click("dialog .dialog-foot .primary"));
  const path = await eventually(async () => {
    const [name] = await readdir(firefox.downloads);
    expect(name).toMatch(/^localhost_\d+-\d{8}-\d{6}\.keyhole\.json$/);
    return `${firefox.downloads}/${name}`;
  });
  const text = await eventually(async () => {
    const text = await readFile(path, "utf8");
    expect(text.trimEnd()).toMatch(/\}$/);
    return text;
  });
  const { recording, problems } = parseRecording(text);
  expect(problems).toEqual([]);
  expect(recording!.calls.map(({ outcome }) => outcome.status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
  ]);
  expect(recording!.redaction).toBeDefined();
  expect(text).not.toContain(registered);
  await firefox.evaluate(() => document.querySelector("dialog")!.close());

  const before = await firefox.tabs();
  await firefox.click("[aria-label=Viewer]");
  await firefox.switchTo(await newTab(before));
  await eventually(() =>
    firefox.evaluate(() => {
      const links = [...document.querySelectorAll(".link")] as HTMLElement[];
      links.find(({ textContent }) => textContent === "open a recording")!.click();
    }),
  );
  await firefox.chooseFile("dialog input[type=file]", path);
  await eventually(async () =>
    expect((await firefox.evaluate(panelView)).lines).toEqual(["create: good", "get: good", "create: bad"]),
  );
  await keep("firefox-viewer", await firefox.screenshot());
  await firefox.closeTab();
});

test("settings made in the popup hold in DevTools, and after the browser's pages are opened anew", async () => {
  await firefox.switchTo(popup);
  await firefox.click("[aria-label=Settings]");
  await firefox.evaluate(() => {
    const [theme] = document.querySelectorAll("dialog select") as NodeListOf<HTMLSelectElement>;
    theme!.value = "dark";
    theme!.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const background = () => getComputedStyle(document.querySelector(".keyhole")!).backgroundColor;
  const dark = await firefox.evaluate(background);
  await firefox.navigate(await firefox.evaluate(() => location.href));
  await eventually(async () => expect(await firefox.evaluate(background)).toBe(dark));
  await firefox.switchTo(page);
  const panel = await firefox.openKeyholePanel();
  await eventually(async () => expect(await panel.evaluate(background)).toBe(dark));
  await keep("firefox-devtools-dark", await firefox.screenshot());
  await panel.close();
});

test("what is cleared in the popup is cleared in the extension's storage", async () => {
  await firefox.switchTo(popup);
  await firefox.click("[aria-label=Clear]");
  await eventually(async () => expect((await firefox.evaluate(panelView)).lines).toEqual([]));
  await eventually(async () => {
    const logs = readTabLogs(await firefox.evaluate(() => browser.storage.session.get()));
    expect(logs.flatMap(({ calls }) => calls)).toEqual([]);
  });
});
