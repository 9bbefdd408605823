import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  analyze,
  createLinkKey,
  listPages,
  parseEndpoint,
  type WirePage,
  type WireWorld,
  wireSource,
} from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { devToolsPort } from "../support/devToolsPort.js";
import { eventually } from "../support/eventually.js";
import { nodeWorld } from "../support/nodeWorld.js";
import { recordingOf, recordSource, type SourceRecord } from "../support/recordSource.js";
import { servePages } from "../support/servePages.js";

/** A Chromium as a phone would be: reached by the port of its DevTools. */
let browser: Browser;
let endpoint: string;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let log: SourceRecord;
let cut = () => {};

const FIRST_SCRIPT = `<script nonce="x">globalThis.names = Object.getOwnPropertyNames(globalThis);
  void navigator.credentials.preventSilentAccess();</script>`;

const world: WireWorld = {
  ...nodeWorld,
  openSocket(url, listener) {
    const socket = nodeWorld.openSocket(url, listener);
    cut = () => {
      socket.close();
      listener.closed(1006, "");
    };
    return socket;
  },
};

beforeAll(async () => {
  const pages: Record<string, { html: string; headers?: Record<string, string> } | string> = {
    "/": "<title>start</title><h1>page</h1>",
    "/first-script": FIRST_SCRIPT,
    "/strict": {
      html: FIRST_SCRIPT,
      headers: {
        "content-security-policy":
          "default-src 'none'; script-src 'nonce-x'; require-trusted-types-for 'script'",
      },
    },
    "/frame": FIRST_SCRIPT,
  };
  server = await servePages(pages);
  pages["/frames"] = `<iframe src="/frame"></iframe><iframe src="${server.on("127.0.0.1")}/frame"></iframe>
    <iframe srcdoc="${FIRST_SCRIPT.replaceAll('"', "'")}"></iframe>`;
  browser = await launchChromium({ extension: false, args: ["--remote-debugging-port=0"] });
  endpoint = `localhost:${await devToolsPort(browser)}`;
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(`${server.on("localhost")}/`);
});
afterEach(async () => {
  log?.stop();
  await page.close();
});

test.each(["/first-script", "/strict"])(
  "%s is hooked before its first script, and its window has nothing more than it had",
  async (path) => {
    await page.goto(server.on("localhost") + path);
    const bare = await page.evaluate("names");
    await connect();
    await page.reload();
    await callsIn(path, 1);
    expect(await page.evaluate("names")).toEqual(bare);
    expect(log.realms.at(-1)!.hook).toMatchObject({ via: "wire", readyState: "loading", native: true });
    expect(log.statuses.at(-1)).toBe("live: Hooked before the page's first script");
  },
);

test("ceremonies of a virtual authenticator come as they happen, and verify", async () => {
  await connect();
  await page.goto(`${server.on("localhost")}/?ceremonies`);
  const id = await page.evaluate(register);
  expect(await page.evaluate(signIn)).toBe(id);
  await callsIn("/?ceremonies", 2);
  const { ceremonies } = await analyze(recordingOf(log));
  for (const { verdicts } of ceremonies)
    expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
  expect(ceremonies[1]!.verdicts.find(({ check }) => check === "signature")?.outcome).toBe("pass");
});

test("frames of the same and of another site, and without an address", async () => {
  await connect();
  await page.goto(`${server.on("localhost")}/frames`);
  const [here, there] = [server.on("localhost"), server.on("127.0.0.1")];
  await eventually(() => {
    const frames = log.realms.filter(({ ancestorOrigins }) => ancestorOrigins.length > 0);
    expect(frames.map(({ url }) => url).sort()).toEqual(["about:srcdoc", `${there}/frame`, `${here}/frame`]);
    for (const { id, hook } of frames) {
      expect(hook.readyState).toBe("loading");
      expect(settledIn(id)).toHaveLength(1);
    }
  });
});

test("another site, in another process, is hooked before its first script", async () => {
  await connect();
  for (const host of ["127.0.0.1", "localhost", "127.0.0.1"]) {
    await page.goto(`${server.on(host)}/first-script?${host}`);
    await callsIn(`/first-script?${host}`, 1);
    expect(log.realms.at(-1)!.hook.readyState).toBe("loading");
  }
});

test("a page that was open already is hooked late, which is said", async () => {
  await connect();
  expect(log.statuses.at(-1)).toMatch(/^live: Hooked \d+\.\d s late: earlier calls are missing$/);
  await page.evaluate(register);
  await callsIn("/", 1);
});

describe("a connection that is cut and restored", () => {
  test("loses nothing, doubles nothing, and leaves nothing in the page", async () => {
    await connect();
    await page.goto(`${server.on("localhost")}/first-script?cut`);
    await callsIn("/first-script?cut", 1);
    const names = await page.evaluate(() => Object.getOwnPropertyNames(globalThis).length);
    await page.evaluate(() => {
      let made = 0;
      const timer = setInterval(() => {
        void navigator.credentials.preventSilentAccess();
        if (++made === 40) clearInterval(timer);
      }, 50);
    });
    await callsIn("/first-script?cut", 5, "at least");
    cut();
    expect(log.statuses.at(-1)).toBe("lost: The connection was cut.");
    const calls = await callsIn("/first-script?cut", 41);
    expect(calls.map(({ seq }) => seq)).toEqual(calls.map((_, index) => index));
    expect([log.doubles, log.lost]).toEqual([0, 0]);
    expect(await page.evaluate(() => Object.getOwnPropertyNames(globalThis).length)).toBe(names);
  });

  test("says when the page was closed", async () => {
    await connect();
    const closing = await browser.newPage();
    await closing.goto(`${server.on("localhost")}/?closing`);
    const { devices } = await listPages(nodeWorld, parseEndpoint(endpoint)!);
    const found = devices[0]!.pages.find(({ url }) => url.endsWith("/?closing"))!;
    const record = recordSource(wireSource(found, world, options()));
    await eventually(() => expect(record.statuses.at(-1)).toMatch(/^live/));
    await closing.close();
    await eventually(() => expect(record.statuses.at(-1)).toMatch(/^lost: The page was closed\./));
    record.stop();
  });
});

const options = () => ({ bootstrap: readBuilt("hook/keyhole-bootstrap.js"), key: createLinkKey() });

async function connect(): Promise<void> {
  const { devices } = await listPages(nodeWorld, parseEndpoint(endpoint)!);
  const listed = devices[0]!.pages.filter(({ url }) => url === page.url()) as WirePage[];
  expect(listed).toHaveLength(1);
  expect(listed[0]!.protocol).toBe("chromium");
  log = recordSource(wireSource(listed[0]!, world, options()));
  await eventually(() => expect(log.statuses.at(-1)).toMatch(/^live/));
}

const settledIn = (realmId: string) =>
  log.calls.filter((call) => call.realmId === realmId && call.outcome.status !== "pending");

const callsIn = (path: string, count: number, how: "exactly" | "at least" = "exactly") =>
  eventually(() => {
    const realm = log.realms.filter(({ url }) => url.endsWith(path)).at(-1);
    const calls = settledIn(realm!.id);
    if (how === "exactly") expect(calls).toHaveLength(count);
    else expect(calls.length).toBeGreaterThanOrEqual(count);
    return calls;
  });
