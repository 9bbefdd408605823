import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let panel: Frame;

beforeAll(async () => {
  server = await servePages({
    "/": "<h1>page</h1>",
    "/other": "<h1>other page</h1>",
    "/framing":
      "<iframe></iframe><script>document.querySelector('iframe').src = 'http://localhost:' + location.port</script>",
  });
  browser = await launchChromium({ args: ["--host-resolver-rules=MAP insecure.test 127.0.0.1"] });
  log = await openExtensionLog(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost"));
  ({ panel } = await openKeyholePanel(page));
  await page.bringToFront();
  await page.evaluate(register);
  await shows(["create: good"]);
});
afterEach(async () => {
  await page.close();
});

const shows = (lines: unknown[]) =>
  eventually(async () => expect((await readPanel(panel)).lines).toEqual(lines));
const says = (status: unknown) =>
  eventually(async () => expect((await readPanel(panel)).status).toEqual(status));

const HOOKED = "Hooked before the page's first script";

test("a reload and a navigation keep the log and mark the boundary", async () => {
  await page.reload();
  await page.evaluate(signIn);
  await shows(["create: good", expect.stringMatching("^reloaded /"), "get: good"]);
  await page.goto(`${server.on("localhost")}/other`);
  await page.evaluate(signIn);
  await shows([
    "create: good",
    expect.stringMatching("^reloaded /"),
    "get: good",
    expect.stringMatching("^navigated to /other"),
    "get: good",
  ]);
  await page.goto(`${server.on("other.localhost")}/`);
  await says(HOOKED);
  const { calls, realms } = await log.of(page);
  expect(calls).toHaveLength(3);
  expect(realms.map(({ url }) => new URL(url).host.split(":")[0]).sort()).toEqual([
    "localhost",
    "localhost",
    "localhost",
    "other.localhost",
  ]);
});

test("without preserve log each page begins with an empty one", async () => {
  await panel.evaluate(() =>
    document.querySelector<HTMLInputElement>(".tools input[type=checkbox]")!.click(),
  );
  await eventually(async () => expect((await log.of(page)).state.preserveLog).toBe(false));
  await shows(["create: good"]);
  await page.reload();
  await shows([]);
  await page.evaluate(signIn);
  await shows(["get: good"]);
  await page.goto(`${server.on("localhost")}/other`);
  await shows([]);
  expect((await log.of(page)).realms).toHaveLength(1);
});

test("a call that the page's end cuts off stays, as one that never settled", async () => {
  const session = await page.createCDPSession();
  await page.evaluate(() => {
    navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32) }, mediation: "conditional" });
    location.href = "/other";
  });
  await session.detach();
  await eventually(() => expect(page.url()).toMatch("/other"));
  await eventually(async () => {
    const { calls } = await log.of(page);
    expect(calls.map(({ api }) => api)).toEqual(["credentials.create", "credentials.get"]);
  });
});

test("back to a page in the back/forward cache, it is the one that is watched", async () => {
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  await page.goto(`${server.on("localhost")}/other`);
  await page.goBack();
  expect(await page.evaluate(() => (window as unknown as { isTheSame?: boolean }).isTheSame)).toBe(true);
  await page.evaluate(signIn);
  await eventually(async () => {
    const { calls, state } = await log.of(page);
    expect(calls.map(({ realmId }) => realmId)).toEqual([state.top, state.top]);
  });
  await says(HOOKED);
});

test("is not at work on a page that is not secure, nor in a frame of it, though that is of localhost", async () => {
  const kept = () => log.tabs().then((tabs) => tabs.flatMap(({ realms }) => realms.map(({ id }) => id)));
  const before = await kept();
  const insecure = await browser.newPage();
  await insecure.goto(`${server.on("insecure.test")}/framing`);
  const frame = await insecure.waitForFrame((each) => each.url().includes("localhost"));
  await frame.waitForSelector("h1");
  for (const each of [insecure.mainFrame(), frame])
    expect(await each.evaluate(() => [isSecureContext, "credentials" in navigator])).toEqual([false, false]);
  // A page that is heard of after it: what the other had said would be known by then.
  const secure = await browser.newPage();
  await secure.goto(server.on("localhost"));
  await eventually(() => log.of(secure));
  expect((await kept()).filter((id) => !before.includes(id))).toHaveLength(1);
  await secure.close();
  await insecure.close();
});

test("says that a page is not secure, as long as it is shown", async () => {
  await says(HOOKED);
  await page.goto(`${server.on("insecure.test")}/`);
  await says("Not a secure page: Keyhole works on https and localhost");
  await page.goto(server.on("localhost"));
  await says(HOOKED);
});
