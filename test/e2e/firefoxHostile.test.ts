import { afterAll, beforeAll, expect, test } from "vitest";
import { MAX_CALLS } from "../../extension/background/tabLog.js";
import { bootstrapScript, createLinkKey, readExpression } from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { eventually } from "../support/eventually.js";
import { readTabLogs, type TabLog } from "../support/extensionLog.js";
import { type Firefox, launchFirefox } from "../support/firefox.js";
import { servePages } from "../support/servePages.js";

/**
 * Hostile pages where Firefox differs: what the hook says is not copied on its way to the content script, which
 * looks at the page's own objects. The same pages in a Firefox with Keyhole and in one without. (More of them, in
 * Chromium: hostile.test.ts.)
 */
let firefoxes: { hooked: Firefox; plain: Firefox };
let server: Awaited<ReturnType<typeof servePages>>;
let storageTab: string;

declare const browser: { storage: { session: { get(): Promise<Record<string, string>> } } };
declare const window: { made: number; answer: Promise<unknown> };

const PAGE = `<!doctype html><script>
  window.made = 0;
  window.call = (options) => { made++; return navigator.credentials.get(options).then((c) => c && c.type, (e) => e.name + ": " + e.message) };
</script>`;

beforeAll(async () => {
  server = await servePages({ "/": PAGE, "/frame": "<p>frame", "/favicon.ico": "" });
  const [hooked, plain] = await Promise.all([launchFirefox(), launchFirefox({ extension: false })]);
  firefoxes = { hooked, plain };
  storageTab = await hooked.open(`${hooked.extensionOrigin}/manifest.json`);
});
afterAll(async () => {
  await firefoxes?.hooked.close();
  await firefoxes?.plain.close();
  await server?.close();
});

const open = (firefox: Firefox) => firefox.open(`${server.on("localhost")}/`);

/** Runs the body of an async function as a script of the page's own: what a driver evaluates has built-ins of its own. */
const run = (firefox: Firefox, body: string) =>
  firefox.evaluate((text) => {
    document.head.append(Object.assign(document.createElement("script"), { textContent: text }));
    return window.answer;
  }, `window.answer = (async () => { ${body} })()`);

/** The log of the tab, in which every call that its page counted is kept or said to be lost. */
async function accounted(tab: string): Promise<TabLog> {
  const { hooked } = firefoxes;
  const [made, startedAt] = await hooked.evaluate(() => [window.made, performance.timeOrigin]);
  await hooked.switchTo(storageTab);
  const log = await eventually(async () => {
    const texts = await hooked.evaluate(() => browser.storage.session.get());
    const found = readTabLogs(texts).find(({ realms, state }) =>
      realms.some((realm) => realm.id === state.top && realm.startedAt === startedAt),
    );
    expect(found!.calls.length + found!.state.lost).toBe(made);
    const own = found!.calls.filter(({ realmId }) => realmId === found!.state.top);
    expect(own.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
    return found!;
  });
  expect(log.calls.length).toBeLessThanOrEqual(MAX_CALLS);
  if (made! <= MAX_CALLS) expect(log.state.lost).toBe(0);
  await hooked.switchTo(tab);
  return log;
}

test.each<[string, string, unknown]>([
  [
    "freezes the API",
    `for (const frozen of [navigator.credentials, CredentialsContainer.prototype, PublicKeyCredential, Navigator.prototype, navigator]) Object.freeze(frozen);
     return [await call({ publicKey: {} }), Object.isFrozen(navigator.credentials)]`,
    [expect.stringMatching(/^TypeError: /), true],
  ],
  [
    "puts a proxy in the place of navigator.credentials",
    `const target = navigator.credentials, touched = [];
     Object.defineProperty(navigator, "credentials", { value: new Proxy(target, { get(_, key) { touched.push(key); const value = Reflect.get(target, key); return typeof value === "function" ? value.bind(target) : value } }) });
     return [await call({ publicKey: {} }), touched]`,
    [expect.stringMatching(/^TypeError: /), ["get"]],
  ],
  [
    "has getters that throw, a thousand levels, proxies and big buffers in its options",
    `let ran = 0, deep = {}; for (let i = 0; i < 1000; i++) deep = { deep, list: [deep] };
     const trap = { get throws() { ran++; throw 1 } }, proxy = new Proxy({}, { getPrototypeOf() { throw 2 } });
     return [await call({ publicKey: { challenge: new Uint8Array(1e7), rpId: "other.example", extra: trap, extensions: deep }, deep, proxy, trap }), ran]`,
    [expect.stringMatching(/^SecurityError: /), 0],
  ],
  [
    "has replaced every function of the built-ins that a message needs",
    `const spoilt = () => { throw new Error("spoilt") };
     const replace = (holder, keep) => { for (const key of Reflect.ownKeys(holder)) { const d = Reflect.getOwnPropertyDescriptor(holder, key); if (d.configurable && typeof d.value === "function" && !keep.includes(key)) Reflect.defineProperty(holder, key, { ...d, value: spoilt }) } };
     for (const name of ["EventTarget", "MessagePort", "MessageEvent", "Event", "Array", "WeakMap", "Map", "String", "ArrayBuffer", "Uint8Array", "DataView", "Function"]) replace(window[name].prototype, ["constructor", "push", "includes", Symbol.iterator]);
     window.MessageEvent = window.Event = window.MessageChannel = window.Proxy = window.WeakMap = spoilt;
     Array.prototype.push = spoilt; JSON.stringify = Object.keys = spoilt;
     return call({ publicKey: {} })`,
    expect.stringMatching(/^TypeError: /),
  ],
  [
    "calls 3,000 times at once",
    `const calls = []; for (let i = 0; i < 3000; i++) calls[i] = call({ publicKey: {} });
     return [...new Set(await Promise.all(calls))]`,
    [expect.stringMatching(/^TypeError: /)],
  ],
  [
    "removes frames while their calls are pending, and calls in their last moments",
    `for (const src of ["", "/frame"]) for (let n = 0; n < 5; n++) {
       const frame = document.createElement("iframe"); if (src) frame.src = src;
       const loaded = new Promise((resolve) => { frame.onload = resolve }); document.body.append(frame); await loaded;
       const scope = frame.contentWindow, { credentials } = scope.navigator;
       const ask = () => { made++; credentials.get({ publicKey: { challenge: new Uint8Array(1) } }).catch(() => {}) };
       scope.addEventListener("pagehide", ask); ask(); ask();
       if (n % 2) await null;
       frame.remove();
     }
     return made`,
    30,
  ],
])(
  "a page in Firefox that %s works as without us, and each call is kept or counted",
  async (_, body, value) => {
    const { hooked, plain } = firefoxes;
    await open(plain);
    const expected = await run(plain, body);
    expect(expected).toEqual(value);
    await plain.closeTab();
    const tab = await open(hooked);
    expect(await run(hooked, body)).toEqual(expected);
    await accounted(tab);
    await hooked.closeTab();
  },
);

test("a Bootstrap Script that is pasted beside the extension in Firefox leaves it the page", async () => {
  const { hooked } = firefoxes;
  const tab = await open(hooked);
  const key = createLinkKey();
  const script = bootstrapScript(readBuilt("hook/keyhole-bootstrap.js"), {
    key,
    via: "bootstrap",
    console: "events",
  });
  const body = `const { get } = CredentialsContainer.prototype;
    ${script}
    await call({ publicKey: {} }); return CredentialsContainer.prototype.get === get`;
  expect(await run(hooked, body)).toBe(true);
  expect(JSON.parse((await run(hooked, `return ${readExpression({ key })}`)) as string)).toMatchObject({
    hook: "other",
  });
  const { calls } = await accounted(tab);
  expect(calls.map(({ environment }) => environment.replaced)).toEqual([undefined]);
  await hooked.closeTab();
});
