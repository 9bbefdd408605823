import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Analysis,
  analyze,
  bootstrapScript,
  type Call,
  createLinkKey,
  parsePushedLine,
  parseReading,
  type Realm,
  readExpression,
  receiveReadings,
} from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { servePages } from "../support/servePages.js";

const CSP = {
  "content-security-policy":
    "default-src 'none'; script-src 'nonce-x'; frame-src *; require-trusted-types-for 'script'",
};
const key = createLinkKey();
let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;
let lines: string[];

beforeAll(async () => {
  server = await servePages({
    "/": {
      html: `<script nonce="x">void navigator.credentials.preventSilentAccess();
        globalThis.before = String(Function.prototype.toString) + Object.getOwnPropertyNames(globalThis).length;</script>`,
      headers: CSP,
    },
    "/plain": `<script>globalThis.before = String(Function.prototype.toString) + Object.getOwnPropertyNames(globalThis).length;</script>`,
    "/frames": `<iframe src="/plain"></iframe><iframe srcdoc="<p>none"></iframe>`,
  });
  browser = await launchChromium({ extension: false });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  await addVirtualAuthenticator(page);
  lines = [];
  page.on("console", (message) => void lines.push(message.text()));
});

const script = (console: "off" | "calls" | "events") =>
  bootstrapScript(readBuilt("hook/keyhole-bootstrap.js"), { key, via: "wire", console });

/** What someone who evaluates in the page, or in a frame of it, gets. */
const read = async (place: { evaluate(text: string): Promise<unknown> } = page) =>
  parseReading(await place.evaluate(readExpression({ key })));

/** A recording of what the readings have to tell. */
async function judge(take: (receiver: ReturnType<typeof receiveReadings>) => void): Promise<Analysis> {
  const realms: Realm[] = [];
  const calls = new Map<string, Call>();
  take(
    receiveReadings({
      realm: (realm) => void realms.push(realm),
      call: (call) => void calls.set(call.id, call),
      gap() {},
    }),
  );
  return analyze({
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "test", version: "0" },
    createdAt: new Date().toISOString(),
    realms,
    calls: [...calls.values()],
  });
}

test("is there before the page's first script, under a strict policy, and what is read is genuine", async () => {
  await page.evaluateOnNewDocument(script("off"));
  await page.goto(server.on("localhost"));
  await page.evaluate(register);
  const { reading, problems } = await read();
  expect(problems).toEqual([]);
  expect(reading!.realm).toMatchObject({
    origin: server.on("localhost"),
    isSecureContext: true,
    hook: { via: "wire", readyState: "loading", native: true },
  });
  expect(Math.abs(reading!.realm!.startedAt - (await page.evaluate(() => performance.timeOrigin)))).toBe(0);
  const { ceremonies, recording } = await judge((receiver) => receiver.take(reading!));
  expect(recording.calls.map(({ api, outcome }) => [api, outcome.status])).toEqual([
    ["credentials.preventSilentAccess", "fulfilled"],
    ["credentials.create", "fulfilled"],
  ]);
  expect(ceremonies[1]!.verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
  expect(ceremonies[1]!.verdicts.some(({ outcome }) => outcome === "pass")).toBe(true);
  expect(recording.calls[1]!.initiator).not.toContain("keyhole-extension:");
});

test("the page sees nothing of it: no global, no line, the browser's own functions", async () => {
  await page.goto(server.on("localhost"));
  const bare = await page.evaluate("before");
  await page.evaluateOnNewDocument(script("off"));
  await page.reload();
  expect(await page.evaluate("before")).toBe(bare);
  await read();
  expect(lines).toEqual([]);
});

test("each event is pushed, and reading beside it doubles nothing", async () => {
  await page.evaluateOnNewDocument(script("events"));
  await page.goto(server.on("localhost"));
  await page.evaluate(register);
  await page.evaluate("console.info('keyhole:1:0123456789abcdef:2:00000000:{}')");
  const { reading } = await read();
  const pushed = lines.map((line) => parsePushedLine(line, key)).filter((each) => each !== undefined);
  expect(pushed.flatMap(({ problems }) => problems)).toEqual([]);
  const { recording } = await judge((receiver) => {
    for (const each of pushed) receiver.take(each.reading!);
    receiver.take(reading!);
  });
  expect(recording.realms).toHaveLength(1);
  expect(recording.calls).toHaveLength(2);
  const { recording: byPushAlone } = await judge((receiver) => {
    for (const each of pushed) receiver.take(each.reading!);
  });
  expect(byPushAlone.calls).toEqual(recording.calls);
});

test("each frame is a realm of its own, of its own address", async () => {
  await page.evaluateOnNewDocument(script("off"));
  await page.goto(`${server.on("localhost")}/frames`);
  const realms = await Promise.all(page.frames().map(async (frame) => (await read(frame)).reading!.realm!));
  expect(realms.map(({ url }) => url).sort()).toEqual([
    "about:srcdoc",
    `${server.on("localhost")}/frames`,
    `${server.on("localhost")}/plain`,
  ]);
  expect(new Set(realms.map(({ id }) => id)).size).toBe(3);
  expect(realms.every(({ origin }) => origin === server.on("localhost"))).toBe(true);
});

test("installed late it says so", async () => {
  await page.goto(server.on("localhost"));
  expect((await read()).page).toMatchObject({ hook: "none", readyState: "complete" });
  await page.evaluate(script("calls"));
  await page.evaluate(register);
  expect((await read()).reading).toMatchObject({ realm: { hook: { readyState: "complete" } }, next: 2 });
  expect(lines.map((line) => parsePushedLine(line, key)!.reading!.calls?.length)).toEqual([undefined, 1]);
});
