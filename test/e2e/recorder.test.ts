import { once } from "node:events";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Recordable } from "../../cli/recorder/index.js";
import { analyze, parseRecording, type Recording, serializeRecording } from "../../src/index.js";
import { built } from "../build/built.js";
import { eventually } from "../support/eventually.js";
import { findChromium } from "../support/findChromium.js";
import { findFirefox } from "../support/findFirefox.js";
import { launchFirefox } from "../support/firefox.js";
import { servePages } from "../support/servePages.js";

/** As it is published: the hook that it reads stands beside it there. */
const { record } = (await import(built("cli/recorder.js"))) as typeof import("../../cli/recorder/index.js");

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync",
];

const CEREMONIES = `<!doctype html><title>rp</title><script>
  const bytes = (length, seed) => Uint8Array.from({ length }, (_, i) => (seed + i) & 255);
  const rp = { id: "localhost", name: "Example" };
  window.register = () => navigator.credentials.create({ publicKey: {
    rp, challenge: bytes(32, 1), user: { id: bytes(16, 2), name: "alice", displayName: "Alice" },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { residentKey: "required", userVerification: "required" } } }).then(({ id }) => id);
  window.signIn = (challenge = bytes(32, 9)) => navigator.credentials.get({ publicKey: {
    rpId: "localhost", challenge, userVerification: "required" } }).then(({ id }) => id, ({ name }) => name);
  window.available = () => PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
</script>`;

const STRICT = { "content-security-policy": "script-src 'unsafe-inline'" };

/** A page as each driver gives it, with what the tests do in it. */
interface Session {
  target: Recordable;
  goto(url: string): Promise<unknown>;
  /** in the page, or in the frame whose address ends so */
  run<T>(expression: string, frame?: string): Promise<T>;
  /** Clicks on what opens a window, and resolves when that has run the expression. */
  runInPopup(selector: string, expression: string): Promise<void>;
  close(): Promise<unknown>;
}

const AUTHENTICATOR = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

async function startPuppeteer(protocol: "cdp" | "webDriverBiDi"): Promise<Session> {
  const browser = await puppeteer.launch({
    browser: "chrome",
    executablePath: findChromium(),
    protocol,
    args: ARGS,
  });
  const page = await browser.newPage();
  const cdp = await page.createCDPSession();
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
  return {
    target: page,
    goto: (url) => page.goto(url),
    run: (expression, frame) =>
      (frame === undefined ? page : page.frames().find((each) => each.url().endsWith(frame))!).evaluate(
        expression,
      ) as never,
    async runInPopup(selector, expression) {
      const opened = new Promise<typeof page>((resolve) => page.once("popup", (popup) => resolve(popup!)));
      await page.click(selector);
      const popup = await opened;
      await popup.waitForFunction("window.available");
      await popup.evaluate(expression);
    },
    close: () => browser.close(),
  };
}

async function startPlaywright(what: "page" | "context"): Promise<Session> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ARGS });
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
  return {
    target: what === "page" ? page : context,
    goto: (url) => page.goto(url),
    run: (expression, frame) =>
      (frame === undefined ? page : page.frames().find((each) => each.url().endsWith(frame))!).evaluate(
        expression,
      ) as never,
    async runInPopup(selector, expression) {
      const opened = page.waitForEvent("popup");
      await page.click(selector);
      const popup = await opened;
      await popup.waitForFunction("window.available");
      await popup.evaluate(expression);
    },
    close: () => browser.close(),
  };
}

/** Firefox and a connection to it of the shape that Selenium's `driver.getBidi()` has. */
async function startBidi(): Promise<Session> {
  const firefox = await launchFirefox({ extension: false, bidi: true });
  await firefox.addVirtualAuthenticator();
  const socket = new WebSocket(firefox.webSocketUrl);
  await once(socket, "open");
  const waiting = new Map<number, (answer: unknown) => void>();
  socket.on("message", (data) => {
    const answer = JSON.parse(String(data)) as { id?: number };
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let id = 0;
  const send = (command: { method: string; params: object }) =>
    new Promise<unknown>((resolve) => {
      waiting.set(++id, resolve);
      socket.send(JSON.stringify({ id, ...command }));
    });
  const ask = async (method: string, params: object) => {
    const answer = (await send({ method, params })) as { type: string; message?: string; result: never };
    if (answer.type === "error") throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };
  interface Context {
    context: string;
    url: string;
    children: Context[];
  }
  const contexts = async (): Promise<Context[]> =>
    ((await ask("browsingContext.getTree", {})) as { contexts: Context[] }).contexts.flatMap((top) => [
      top,
      ...top.children,
    ]);
  const [{ context: page }] = (await contexts()) as [Context];
  const evaluate = async (context: string, expression: string, userActivation = false) => {
    const params = { expression, target: { context }, awaitPromise: true, userActivation };
    const { result } = (await ask("script.evaluate", params)) as { result?: { value?: unknown } };
    return result?.value;
  };
  const find = (end: string) =>
    eventually(async () => {
      const found = (await contexts()).find(({ url }) => url.endsWith(end));
      if (!found) throw new Error(`no context of ${end}`);
      return found.context;
    });
  return {
    target: { send, socket },
    goto: (url) => ask("browsingContext.navigate", { context: page, url, wait: "complete" }),
    run: async (expression, frame) =>
      (await evaluate(frame === undefined ? page : await find(frame), expression)) as never,
    async runInPopup(selector, expression) {
      await evaluate(page, `document.querySelector(${JSON.stringify(selector)}).click()`, true);
      const popup = await find("/opened");
      await eventually(async () => expect(await evaluate(popup, "typeof available")).toBe("function"));
      await evaluate(popup, expression);
    },
    async close() {
      socket.close();
      await firefox.close();
    },
  };
}

let site: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  site = await servePages({
    "/": CEREMONIES,
    "/next": CEREMONIES,
    "/strict": { html: CEREMONIES, headers: STRICT },
    "/framing": `${CEREMONIES}<iframe src="/framed"></iframe>`,
    "/framed": CEREMONIES,
    "/early": `${CEREMONIES}<script>window.early = signIn()</script>`,
    "/asking": `${CEREMONIES}<script>window.early = available()</script>`,
    "/framing-asking": `${CEREMONIES}<iframe src="/asking"></iframe>`,
    "/opening": `${CEREMONIES}<button onclick="window.open('/opened')">open</button>`,
    "/opened": CEREMONIES,
  });
});
afterAll(() => site.close());

const callsOf = ({ realms, calls }: Recording) =>
  calls.map(({ api, outcome, realmId }) => [
    new URL(realms.find(({ id }) => id === realmId)!.url).pathname,
    api.replace(/^.*\./, ""),
    outcome.status,
  ]);

describe.each([
  ["Puppeteer", () => startPuppeteer("cdp")],
  ["Puppeteer by WebDriver BiDi", () => startPuppeteer("webDriverBiDi")],
  ["a page of Playwright", () => startPlaywright("page")],
  ["a context of Playwright", () => startPlaywright("context")],
  ["a session of WebDriver BiDi with Firefox", startBidi],
])("recording %s", (name, start) => {
  let session: Session;
  beforeAll(async () => {
    session = await start();
  });
  afterAll(() => session?.close());

  test("gives the calls of several pages and frames back, as a recording that verifies", async () => {
    const recorder = await record(session.target);
    const at = (path: string) => session.goto(site.on("localhost") + path);
    await at("/");
    const id = await session.run<string>("register()");
    await at("/next");
    expect(await session.run("signIn()")).toBe(id);
    await at("/strict");
    await session.run("signIn()");
    await at("/framing");
    await session.run("signIn()", "/framed");
    await at("/early");
    await session.run("early");

    const recording = await recorder.stop();
    expect(callsOf(recording)).toEqual([
      ["/", "create", "fulfilled"],
      ["/next", "get", "fulfilled"],
      ["/strict", "get", "fulfilled"],
      ["/framed", "get", "fulfilled"],
      ["/early", "get", "fulfilled"],
    ]);
    for (const { hook } of recording.realms.filter(({ url }) => url.startsWith("http")))
      expect(hook).toMatchObject({ via: "library", readyState: "loading", native: true });
    const { ceremonies } = await analyze(recording);
    for (const { verdicts } of ceremonies)
      expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
    expect(ceremonies[1]!.verdicts).toContainEqual(
      expect.objectContaining({ check: "signature", outcome: "pass" }),
    );
    const { recording: read, problems } = parseRecording(serializeRecording(recording));
    expect(problems).toEqual([]);
    expect(read).toEqual(recording);
  });

  test("hooks what is shown already, and says that it came late", async () => {
    await session.goto(`${site.on("localhost")}/`);
    const recorder = await record(session.target);
    await session.run("available()");
    const recording = await recorder.stop();
    expect(callsOf(recording)).toContainEqual(["/", expect.stringContaining("isUserVerifying"), "fulfilled"]);
  });

  test("a recorder tells what was called in its time, whoever else recorded the same page", async () => {
    await session.goto(`${site.on("localhost")}/`);
    const first = await record(session.target);
    await session.run("available()");
    const second = await record(session.target);
    await session.run("signIn('no bytes')");
    const names = async (recorder: typeof first) => callsOf(await recorder.stop()).map(([, api]) => api);
    expect(await names(first)).toEqual([expect.stringContaining("isUserVerifying"), "get"]);
    expect(await names(second)).toEqual(["get"]);
  });

  test("tells of calls that failed or wait, forgets on request, and hears nothing after the end", async () => {
    const recorder = await record(session.target);
    await session.goto(`${site.on("localhost")}/next`);
    await session.run("available()");
    await recorder.clear();
    expect(await session.run('signIn("a text").catch(() => {})')).toBe("TypeError");
    await session.run("void new Promise(() => signIn())");
    const recording = await recorder.recording();
    expect(callsOf(recording)[0]).toEqual(["/next", "get", "rejected"]);
    expect(recording.calls).toHaveLength(2);
    const last = await recorder.stop();
    await session.run("available()");
    await session.goto(`${site.on("localhost")}/`);
    expect((await recorder.recording()).calls).toEqual(last.calls);
  });

  // A page of Playwright is one page; that is what its contexts are for.
  if (name === "a page of Playwright") return;
  test("sees the windows that a page opens", async () => {
    const recorder = await record(session.target);
    await session.goto(`${site.on("localhost")}/opening`);
    await session.runInPopup("button", "available()");
    const recording = await recorder.stop();
    expect(callsOf(recording)).toContainEqual([
      "/opened",
      expect.stringContaining("isUserVerifying"),
      "fulfilled",
    ]);
  });
});

test("records Firefox by Puppeteer, frames and windows too, before the first script of a page", async () => {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: findFirefox() });
  try {
    const page = await browser.newPage();
    const recorder = await record(page);
    await page.goto(`${site.on("localhost")}/asking`);
    await page.evaluate("early");
    await page.goto(`${site.on("localhost")}/framing-asking`);
    const frame = await eventually(() => page.frames().find((each) => each.url().endsWith("/asking"))!);
    await frame.evaluate("early");
    const recording = await recorder.stop();
    expect(callsOf(recording)).toEqual(
      ["/asking", "/asking"].map((path) => [path, expect.stringContaining("isUserVerifying"), "fulfilled"]),
    );
    expect(recording.realms.map(({ hook }) => hook.readyState)).toEqual(["loading", "loading"]);
  } finally {
    await browser.close();
  }
});

test("what can't be recorded is refused with a sentence", async () => {
  await expect(record({} as Recordable)).rejects.toThrow("page of Playwright or Puppeteer");
});
