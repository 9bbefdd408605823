import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_CALLS } from "../../extension/background/tabLog.js";
import { bootstrapScript, createLinkKey } from "../../src/index.js";
import { listBuilt, readBuilt } from "../build/built.js";
import { register } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog, type TabLog } from "../support/extensionLog.js";
import { readCallCount } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

/**
 * Pages, and another extension, that do what they can against Keyhole or do not know of it: the same in a Chromium
 * with both extensions and in one with the other alone. (Built-ins that a page replaces after the hook: see
 * transparency.test.ts; forged events and ports: capture.test.ts.)
 */
let browsers: { hooked: Browser; plain: Browser };
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;
let other: string;

declare const chrome: { storage: { session: { get(): Promise<Record<string, string>> } } };

/** Counts the calls of the page, its beats, and how often the getters ran that should not. */
const PAGE = `<!doctype html><title>page</title><script>
  window.made = 0; window.ran = 0; window.beats = 0; setInterval(() => beats++, 20);
  window.call = (options, api = "get") => { made++; return navigator.credentials[api](options).then((c) => c && c.type, (e) => e.name + ": " + e.message) };
  window.all = (calls) => Promise.all(calls).then((answers) => [...new Set(answers)]);
</script>`;

beforeAll(async () => {
  server = await servePages({
    "/": PAGE,
    "/favicon.ico": "",
    "/frame": "<p>frame",
    "/early": PAGE.replace("</script>", `window.early = call({ publicKey: {}, early: 1 });</script>`),
  });
  const [hooked, plain] = await Promise.all([launchChromium(), launchChromium({ extension: false })]);
  browsers = { hooked, plain };
  log = await openExtensionLog(hooked);
  other = await realpath(await mkdtemp(join(tmpdir(), "other-extension-")));
  const [own] = [...(await hooked.extensions()).keys()];
  for (const order of ["before", "after"] as const) {
    const folder = await writeOtherExtension(own!, order);
    for (const browser of [hooked, plain]) await browser.installExtension(folder);
  }
});
afterAll(async () => {
  await browsers?.hooked.close();
  await browsers?.plain.close();
  await server?.close();
  await rm(other, { recursive: true, force: true });
});

async function open(browser: Browser, path = "/", host = "localhost"): Promise<Page> {
  const page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(server.on(host) + path);
  await page.bringToFront();
  return page;
}

/** Runs the body of an async function in the page. */
const run = (page: Page, body: string) => page.evaluate(`(async () => { ${body} })()`);

/** Runs it with and without Keyhole; both have to see the same. The page with Keyhole stays open. */
async function same(body: string, path?: string, host?: string): Promise<{ page: Page; value: unknown }> {
  const plain = await open(browsers.plain, path, host);
  const value = await run(plain, body);
  await plain.close();
  const page = await open(browsers.hooked, path, host);
  expect(await run(page, body)).toEqual(value);
  return { page, value };
}

/** Every call that the page counted is in the log, settled, or among those that are said to be lost. */
async function accounted(page: Page): Promise<TabLog> {
  const made = (await page.evaluate("made")) as number;
  const found = await eventually(async () => {
    const { state, calls, ...more } = await log.of(page);
    expect(calls.length + state.lost).toBe(made);
    expect(calls.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
    return { state, calls, ...more };
  });
  expect(found.calls.length).toBeLessThanOrEqual(MAX_CALLS);
  // More than the largest copy there is, and its environment.
  for (const call of found.calls) expect(JSON.stringify(call).length).toBeLessThan(1_500_000);
  return found;
}

/** The page still runs, and what is called in another tab arrives. */
async function isResponsive(page: Page): Promise<void> {
  const before = (await page.evaluate("beats")) as number;
  await page.waitForFunction(`beats > ${before}`);
  const quiet = await open(browsers.hooked);
  await run(quiet, "await call(undefined, 'preventSilentAccess')");
  expect((await accounted(quiet)).calls).toHaveLength(1);
  await quiet.close();
}

const REFUSED = /^TypeError: /;

describe("a page works as without us, and its calls are counted, when it", () => {
  test.each<[string, string, unknown]>([
    [
      "freezes the API",
      `for (const frozen of [navigator.credentials, CredentialsContainer.prototype, PublicKeyCredential, Navigator.prototype, navigator]) Object.freeze(frozen);
       return [await call({ publicKey: {} }), Object.isFrozen(navigator.credentials)]`,
      [expect.stringMatching(REFUSED), true],
    ],
    [
      "puts a proxy in the place of navigator.credentials",
      `const target = navigator.credentials; const touched = [];
       Object.defineProperty(navigator, "credentials", { value: new Proxy(target, { get(_, key) { touched.push(key); const value = Reflect.get(target, key); return typeof value === "function" ? value.bind(target) : value } }) });
       return [await call({ publicKey: {} }), touched]`,
      [expect.stringMatching(REFUSED), ["get"]],
    ],
    [
      "has prototypes without end",
      `const endless = () => new Proxy({}, { getPrototypeOf: endless }); const own = new Proxy({}, { getPrototypeOf: () => own });
       return [await call({ publicKey: {}, endless: endless(), own }), await call({ publicKey: own })]`,
      [expect.stringMatching(REFUSED), expect.stringMatching(REFUSED)],
    ],
    [
      "has getters that throw, loop, call or reload where the browser does not look",
      // Names that the API reads elsewhere, too.
      `const trap = { get loop() { ran++; for (;;); }, get id() { ran++; for (;;); }, get reload() { ran++; location.reload() }, get name() { ran++; location.reload() }, get calls() { ran++; call({}) }, get user() { ran++; throw 1 } };
       return [await call({ publicKey: { ...Object.create(trap), extra: trap, extensions: { extra: trap } }, extra: trap }, "get", trap), await call(Object.create({ get loop() { ran++; for (;;); } }, { publicKey: { get() { throw new RangeError("mine") } } })), ran]`,
      [expect.stringMatching(REFUSED), "RangeError: mine", 0],
    ],
    [
      "has options with a thousand levels",
      `let deep = {}; for (let i = 0; i < 1000; i++) deep = { deep, list: [deep] };
       return all([call({ publicKey: {}, deep }), call({ publicKey: { challenge: new Uint8Array(1), extensions: deep, rpId: "other.example" } })])`,
      [expect.stringMatching(REFUSED), expect.stringMatching(/^SecurityError/)],
    ],
    [
      "passes buffers of 100 MB",
      `const huge = new Uint8Array(1e8);
       return call({ publicKey: { challenge: huge, excludeCredentials: [{ type: "public-key", id: huge }] } }, "create")`,
      expect.stringMatching(REFUSED),
    ],
    [
      "has names, texts, numbers and lists of any size",
      `const huge = "x".repeat(2e7); const c = new AbortController(); c.abort(new Error(huge));
       const answers = [];
       for (const extra of [huge, { [huge]: 1 }, Symbol(huge), 1n << 20000000n, Object(huge), new Set(Array(1e5).keys()), Array(1e6), new Error(huge), Object.defineProperty(() => {}, "name", { value: huge })])
         answers.push(await call({ publicKey: {}, extra }));
       answers.push((await call({ publicKey: { challenge: new Uint8Array(1) }, signal: c.signal })).length);
       return [...new Set(answers)]`,
      [expect.stringMatching(REFUSED), 2e7 + "Error: ".length],
    ],
    [
      "asks for stacks without end",
      `Error.stackTraceLimit = Infinity; const deep = (n) => n ? deep(n - 1) : call({ publicKey: {} }); return deep(3000)`,
      expect.stringMatching(REFUSED),
    ],
  ])("%s", async (_, body, expected) => {
    const { page, value } = await same(body);
    expect(value).toEqual(expected);
    await accounted(page);
    await isResponsive(page);
    await page.close();
  });
});

test("an object of a million keys is listed once, and not for every call that passes it", async () => {
  const { page, value } = await same(`
    const large = {}; for (let i = 0; i < 1e6; i++) large["key" + i] = i;
    const timed = async (count) => { const from = performance.now(); for (let i = 0; i < count; i++) await call({ publicKey: {}, large }); return performance.now() - from };
    window.times = [await timed(1), await timed(5)]; return call({ publicKey: {}, large })`);
  expect(value).toMatch(REFUSED);
  const [once, again] = (await page.evaluate("times")) as [number, number];
  expect(again).toBeLessThan(once);
  const { calls } = await accounted(page);
  expect(calls[0]).toMatchObject({ arguments: [{ large: { $: "truncated", length: 1e6 } }] });
  expect(calls[1]).toMatchObject({ arguments: [{ $: "truncated" }] });
  await page.close();
});

const NEXT_TASK =
  "await new Promise((resolve) => { const c = new MessageChannel(); c.port1.onmessage = resolve; c.port2.postMessage(0) });";

test.each([
  ["in the same task as their calls", ""],
  ["a microtask later", "await null;"],
  ["a task later", NEXT_TASK],
  ["a timer later", "await new Promise((resolve) => setTimeout(resolve));"],
])(
  "frames that are removed while calls are pending, %s: every call is kept, the last words too",
  async (_, pause) => {
    const { page, value } = await same(`
    const kinds = [() => {}, (frame) => { frame.srcdoc = "<p>frame" }, (frame) => { frame.src = "/frame" }];
    return Promise.all(kinds.flatMap((prepare) => Array.from({ length: 10 }, async () => {
      const frame = document.createElement("iframe"); prepare(frame);
      const loaded = new Promise((resolve) => { frame.onload = resolve }); document.body.append(frame); await loaded;
      const scope = frame.contentWindow, { credentials } = scope.navigator;
      const ask = () => { made++; credentials.get({ publicKey: { challenge: new Uint8Array(1) } }).catch(() => {}) };
      scope.addEventListener("pagehide", ask);
      for (let i = 0; i < 3; i++) ask();
      ${pause} frame.remove(); return scope.closed;
    })))`);
    expect(value).toEqual(Array(30).fill(true));
    const { calls, state } = await eventually(async () => {
      const found = await log.of(page);
      expect(found.calls.length + found.state.lost).toBe(120);
      return found;
    });
    expect(state.lost).toBe(0);
    expect(new Set(calls.map(({ realmId }) => realmId)).size).toBe(30);
    await isResponsive(page);
    await page.close();
  },
);

describe("a page that calls without end", () => {
  test.each([
    ["10,000 times at once", "for (let i = 0; i < 10000; i++) calls.push(call({ publicKey: {} }));"],
    [
      "10,000 times in a second",
      `for (let i = 0; i < 100; i++) { for (let j = 0; j < 100; j++) calls.push(call({ publicKey: {} })); await new Promise((resolve) => setTimeout(resolve, 10)) }`,
    ],
    [
      "500 times with half a megabyte",
      `const id = new Uint8Array(60000); for (let i = 0; i < 500; i++) calls.push(call({ publicKey: { challenge: id, allowCredentials: Array(8).fill({ type: "public-key", id }), rpId: "other.example" } }));`,
    ],
    [
      "10,000 times at once, a function that has no options",
      `for (let i = 0; i < 10000; i++) { made++; calls.push(PublicKeyCredential.isConditionalMediationAvailable()) }`,
    ],
    [
      "5,000 times at once, each to be aborted",
      `const c = new AbortController(); for (let i = 0; i < 5000; i++) calls.push(call({ signal: c.signal, publicKey: { challenge: new Uint8Array(1) } })); c.abort(new Error("mine"));`,
    ],
    [
      "200 times with a thousand credentials",
      `const allowCredentials = Array.from({ length: 1000 }, () => ({ type: "public-key", id: new Uint8Array(64), transports: ["internal", "hybrid"] }));
       for (let i = 0; i < 200; i++) calls.push(call({ publicKey: { challenge: new Uint8Array(32), allowCredentials }, signal: AbortSignal.abort() }));`,
    ],
    [
      "in 40 frames at once, 100 times in each",
      `const frames = Array.from({ length: 40 }, () => document.body.appendChild(document.createElement("iframe")).contentWindow);
       for (let i = 0; i < 100; i++) for (const { navigator } of frames) { made++; calls.push(navigator.credentials.get({ publicKey: {} }).catch((e) => e.name)) }`,
    ],
  ])("%s goes on as without us, and the panel counts what is kept", async (_, storm) => {
    const { page } = await same(`const calls = []; ${storm} return all(calls)`);
    await isResponsive(page);
    const { calls } = await accounted(page);
    const { panel } = await openKeyholePanel(page);
    await eventually(async () => expect(await readCallCount(panel)).toBe(calls.length));
    await page.close();
  });
});

test("a frame whose built-ins its parent spoilt before the hook came works as without us", async () => {
  const { page } = await same(`
    const frame = document.createElement("iframe"); document.body.append(frame);
    const scope = frame.contentWindow; const spoilt = () => { throw new Error("spoilt") };
    frame.src = "/frame";
    for (const holder of [scope.Reflect, scope.Promise.prototype, scope.String.prototype, scope.WeakMap.prototype, scope.Object, scope.Date])
      for (const key of Reflect.ownKeys(holder)) { const d = Reflect.getOwnPropertyDescriptor(holder, key); if (d.configurable && typeof d.value === "function" && key !== "constructor") Object.defineProperty(holder, key, { ...d, value: spoilt }) }
    await new Promise((resolve) => { frame.onload = resolve });
    made++;
    return new Promise((resolve) => Promise.prototype.then.call(frame.contentWindow.navigator.credentials.get({ publicKey: {} }), resolve, (error) => resolve(error.name)))`);
  expect(await run(page, "return call({ publicKey: {} })")).toMatch(REFUSED);
  await page.close();
});

test("a Bootstrap Script that is pasted beside the extension leaves it the page, and records nothing twice", async () => {
  const script = bootstrapScript(readBuilt("hook/keyhole-bootstrap.js").replaceAll("0.1.0", "0.0.9"), {
    key: createLinkKey(),
    via: "bootstrap",
    console: "events",
  });
  const page = await open(browsers.hooked);
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  const before = await page.evaluate("navigator.credentials.get === CredentialsContainer.prototype.get");
  await page.evaluate(script);
  await run(page, "made++; await navigator.credentials.create({ publicKey: {} }).catch(() => {})");
  await page.evaluate(register);
  await page.evaluate("made++");
  expect(await page.evaluate("navigator.credentials.get === CredentialsContainer.prototype.get")).toBe(
    before,
  );
  expect((await accounted(page)).calls.map(({ environment }) => environment.replaced)).toEqual([
    undefined,
    undefined,
  ]);
  expect(lines).toEqual([]);
  await page.close();
});

// A stand-in for password managers, by us: what it does is what known ones do, each on a host of its own.
describe.each(["before", "after"] as const)(
  "another extension that comes %s us and answers in the page's stead",
  (order) => {
    test.each([
      ["methods of the instance", "instance"],
      ["methods of the prototype", "prototype"],
      ["navigator.credentials as a whole, for good", "whole"],
      ["navigator.credentials, half a second after the page was loaded", "late"],
    ])("replaces %s: seen, marked, and as without us", async (_, what) => {
      const { page, value } = await same(
        `await ready; const early = await window.early;
       const own = await navigator.credentials.get({ publicKey: {}, mine: true }).then((c) => { made++; return [c.id, c.type, c instanceof PublicKeyCredential] });
       const passed = await call({ publicKey: {} });
       return [early, own, passed, Object.prototype.toString.call(navigator.credentials), navigator.credentials.get.name]`,
        "/early",
        `${what}.${order}.localhost`,
      );
      expect(await page.evaluate("hooked")).toBe(order === "after");
      expect((value as unknown[][])[1]).toEqual(["theirs", "public-key", false]);
      const { calls, realms } = await accounted(page);
      expect(calls.filter(({ environment }) => !environment.replaced).length).toBe(what === "late" ? 1 : 0);
      expect(realms.map(({ hook }) => hook.native)).toEqual([order === "after" || what === "late"]);
      expect(calls.find(({ outcome }) => outcome.status === "fulfilled")).toMatchObject({
        outcome: { value: { $: "PublicKeyCredential", value: { id: "theirs" } } },
      });
      await page.close();
    });
  },
);

test("what a page or another extension writes into stores of its own under our keys is never read", async () => {
  const page = await open(browsers.hooked);
  await run(page, "await call(undefined, 'preventSilentAccess')");
  const before = await accounted(page);
  const forged: Record<string, string> = Object.fromEntries(
    Object.entries(await log.page.evaluate(() => chrome.storage.session.get())).map(([key, text]) => [
      key,
      text.replaceAll("preventSilentAccess", "store").replaceAll("localhost", "forged.example"),
    ]),
  );
  expect(JSON.stringify(forged)).toContain("credentials.store");
  expect(
    await page.evaluate(async (entries) => {
      for (const [key, text] of Object.entries(entries)) {
        localStorage.setItem(key, text);
        sessionStorage.setItem(key, text);
        // biome-ignore lint/suspicious/noDocumentCookie: as old pages write them
        document.cookie = `${encodeURIComponent(key)}=1`;
        await (await caches.open("keyhole")).put(`/${key}`, new Response(text));
      }
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open("keyhole");
        request.onupgradeneeded = () => request.result.createObjectStore("session");
        request.onsuccess = () => resolve(request.result);
      });
      const store = database.transaction("session", "readwrite").objectStore("session");
      for (const [key, text] of Object.entries(entries)) store.put(text, key);
      const { runtime, storage } =
        (globalThis as { chrome?: { runtime?: unknown; storage?: unknown } }).chrome ?? {};
      return [runtime ?? null, storage ?? null];
    }, forged),
  ).toEqual([null, null]);
  const id = [...(await browsers.hooked.extensions()).values()].find(({ name }) => /Stand-in/.test(name))!.id;
  const theirs = await browsers.hooked.newPage();
  await theirs.goto(`chrome-extension://${id}/manifest.json`);
  const refused = await theirs.evaluate(
    `(async () => {
      const forged = ${JSON.stringify(forged)};
      for (const area of [chrome.storage.session, chrome.storage.local]) await area.set(forged);
      const port = chrome.runtime.connect(${JSON.stringify(new URL(log.page.url()).host)});
      port.postMessage({ kind: "clear", tabId: ${before.tabId} });
      return new Promise((resolve) => port.onDisconnect.addListener(() => resolve(chrome.runtime.lastError?.message)));
    })()`,
  );
  expect(refused).toMatch(/Receiving end does not exist/);
  await page.reload();
  await run(page, "await call(undefined, 'preventSilentAccess')");
  // The log goes on over a reload.
  await eventually(async () => {
    const { calls, state } = await log.of(page);
    expect(calls.map(({ api }) => api)).toEqual(Array(2).fill("credentials.preventSilentAccess"));
    expect(state.lost).toBe(0);
  });
  expect(JSON.stringify(await log.tabs())).not.toContain("forged");
  await theirs.close();
  await page.close();
});

test("no page and no other extension can load, frame or talk to anything of Keyhole", async () => {
  const extensions = [...(await browsers.hooked.extensions()).values()];
  const idOf = (name: RegExp) => extensions.find((extension) => name.test(extension.name))!.id;
  const own = `chrome-extension://${idOf(/Keyhole/)}/`;
  const files = listBuilt("chrome").map((file) => own + file.slice("chrome/".length));
  expect(files).toContain(`${own}popup/popup.html`);

  const page = await open(browsers.hooked);
  const theirs = await browsers.hooked.newPage();
  await theirs.goto(`chrome-extension://${idOf(/Stand-in/)}/manifest.json`);
  const load = (urls: string[]) =>
    Promise.all(
      urls.map((url) =>
        fetch(url).then(
          () => `loaded ${url}`,
          () => "refused",
        ),
      ),
    );
  for (const from of [page, theirs])
    expect(new Set(await from.evaluate(load, files))).toEqual(new Set(["refused"]));

  await page.evaluate((src) => {
    const frame = Object.assign(document.createElement("iframe"), { src });
    const shown = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    return shown;
  }, `${own}popup/popup.html?tab=1`);
  expect(page.frames().filter((frame) => frame.url().startsWith(own))).toEqual([]);

  await run(page, "await call(undefined, 'preventSilentAccess')");
  const before = await accounted(page);
  const answer = await theirs.evaluate(
    `chrome.runtime.sendMessage(${JSON.stringify(idOf(/Keyhole/))}, { kind: "clear", tabId: ${before.tabId} }).then(() => "answered", (error) => error.message)`,
  );
  expect(answer).toMatch(/Receiving end does not exist/);
  expect(await accounted(page)).toEqual(before);
  await theirs.close();
  await page.close();
});

/**
 * A tiny extension of our own with the shape of password managers: a script in the page's world at
 * document_start. Chromium runs those of several extensions in the order of their ids, and the id of an unpacked one
 * is made of its path: so the folder decides whether it comes before Keyhole or after.
 */
async function writeOtherExtension(own: string, order: "before" | "after"): Promise<string> {
  const idOf = (path: string) =>
    [...createHash("sha256").update(path).digest("hex").slice(0, 32)]
      .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
      .join("");
  let folder = "";
  for (let i = 0; !folder || idOf(folder) < own !== (order === "before"); i++)
    folder = join(other, `${order}-${i}`);
  await mkdir(folder);
  const manifest = {
    manifest_version: 3,
    name: `Stand-in for a password manager, ${order}`,
    version: "1",
    permissions: ["storage"],
    content_scripts: [
      {
        matches: [`http://*.${order}.localhost/*`],
        js: ["page.js"],
        run_at: "document_start",
        world: "MAIN",
      },
    ],
  };
  const page = `{
    try { window.hooked = Function.prototype.toString.call("keyhole?") === "keyhole!" } catch { window.hooked = false }
    const container = navigator.credentials, native = { create: container.create.bind(container), get: container.get.bind(container) };
    const theirs = { id: "theirs", rawId: new ArrayBuffer(1), type: "public-key", authenticatorAttachment: "platform", getClientExtensionResults: () => ({}),
      response: { clientDataJSON: new ArrayBuffer(2), authenticatorData: new ArrayBuffer(37), signature: new ArrayBuffer(4), userHandle: null } };
    const get = async function (options) { return options.mine ? theirs : native.get(options) }, create = async (options) => native.create(options);
    let settle; window.ready = new Promise((resolve) => { settle = resolve });
    const what = location.hostname.split(".")[0];
    const replace = {
      instance() { container.get = get; container.create = create },
      prototype() { CredentialsContainer.prototype.get = get; CredentialsContainer.prototype.create = create },
      whole() { Object.defineProperty(navigator, "credentials", { value: { get, create } }) },
      late() { container.get = get },
    }[what];
    if (what === "late") addEventListener("load", () => setTimeout(() => { replace(); settle() }, 500));
    else { replace(); settle() }
  }`;
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "page.js"), page);
  return folder;
}
