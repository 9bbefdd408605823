import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { servePages } from "../support/servePages.js";

/**
 * The same page code in a Chromium with the extension and in one without: whatever the page can find
 * out has to be the same. Everything runs as the page's own script, `location` is the same.
 */
let browsers: { hooked: Browser; plain: Browser };
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;

/** First on every page, before anything else of it: notes what a page can note. */
const NOTES = `<!doctype html><title>page</title><script>
  window.notes = [];
  for (const type of ["message", "error", "unhandledrejection", "rejectionhandled", "keyhole:port", "keyhole:port?", "securitypolicyviolation"])
    addEventListener(type, (e) => notes.push([type, e.reason instanceof Error ? e.reason.name : String(e.reason), e.promise === window.last, e.message, e.filename, e.lineno, e.colno]), true);
  window.options = (more) => ({ publicKey: { challenge: new Uint8Array(16), rp: { name: "a" }, user: { id: new Uint8Array([1]), name: "a", displayName: "b" },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }], ...more } });
</script><input autocomplete="username webauthn">`;

beforeAll(async () => {
  server = await servePages({
    "/": NOTES,
    "/favicon.ico": "",
    "/csp": {
      html: NOTES.replaceAll("<script>", "<script nonce=n>"),
      headers: { "content-security-policy": "default-src 'none'; script-src 'nonce-n'" },
    },
  });
  const [hooked, plain] = await Promise.all([launchChromium(), launchChromium({ extension: false })]);
  browsers = { hooked, plain };
  log = await openExtensionLog(hooked);
});
afterAll(async () => {
  await browsers?.hooked.close();
  await browsers?.plain.close();
  await server?.close();
});

interface Seen {
  value: unknown;
  console: string[];
}

async function see(browser: Browser, body: string, path: string): Promise<Seen> {
  const page = await browser.newPage();
  const lines: string[] = [];
  page.on("console", (message) => lines.push(`${message.type()}: ${message.text()}`));
  await addVirtualAuthenticator(page);
  await page.goto(server.on("localhost") + path);
  await page.bringToFront();
  const value = await runAsPage(page, body);
  await page.close();
  return { value, console: lines };
}

/** As a script element of the page, so that its stacks and errors are those of the page's own code. */
async function runAsPage(page: Page, body: string): Promise<unknown> {
  return page.evaluate(
    (code) =>
      new Promise((resolve, reject) => {
        Object.assign(window, { resolve, reject });
        const script = document.createElement("script");
        script.nonce = "n";
        script.textContent = `(async () => {${code}\n})().then(resolve, (e) => reject(String(e && e.stack || e)))\n//# sourceURL=app.js`;
        document.documentElement.append(script);
        script.remove();
      }),
    body,
  );
}

/** What the page saw, the same in both browsers. */
async function same(body: string, path = "/"): Promise<unknown> {
  const [hooked, plain] = await Promise.all([
    see(browsers.hooked, body, path),
    see(browsers.plain, body, path),
  ]);
  expect(hooked).toEqual(plain);
  return plain.value;
}

const FUNCTIONS = `
  const holders = { "CredentialsContainer.prototype": CredentialsContainer.prototype, PublicKeyCredential, Credential, "Navigator.prototype": Navigator.prototype,
    "Function.prototype": Function.prototype, navigator, credentials: navigator.credentials, CredentialsContainer };
  const functions = [];
  for (const [path, holder] of Object.entries(holders)) for (const key of Reflect.ownKeys(holder)) {
    const d = Object.getOwnPropertyDescriptor(holder, key);
    for (const kind of ["value", "get", "set"]) if (typeof d[kind] === "function" && !["caller", "arguments"].includes(key)) functions.push([path + "." + String(key) + "." + kind, d[kind], d]);
  }
  const attempt = (act) => { try { return String(act()) } catch (e) { return e.name + ": " + e.message + "\\n" + e.stack } };`;

describe("what the page finds", () => {
  test("descriptors, names, lengths, texts and prototypes of all functions concerned", async () => {
    const seen = (await same(`${FUNCTIONS}
      return functions.map(([path, f, d]) => [path, d.configurable, d.enumerable, d.writable, f.name, f.length, Reflect.ownKeys(f).map(String).join(),
        Object.getPrototypeOf(f) === Function.prototype || Object.getPrototypeOf(f).name, "prototype" in f, Function.prototype.toString.call(f), f.toString(), \`\${f}\`, typeof f,
        Object.prototype.toString.call(f), Object.isExtensible(f), attempt(() => f.caller), attempt(() => f.arguments)]);`)) as unknown[][];
    const create = seen.find(([path]) => path === "CredentialsContainer.prototype.create.value");
    expect(create).toContain("function create() { [native code] }");
  });

  test("own keys of everything that could carry a trace", async () => {
    await same(`return [window, navigator, navigator.credentials, CredentialsContainer, CredentialsContainer.prototype, PublicKeyCredential, PublicKeyCredential.prototype,
      Navigator.prototype, Function.prototype, Object.prototype, Array.prototype, Promise, Promise.prototype, Error, document, document.documentElement, HTMLElement.prototype, Document.prototype, Symbol]
      .map((o) => Reflect.ownKeys(o).map(String).filter((k) => !["resolve", "reject"].includes(k)))`);
    await same(
      `const seen = []; for (const key in window) seen.push(key); return seen.filter((k) => !["resolve", "reject"].includes(k))`,
    );
  });

  test("nothing in the document", async () => {
    await same("return document.documentElement.outerHTML");
  });

  test("brand checks: what they refuse, in which words, with which stack", async () => {
    await same(`${FUNCTIONS}
      const results = [];
      for (const [path, f] of functions.filter(([path]) => /Container\\.prototype|PublicKeyCredential\\.|credentials|toString/.test(path) && !/constructor|prototype\\.value|Function\\.prototype\\.(?!toString)/.test(path)))
        for (const self of [{}, null, undefined, 1, window, Object.create(navigator)]) {
          let answer; try { answer = f.call(self, {}) } catch (e) { results.push([path, "threw", e.name, e.message, e.stack]); continue }
          if (answer instanceof Promise) results.push([path, ...await answer.then(() => ["fine"], (e) => [e.name, e.message, e.stack])]);
          else results.push([path, String(answer)]);
        }
      return results;`);
  });

  test("functions that can't be constructed, and have no hidden name", async () => {
    await same(`const { create } = navigator.credentials;
      const tries = [() => new create(), () => Reflect.construct(create, []), () => class extends create {}, () => Reflect.construct(Object, [], create), () => create.call(), () => JSON.stringify(create), () => Object.keys(create)];
      return tries.map((act) => { try { return String(act()) } catch (e) { return [e.name, e.message, e.stack] } })`);
  });
});

describe("what becomes of a call", () => {
  test("a registration and a sign-in: same types, same members, same shape", async () => {
    const seen = await same(`
      const made = await navigator.credentials.create(options({ extensions: { credProps: true, prf: { eval: { first: new Uint8Array(32) } } } }));
      const got = await navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16), allowCredentials: [{ type: "public-key", id: made.rawId }] } });
      const p = PublicKeyCredential.getClientCapabilities();
      return [made, got].map((c) => [c.constructor.name, c.type, c.id.length, c.authenticatorAttachment, Object.keys(c.toJSON().response).join(), JSON.stringify(c.getClientExtensionResults()), c instanceof PublicKeyCredential])
        .concat([[p.constructor === Promise, Object.getPrototypeOf(p) === Promise.prototype, Reflect.ownKeys(p).length, String(p), JSON.stringify(await p)], [await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()]])`);
    expect(JSON.stringify(seen)).toContain("public-key");
  });

  test("rejections: the same error, the same words, the same stack", async () => {
    const seen = await same(`
      async function signUp(given) { return navigator.credentials.create(given) }
      const aborted = new AbortController(); aborted.abort();
      const reasoned = new AbortController(); reasoned.abort({ mine: true });
      const results = [];
      for (const given of [undefined, null, 1, {}, { publicKey: {} }, { publicKey: { challenge: "text" } }, options({ rp: { id: "other.example", name: "a" } }), options({ user: { id: new Uint8Array(65), name: "a", displayName: "a" } }),
        options({ timeout: {} }), options({ attestation: 1n }), { ...options(), signal: aborted.signal }, { ...options(), signal: {} }, { ...options(), mediation: "nonsense" }])
        results.push(await signUp(given).then(String, (e) => [e.name, e.message, e.code, e.stack, Object.getPrototypeOf(e).constructor.name, Reflect.ownKeys(e).join()]));
      results.push(await signUp({ ...options(), signal: reasoned.signal }).catch((e) => e === reasoned.signal.reason));
      (function deep(n) { n ? deep(n - 1) : results.push(navigator.credentials.create({ publicKey: {} }).catch((e) => e.stack)) })(20);
      return Promise.all(results)`);
    expect(JSON.stringify(seen)).toContain("Required member is undefined");
    expect(JSON.stringify(seen)).toContain("at signUp");
  });

  test("synchronous functions: what they return, what they throw, with which stack", async () => {
    await same(`const results = [];
      for (const name of ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"])
        for (const given of [undefined, {}, { challenge: "AQ" }, { challenge: "!" }, { challenge: "AQ", extensions: { largeBlob: { write: "AQ" } } }])
          try { const made = PublicKeyCredential[name](given); results.push([Object.keys(made), made.challenge.byteLength]) } catch (e) { results.push([e.name, e.message, e.stack]) }
      return results`);
  });

  test("unhandled rejections are reported as often, for the promise that the page holds", async () => {
    const seen = await same(`
      const heard = (type) => new Promise((resolve) => addEventListener(type, resolve, { once: true }));
      const reported = async (make) => { const event = heard("unhandledrejection"); window.last = make(); await event };
      await reported(() => navigator.credentials.create({ publicKey: {} }));
      await reported(() => navigator.credentials.create(options({ rp: { id: "other.example", name: "a" } })));
      await navigator.credentials.create({ publicKey: {} }).catch(() => {});
      await reported(() => navigator.credentials.create({ publicKey: {} }).then(() => {}));
      await reported(() => navigator.credentials.create({ publicKey: {} }));
      await new Promise((resolve) => setTimeout(resolve));
      const handled = heard("rejectionhandled"); window.last.catch(() => {}); await handled;
      return notes`);
    expect((seen as unknown[][]).map(([type]) => type)).toEqual([
      ...Array(4).fill("unhandledrejection"),
      "rejectionhandled",
    ]);
  });

  test("order of settlements", async () => {
    await same(`const order = []; const note = (n) => () => order.push(n);
      const c = new AbortController();
      c.signal.addEventListener("abort", note("abort 1"));
      const pending = navigator.credentials.get({ mediation: "conditional", signal: c.signal, publicKey: { challenge: new Uint8Array(1), allowCredentials: [{ type: "public-key", id: new Uint8Array(9) }] } }).catch(note("pending"));
      c.signal.addEventListener("abort", note("abort 2"));
      const bad = [1, 2, 3].map((n) => navigator.credentials.create({ publicKey: {} }).catch(note("bad " + n)));
      order.push("sync"); c.abort(); order.push("after abort"); await Promise.all([pending, ...bad]); return order`);
  });

  test("known limit: a rejection that is there at once comes one microtask later, and in no other order", async () => {
    const code = `const order = [];
      const chain = (name, length) => { let p = Promise.reject(1); for (let i = 1; i < length; i++) p = p.then(); return p.catch(() => { order.push(name + " " + length) }) };
      const chains = (name) => [1, 2, 3].map((length) => chain(name, length));
      const cred = () => navigator.credentials.create({ publicKey: {} }).catch(() => { order.push("cred") });
      await Promise.all([...chains("before"), cred(), ...chains("after")]);
      return order`;
    const orderIn = async (browser: Browser) => (await see(browser, code, "/")).value;
    expect(await orderIn(browsers.plain)).toEqual([
      ...["before 1", "cred", "after 1"],
      ...["before 2", "after 2"],
      ...["before 3", "after 3"],
    ]);
    expect(await orderIn(browsers.hooked)).toEqual([
      ...["before 1", "after 1"],
      ...["before 2", "cred", "after 2"],
      ...["before 3", "after 3"],
    ]);
  });

  test("options that throw, react or lie: the browser reads them first", async () => {
    const seen = await same(`const results = [];
      const throwing = { get publicKey() { throw globalThis.mine ??= new RangeError("mine") } };
      results.push(await navigator.credentials.create(throwing).catch((e) => [e === mine, e.stack.split("\\n")[0]]));
      const reactive = (o) => new Proxy(o, { get: (t, k, r) => { const v = Reflect.get(t, k, r); return typeof v === "object" && v !== null && !ArrayBuffer.isView(v) ? reactive(v) : v } });
      results.push(await navigator.credentials.create(reactive(options({ authenticatorSelection: { residentKey: "required" } }))).then((c) => c.type));
      results.push(await navigator.credentials.create({ publicKey: { ...options().publicKey, pubKeyCredParams: new Set([{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }]) } }).then((c) => c.type));
      const touched = [];
      const log = new Proxy(options(), {
        get: (t, k) => { touched.push("get " + String(k)); return t[k] }, has: (t, k) => { touched.push("has " + String(k)); return k in t },
        ownKeys: (t) => { touched.push("ownKeys"); return Reflect.ownKeys(t) }, getOwnPropertyDescriptor: (t, k) => { touched.push("describe " + String(k)); return Reflect.getOwnPropertyDescriptor(t, k) },
        getPrototypeOf: (t) => { touched.push("getPrototypeOf"); return Reflect.getPrototypeOf(t) } });
      const p = navigator.credentials.create(log); results.push(touched.slice(0, 3)); results.push(await p.then((c) => c.type, (e) => e.name));
      let asked = 0; const liar = { get publicKey() { return asked++ ? {} : options().publicKey } };
      results.push(await navigator.credentials.create(liar).then((c) => c.type, (e) => e.name));
      let given = 0; const shifty = options(); Object.defineProperty(shifty.publicKey, "rp", { enumerable: true, get: () => given++ ? { id: "other.example", name: "a" } : { name: "a" } });
      results.push(await navigator.credentials.create(shifty).then((c) => c.type, (e) => e.name));
      const cyclic = options(); cyclic.publicKey.self = cyclic; results.push(await navigator.credentials.create(cyclic).then((c) => c.type));
      return results`);
    // Three reads by the browser itself, and the lies only of the second time: nobody read before it.
    expect((seen as unknown[]).slice(3)).toEqual([
      [expect.stringMatching(/^get /), expect.stringMatching(/^get /), expect.stringMatching(/^get /)],
      ...Array(4).fill("public-key"),
    ]);
  });

  test("a page's Error.prepareStackTrace runs when the page reads a stack, and not before", async () => {
    await same(`let asked = 0; Error.prepareStackTrace = (error, frames) => { asked++; return "mine" };
      const error = await navigator.credentials.create({ publicKey: {} }).catch((e) => e);
      await navigator.credentials.get({ get publicKey() { throw 1 } }).catch(() => {});
      const before = asked; return [before, error.stack, asked, Object.getOwnPropertyNames(Error)]`);
  });
});

describe("built-ins that the page replaces", () => {
  const HOSTILE = `
    const { ownKeys, getOwnPropertyDescriptor, defineProperty, apply } = Reflect, { then } = Promise.prototype, text = String, NativeError = Error;
    window.touched = []; let at = 0; const touched = window.touched;
    const spoiled = (name) => function () { defineProperty(touched, at++, { __proto__: null, value: name, enumerable: true, configurable: true, writable: true }); throw new NativeError(name) };
    const kept = ["constructor", "prototype", "length", "name", "caller", "arguments", "__proto__"];
    const jobs = [];
    for (const C of [Array, String, Map, Set, WeakMap, Promise, Function, Object, Number, ArrayBuffer, DataView, Object.getPrototypeOf(Uint8Array), Symbol, RegExp, Error, DOMException, EventTarget, Event, MessageEvent, MessagePort,
      AbortSignal, TextEncoder, Performance, Navigator, UserActivation, Document, NodeList, Credential, PublicKeyCredential, AuthenticatorResponse, AuthenticatorAttestationResponse, AuthenticatorAssertionResponse])
      for (const holder of [C, C.prototype]) for (const key of ownKeys(holder)) {
        const d = getOwnPropertyDescriptor(holder, key), name = C.name + "." + text(key);
        if (kept.includes(key) || !d.configurable || (d.value && typeof d.value !== "function") || (C === Navigator && key === "credentials") || key === "featurePolicy") continue;
        jobs.push([holder, key, d.get ? { ...d, get: spoiled(name) } : { ...d, value: spoiled(name) }]);
      }
    for (const name of ["Reflect", "JSON", "Math", "Proxy", "Date", "performance", "TextEncoder", "Uint8Array", "Uint32Array", "WeakMap", "String", "Error", "Promise", "AbortSignal", "EventTarget", "structuredClone", "postMessage", "MessageChannel", "crypto"])
      jobs.push([window, name, { value: spoiled(name), configurable: true, writable: true }]);
    const planted = ["get", "set", "value", "writable", "apply", "kind", "seq", "$", "replaced", "duration", "initiator", "aborted", "policy", "parent", "depth", "capture", "once", "passive", 0, 1];
    for (let i = 0; i < planted.length; i++) for (const holder of typeof planted[i] === "number" ? [Array.prototype, Object.prototype] : [Object.prototype])
      jobs.push([holder, planted[i], { __proto__: null, configurable: true, get() { defineProperty(touched, at++, { __proto__: null, value: "get " + planted[i], enumerable: true, configurable: true, writable: true }) }, set() { defineProperty(touched, at++, { __proto__: null, value: "set " + planted[i], enumerable: true, configurable: true, writable: true }) } }]);
    for (let i = 0; i < jobs.length; i++) jobs[i][2] = Object.setPrototypeOf(jobs[i][2], null);
    const given = options(), credentials = navigator.credentials, create = credentials.create, { length } = jobs;
    given.publicKey.extensions = { largeBlob: { support: "preferred" } };
    const undo = []; for (let i = 0; i < length; i++) undo[i] = [jobs[i][0], jobs[i][1], getOwnPropertyDescriptor(jobs[i][0], jobs[i][1])];
    for (let i = 0; i < undo.length; i++) if (undo[i][2]) Object.setPrototypeOf(undo[i][2], null);
    const { deleteProperty } = Reflect; Object.setPrototypeOf(undo, null); Object.setPrototypeOf(jobs, null);
    for (let i = 0; i < length; i++) defineProperty(jobs[i][0], jobs[i][1], jobs[i][2]);
    at = 0;
    let outcome; const settled = (value) => { outcome = value }; const shield = { __proto__: null, value: undefined, configurable: true };
    const p = apply(create, credentials, [given]); defineProperty(p, "constructor", shield); apply(then, p, [settled, settled]);
    const timer = setInterval(() => {
      if (outcome === undefined) return;
      clearInterval(timer);
      for (let i = length - 1; i >= 0; i--) undo[i][2] ? defineProperty(undo[i][0], undo[i][1], undo[i][2]) : deleteProperty(undo[i][0], undo[i][1]);
      window.done([outcome.type ?? outcome.stack, [...touched].slice(0, at)]);
    }, 5);`;

  test("neither see the hook nor hurt it", async () => {
    const code = `await 0; const done = new Promise((resolve) => { window.done = resolve }); { ${HOSTILE} } return await done`;
    const plain = await see(browsers.plain, code, "/");
    expect(plain.value).toEqual(["public-key", []]);

    const page = await browsers.hooked.newPage();
    await addVirtualAuthenticator(page);
    await page.goto(server.on("hostile.localhost"));
    await page.bringToFront();
    expect(await runAsPage(page, code)).toEqual(plain.value);
    await vi.waitFor(async () => {
      const { calls } = await log.of(page);
      expect(calls).toMatchObject([
        {
          api: "credentials.create",
          arguments: [
            {
              publicKey: {
                challenge: { $: "bytes", type: "Uint8Array", base64url: "AAAAAAAAAAAAAAAAAAAAAA" },
                extensions: { largeBlob: { support: "preferred" } },
              },
            },
          ],
          environment: {
            hasFocus: true,
            visibility: "visible",
            webauthnFields: 1,
            policy: { create: true, get: true },
          },
          initiator: expect.stringMatching(/^ {4}at app\.js:\d+:\d+/),
          outcome: {
            status: "fulfilled",
            value: {
              $: "PublicKeyCredential",
              value: {
                type: "public-key",
                response: { attestationObject: { $: "bytes" }, transports: ["internal"] },
              },
            },
          },
        },
      ]);
    });
    await page.close();
  });
});

describe("nothing of the link", () => {
  test.each(["/", "/csp"])("no message, event or line on the console is seen on %s", async (path) => {
    expect(
      await same(
        "await navigator.credentials.create(options()); await new Promise((resolve) => setTimeout(resolve, 50)); return notes",
        path,
      ),
    ).toEqual([]);
  });

  test("a page that forges messages and ports puts nothing into the log, and gets nothing out", async () => {
    const page = await browsers.hooked.newPage();
    await page.goto(server.on("forger.localhost"));
    const received = await runAsPage(
      page,
      `const received = [];
      const event = { kind: "call", call: { seq: 0, api: "credentials.get", startedAt: 1, environment: { hasFocus: true, visibility: "visible" }, arguments: ["forged"], outcome: { status: "pending" } } };
      const offer = () => { const { port1, port2 } = new MessageChannel(); port1.onmessage = ({ data }) => received.push(data);
        const handed = new MessageEvent("keyhole:port", { ports: [port2], cancelable: true }); document.fonts.dispatchEvent(handed); port1.postMessage(event); return handed.defaultPrevented };
      document.fonts.addEventListener("keyhole:port", (e) => { for (const port of e.ports ?? []) { port.onmessage = ({ data }) => received.push(data); port.postMessage(event) } }, true);
      const taken = offer(); document.fonts.dispatchEvent(new Event("keyhole:port?")); postMessage(event, "*"); dispatchEvent(new MessageEvent("message", { data: event })); document.dispatchEvent(new CustomEvent("keyhole:port", { detail: event }));
      await navigator.credentials.get({ publicKey: {} }).catch(() => {}); await new Promise((resolve) => setTimeout(resolve, 200)); return [taken, received]`,
    );
    // The page's own listener hears the page's own port, and nobody else does.
    const [taken, heard] = received as [boolean, { call: { arguments: unknown[] } }[]];
    expect(taken).toBe(false);
    expect(heard.filter((event) => event.call.arguments[0] !== "forged")).toEqual([]);
    await vi.waitFor(async () => {
      const { calls } = await log.of(page);
      expect(calls).toMatchObject([
        { api: "credentials.get", arguments: [{ publicKey: {} }], outcome: { status: "rejected" } },
      ]);
    });
    expect(JSON.stringify(await log.tabs())).not.toContain("forged");
    await page.close();
  });
});
