import { mkdirSync, readFileSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { foundByAxe } from "../support/axe.js";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { devToolsPort } from "../support/devToolsPort.js";
import { eventually } from "../support/eventually.js";
import { askAt, openViewer } from "../support/openViewer.js";
import { readPanel } from "../support/readPanel.js";
import { CONVERSATION_KEY } from "../support/recordConversation.js";
import { servePages } from "../support/servePages.js";
import { type DeviceProxy, type Said, serveProxy } from "../support/serveProxy.js";

const says = JSON.parse(
  readFileSync(new URL("../fixtures/wire/conversation.json", import.meta.url), "utf8"),
) as Said[];
const SIGN_IN = { title: "Sign in", url: "http://localhost/sign-in" };

let browser: Browser;
let viewer: Page;
let proxy: DeviceProxy | undefined;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await viewer?.close();
  await proxy?.close();
  proxy = undefined;
});

const text = () => viewer.evaluate(() => document.body.innerText);
const press = (words: string) =>
  viewer.evaluate((words) => {
    const button = [...document.querySelectorAll("button")].find((each) => each.innerText.trim() === words);
    if (!button) throw new Error(`no button "${words}"`);
    button.click();
  }, words);

async function keepPictures(state: string): Promise<void> {
  mkdirSync("test-results/page-picker", { recursive: true });
  for (const width of [1200, 700, 350])
    for (const theme of ["light", "dark"]) {
      await viewer.setViewport({ width, height: 700 });
      await viewer.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      await viewer.screenshot({ path: `test-results/page-picker/${state}-${width}-${theme}.png` });
      expect(await foundByAxe(viewer), `${state}, ${width} pixels, ${theme}`).toEqual([]);
    }
  expect(await viewer.evaluate(() => document.documentElement.scrollWidth)).toBe(350);
}

test("shows the devices of a proxy, connects to a page, and its ceremonies are in the panel", async () => {
  proxy = await serveProxy([
    { name: "Ada's iPhone", osVersion: "18.6.2", pages: [{ ...SIGN_IN, behaves: { says } }] },
    { name: "Locked phone" },
  ]);
  viewer = await openViewer(browser, CONVERSATION_KEY);
  await askAt(viewer, `localhost:${proxy.port}`);
  await eventually(async () => {
    const said = await text();
    for (const words of ["Ada's iPhone", "iOS 18.6.2", "Sign in", "cannot speak with Locked phone"])
      expect(said).toContain(words);
    expect(said).toContain("listens on all network interfaces");
  });
  await keepPictures("devices");
  await press("Connect");
  await eventually(async () =>
    expect(await readPanel(viewer.mainFrame())).toMatchObject({
      status: "Hooked before the page's first script",
      lines: expect.arrayContaining(["create: good", "get: good"]),
    }),
  );
  await keepPictures("connected");
  await press("Other pages");
  await viewer.waitForSelector(".picker");
  await keepPictures("other-page");
  await press("Back to the log");

  proxy.devices[0]!.pages![0]!.behaves = "claimed";
  proxy.cut();
  await eventually(async () => expect(await text()).toContain("Another inspector has taken this page"));
  expect((await text()).split("Another inspector has taken this page")).toHaveLength(2);
  await keepPictures("taken");
  proxy.devices[0]!.pages![0]!.behaves = { says };
  await press("Connect again");
  await eventually(async () => {
    const { status, lines } = await readPanel(viewer.mainFrame());
    expect(status).toBe("Hooked before the page's first script");
    expect(lines.filter((line) => /^(create|get):/.test(line))).toHaveLength(2);
  });
});

test("says when nothing answers, and lists devices as soon as there is something", async () => {
  proxy = await serveProxy([]);
  const { port } = proxy;
  await proxy.close();
  viewer = await openViewer(browser);
  await askAt(viewer, `localhost:${port}`);
  await eventually(async () => expect(await text()).toContain(`Nothing answers at localhost:${port}.`));
  await keepPictures("nothing-there");
  proxy = await serveProxy([{ name: "Phone", pages: [] }], { port });
  await eventually(async () => expect(await text()).toContain("Phone shows no page"));
});

test("says when a proxy is too old to let it read, and reads from one that is not", async () => {
  // Of this address, an extension that has leave for localhost may read nothing by itself.
  const host = "127.0.0.2";
  proxy = await serveProxy([], { host, cors: false });
  viewer = await openViewer(browser);
  await askAt(viewer, `${host}:${proxy.port}`);
  await eventually(async () => expect(await text()).toContain("does not let Keyhole read what it says"));
  // The manifest names no such host: there would be no leave.
  expect(await text()).not.toContain("Allow Keyhole");
  await proxy.close();
  proxy = await serveProxy([{ name: "Phone", pages: [] }], { host });
  await askAt(viewer, `${host}:${proxy.port}`);
  await eventually(async () => expect(await text()).toContain("Phone shows no page"));
});

test("asks before it connects to another machine", async () => {
  viewer = await openViewer(browser);
  const requests: string[] = [];
  viewer.on("request", (request) => void requests.push(request.url()));
  await askAt(viewer, "192.0.2.1:9221");
  await eventually(async () => expect(await text()).toContain("192.0.2.1:9221 is another machine."));
  expect(requests.filter((url) => url.includes("192.0.2.1"))).toEqual([]);
  await press("Connect to it all the same");
  await eventually(() => expect(requests.some((url) => url.startsWith("http://192.0.2.1:9221/"))).toBe(true));
});

test("opens a recording", async () => {
  viewer = await openViewer(browser);
  await press("open a recording");
  await viewer.waitForSelector("dialog textarea");
  const recording = {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "test", version: "0" },
    createdAt: "2026-01-01T00:00:00Z",
    realms: [],
    calls: [],
  };
  await viewer.type("dialog textarea", JSON.stringify(recording));
  await press("Open the text");
  await viewer.waitForSelector(".status.imported");
  expect(await viewer.$(".picker")).toBeNull();
  await keepPictures("recording");
});

test("is opened from the panel in DevTools", async () => {
  const server = await servePages({ "/": "<h1>page</h1>" });
  const page = await browser.newPage();
  await page.goto(server.on("localhost"));
  const { panel } = await openKeyholePanel(page);
  await panel.waitForSelector("[aria-label=Viewer]");
  const opened = browser.waitForTarget((target) => target.url().endsWith("/viewer/viewer.html"));
  await panel.$eval("[aria-label=Viewer]", (button) => (button as HTMLElement).click());
  viewer = (await (await opened).page())!;
  await viewer.waitForSelector(".picker");
  await page.close();
  await server.close();
});

describe("a Chromium elsewhere", () => {
  let phone: Browser;
  let server: Awaited<ReturnType<typeof servePages>>;
  let page: Page;
  /** the address of the page, as a person would copy it */
  let address: string;

  async function start(args: string[]): Promise<void> {
    server = await servePages({ "/": "<title>Elsewhere</title><h1>page</h1>" });
    phone = await launchChromium({ extension: false, args: ["--remote-debugging-port=0", ...args] });
    page = await phone.newPage();
    await addVirtualAuthenticator(page);
    await page.goto(server.on("localhost"));
    const port = await devToolsPort(phone);
    const pages = (await (await fetch(`http://localhost:${port}/json`)).json()) as {
      url: string;
      webSocketDebuggerUrl: string;
    }[];
    address = pages.find(({ url }) => url === page.url())!.webSocketDebuggerUrl;
  }
  afterEach(async () => {
    await phone?.close();
    await server?.close();
  });

  test("that refuses extensions: says with which switch it does not", async () => {
    await start([]);
    viewer = await openViewer(browser);
    await askAt(viewer, address);
    await viewer.waitForSelector(".picker-page");
    await press("Connect");
    const origin = await viewer.evaluate(() => location.origin);
    await eventually(async () => {
      const said = await text();
      expect(said).toContain("refuses connections from an extension");
      expect(said).toContain(`--remote-allow-origins=${origin}`);
    });
  });

  test("that allows it: its ceremonies come live", async () => {
    viewer = await openViewer(browser);
    await start([`--remote-allow-origins=${await viewer.evaluate(() => location.origin)}`]);
    await askAt(viewer, address);
    await viewer.waitForSelector(".picker-page");
    await press("Connect");
    await eventually(async () => expect((await readPanel(viewer.mainFrame())).status).toMatch(/^Hooked/));
    await page.reload();
    await page.evaluate(register);
    await page.evaluate(signIn);
    await eventually(async () =>
      expect((await readPanel(viewer.mainFrame())).lines).toEqual(
        expect.arrayContaining(["create: good", "get: good"]),
      ),
    );
  });
});
