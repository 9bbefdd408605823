import { mkdirSync } from "node:fs";
import type { Browser, Frame } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PACE } from "../../extension/sources/inspectedWindowSource.js";
import { analyze, bootstrapScript, createLinkKey, parseConsoleText } from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register, signIn } from "../support/ceremonies.js";
import { launchChromium } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";
import { startWebKit, type WebKitBrowser } from "../support/startWebKit.js";
import { openWebInspector, type WebInspector } from "../support/webInspector.js";

const key = createLinkKey();
let server: Awaited<ReturnType<typeof servePages>>;
let webkit: WebKitBrowser;
let browser: Browser;
let inspector: WebInspector;
let panel: Frame;

const script = (console: "off" | "calls") =>
  pageAuthenticator() +
  bootstrapScript(readBuilt("hook/keyhole-bootstrap.js"), { key, via: "bootstrap", console });

const inPage = (ceremony: () => Promise<string>) => inspector.inPage(`(${ceremony})()`);

beforeAll(async () => {
  const csp = { "content-security-policy": "default-src 'none'; script-src 'nonce-x'; frame-src *" };
  server = await servePages({
    "/": {
      html: `<title>RP</title><h1>Relying party</h1><script nonce="x">void navigator.credentials?.preventSilentAccess()</script>`,
      headers: csp,
    },
    "/outer": `<title>RP</title><iframe id="inner"></iframe><script>inner.src = "//127.0.0.1:" + location.port + "/inner"</script>`,
    "/inner": `<script>void navigator.credentials?.preventSilentAccess()</script>`,
  });
  webkit = await startWebKit(`${server.on("localhost")}/`);
  browser = await launchChromium({ extension: false });
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 700 });
  inspector = await openWebInspector(page, webkit.endpoint);
  panel = await inspector.openPanel({ linkKey: key });
}, 120_000);
afterAll(async () => {
  await inspector?.close();
  await browser?.close();
  await webkit?.stop();
  await server?.close();
});

test("a page without the hook gets it, late, and the panel says what to do", async () => {
  await eventually(async () =>
    expect((await readPanel(panel)).status).toMatch(/^Hooked \d+\.\d s late: earlier calls are missing/),
  );
  const late = await panel.waitForSelector(".late");
  expect(await late!.evaluate((element) => element.textContent)).toBe("The Bootstrap Script catches them.");
});

test("with the Bootstrap Script, ceremonies of the remote page are listed as they are made", async () => {
  await inspector.setBootstrapScript(script("off"));
  await eventually(async () =>
    expect(await readPanel(panel)).toMatchObject({
      status: "Hooked before the page's first script",
      lines: expect.arrayContaining(["preventSilentAccess: good"]),
    }),
  );
  await inPage(register);
  await eventually(async () => expect((await readPanel(panel)).lines).toContain("create: good"));
  await inPage(signIn);
  await eventually(async () => expect((await readPanel(panel)).lines).toContain("get: good"));
  const rows = await panel.$$(".list-row");
  await rows[1]!.click();
  await panel.waitForSelector('[role="tab"][aria-selected="true"]');
  await inspector.frontEnd.bringToFront();
  mkdirSync("test-results", { recursive: true });
  await inspector.frontEnd.screenshot({ path: "test-results/web-inspector.png" });
});

test("frames of another origin, reloads and other pages are followed", async () => {
  await inspector.inPage(`void (location.href = "/outer")`);
  await eventually(async () => {
    const { lines } = await readPanel(panel);
    expect(lines.filter((line) => line === "preventSilentAccess: good")).toHaveLength(2);
  });
});

test("what the console saves of such pages can be imported", async () => {
  await inspector.setBootstrapScript(script("calls"));
  await inspector.inPage(`console.log("between"); console.warn("two\\nlines %s", 5)`);
  await inPage(register);
  await inPage(signIn);
  const text = await eventually(async () => {
    const saved = await inspector.savedConsole();
    expect(parseConsoleText(saved).recording?.calls.length).toBeGreaterThanOrEqual(2);
    return saved;
  });
  expect(text).toMatch(/^\[Info\] keyhole:1:/m);
  const { recording, problems } = parseConsoleText(text, { key });
  expect(problems).toEqual([]);
  // The frames of the hook itself are not in the stacks.
  for (const { initiator } of recording!.calls) expect(initiator).not.toMatch(/keyhole|bootstrap/);
  const { ceremonies } = await analyze(recording!);
  const verdicts = ceremonies.flatMap((ceremony) => ceremony.verdicts);
  expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
  expect(verdicts.filter(({ check, outcome }) => check === "signature" && outcome === "pass")).toHaveLength(
    1,
  );
});

test("a page is asked nothing while another tab of the inspector is chosen", async () => {
  await inspector.savedConsole();
  const before = await inspector.evaluations();
  await new Promise((resolve) => setTimeout(resolve, 5 * PACE.poll));
  // One may have been under way.
  expect((await inspector.evaluations()) - before).toBeLessThanOrEqual(1);
  await inspector.showPanel();
  await eventually(async () => expect((await inspector.evaluations()) - before).toBeGreaterThan(3));
});
