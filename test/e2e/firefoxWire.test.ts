import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { devToolsPort } from "../support/devToolsPort.js";
import { eventually } from "../support/eventually.js";
import { type Firefox, launchFirefox } from "../support/firefox.js";
import { panelView } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

/* The viewer in Firefox: an origin and a policy of another kind than Chromium's. */

let firefox: Firefox;
let chromium: Browser;
let page: Page;
let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages({ "/": "<title>Elsewhere</title><h1>page</h1>" });
  firefox = await launchFirefox();
  chromium = await launchChromium({
    extension: false,
    args: ["--remote-debugging-port=0", `--remote-allow-origins=${firefox.extensionOrigin}`],
  });
  page = await chromium.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(`${server.on("localhost")}/`);
});
afterAll(async () => {
  await firefox?.close();
  await chromium?.close();
  await server?.close();
});

/** Asks at an address in a viewer of its own. */
async function ask(address: string): Promise<void> {
  await firefox.open(`${firefox.extensionOrigin}/viewer/viewer.html`);
  await eventually(() => firefox.evaluate(() => void document.querySelector("#picker-address")!.id));
  await firefox.evaluate((typed) => {
    const input = document.querySelector<HTMLInputElement>("#picker-address")!;
    input.value = typed;
    input.form!.requestSubmit();
  }, address);
}

const connect = () =>
  eventually(() =>
    firefox.evaluate(() => document.querySelector<HTMLElement>(".picker-page button")!.click()),
  );

test("connects to a Chromium that allows it: its ceremonies come live", async () => {
  const pages = (await (await fetch(`http://localhost:${await devToolsPort(chromium)}/json`)).json()) as {
    url: string;
    webSocketDebuggerUrl: string;
  }[];
  await ask(pages.find(({ url }) => url === page.url())!.webSocketDebuggerUrl);
  await connect();
  await eventually(async () => expect((await firefox.evaluate(panelView)).status).toMatch(/^Hooked/));
  await page.bringToFront();
  await page.reload();
  await page.evaluate(register);
  await page.evaluate(signIn);
  await eventually(async () =>
    expect((await firefox.evaluate(panelView)).lines).toEqual(
      expect.arrayContaining(["create: good", "get: good"]),
    ),
  );
});
