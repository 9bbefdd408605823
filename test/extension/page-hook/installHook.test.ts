import { describe, expect, test, vi } from "vitest";
import { type FakePage, openFakePage } from "../../support/fakePage.js";

const OPTIONS = "{ publicKey: { challenge: new Uint8Array([1]) } }";

describe("at start", () => {
  test("says once that it is installed, and that the API was the browser's own", async () => {
    const page = await openFakePage();
    const hook = { version: "9.9.9", installedAt: expect.any(Number), readyState: "loading", native: true };
    expect(page.events).toEqual([{ kind: "installed", hook }]);
  });

  test.each([
    ["on the object", "navigator.credentials.get = function get() {}"],
    ["on the prototype", "CredentialsContainer.prototype.get = async function get() {}"],
    [
      "by a bound function, which says that it is native",
      "navigator.credentials.get = CredentialsContainer.prototype.get.bind(navigator.credentials)",
    ],
    [
      "by a proxy, which says so too",
      "CredentialsContainer.prototype.get = new Proxy(CredentialsContainer.prototype.get, {})",
    ],
  ])("says that another script had replaced the API %s", async (_, before) => {
    const page = await openFakePage({ before });
    expect(page.of("installed")[0]!.hook.native).toBe(false);
    await page.runAsync(`await navigator.credentials.get(${OPTIONS})`);
    expect(page.of("call")[0]!.call.environment.replaced).toBe(true);
  });

  test("tells of a browser without the API and leaves it as it is", async () => {
    const page = await openFakePage({ api: false });
    expect(page.of("installed")).toHaveLength(1);
    expect(page.run("navigator.credentials")).toBeUndefined();
    page.run("dispatchEvent(new Event('load'))");
    expect(page.events).toHaveLength(1);
  });

  test("installs once, however often the script runs", async () => {
    const page = await openFakePage();
    const created = page.run("navigator.credentials.create");
    page.install();
    expect(page.run("navigator.credentials.create")).toBe(created);
    await page.runAsync(`await navigator.credentials.get(${OPTIONS})`);
    expect(page.of("installed")).toHaveLength(1);
    expect(page.of("call")).toHaveLength(1);
  });
});

describe("a call", () => {
  test("is recorded with what was passed, when, from where, and with what became of it", async () => {
    const page = await openFakePage();
    page.run("browser.create = () => null");
    const before = Date.now();
    await page.runAsync(`await (function signUp() { return navigator.credentials.create(${OPTIONS}) })()`);
    const { call } = page.of("call")[0]!;
    expect(call).toMatchObject({
      seq: 0,
      api: "credentials.create",
      arguments: [{ publicKey: { challenge: { $: "bytes", type: "Uint8Array", base64url: "AQ" } } }],
      outcome: { status: "pending" },
    });
    expect(call.startedAt).toBeGreaterThanOrEqual(before);
    expect(call.startedAt).toBeLessThanOrEqual(Date.now());
    expect(call.initiator!.split("\n")[0]).toMatch(
      /^ {4}at signUp \(https:\/\/rp\.example\/app\.js:1:\d+\)$/,
    );
    expect(call.initiator).not.toContain("extension://");
    const [settled] = page.of("settled");
    expect(settled).toMatchObject({ seq: 0, outcome: { status: "fulfilled", value: null } });
    expect(settled!.duration).toBeGreaterThanOrEqual(0);
    expect(settled!.duration).toBeLessThan(1_000);
  });

  test.each([
    ["credentials.create", "navigator.credentials.create({})"],
    ["credentials.get", "navigator.credentials.get({})"],
    ["credentials.store", "navigator.credentials.store({})"],
    ["credentials.preventSilentAccess", "navigator.credentials.preventSilentAccess()"],
    ...[
      "isUserVerifyingPlatformAuthenticatorAvailable",
      "isConditionalMediationAvailable",
      "getClientCapabilities",
      "signalUnknownCredential",
      "signalAllAcceptedCredentials",
      "signalCurrentUserDetails",
    ].map((name) => [`PublicKeyCredential.${name}`, `PublicKeyCredential.${name}({})`]),
  ])("of %s", async (api, code) => {
    const page = await openFakePage();
    await page.runAsync(`await ${code}`);
    expect(page.events.map((event) => event.kind)).toEqual(["installed", "call", "settled"]);
    expect(page.of("call")[0]!.call.api).toBe(api);
  });

  test.each(["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"])(
    "of %s, which is synchronous",
    async (name) => {
      const page = await openFakePage();
      page.run(`browser.parse = (json) => ({ parsed: json, prf: { results: "secret" } })`);
      expect(page.run(`JSON.stringify(PublicKeyCredential.${name}({ a: 1 }))`)).toBe(
        '{"parsed":{"a":1},"prf":{"results":"secret"}}',
      );
      page.run(`browser.parse = () => { throw globalThis.thrown = new TypeError("no") }`);
      expect(
        page.run(`(() => { try { PublicKeyCredential.${name}({}) } catch (e) { return e === thrown } })()`),
      ).toBe(true);
      expect(page.of("settled")).toEqual([]);
      const [good, bad] = page.of("call").map(({ call }) => call);
      expect(good).toMatchObject({
        duration: expect.any(Number),
        arguments: [{ a: 1 }],
        outcome: { status: "fulfilled", value: { parsed: { a: 1 } } },
      });
      expect(JSON.stringify(good)).not.toContain("secret");
      expect(bad).toMatchObject({
        duration: expect.any(Number),
        outcome: { status: "rejected", error: { name: "TypeError", message: "no", isDOMException: false } },
      });
    },
  );

  test("of a static method that stands on Credential, as in WebKit", async () => {
    const page = await openFakePage({
      before:
        "const m = 'isConditionalMediationAvailable'; Object.defineProperty(Credential, m, Object.getOwnPropertyDescriptor(PublicKeyCredential, m)); delete PublicKeyCredential[m]; true",
    });
    await page.runAsync("await PublicKeyCredential.isConditionalMediationAvailable()");
    expect(page.of("call")[0]!.call.api).toBe("PublicKeyCredential.isConditionalMediationAvailable");
    expect(page.run("Object.hasOwn(PublicKeyCredential, 'isConditionalMediationAvailable')")).toBe(false);
  });

  test("counts up without holes, in the order of the events", async () => {
    const page = await openFakePage();
    await page.runAsync(
      "await Promise.all([navigator.credentials.get(), navigator.credentials.create(), PublicKeyCredential.getClientCapabilities()])",
    );
    expect(page.of("call").map(({ call }) => call.seq)).toEqual([0, 1, 2]);
    expect(
      page
        .of("settled")
        .map(({ seq }) => seq)
        .sort(),
    ).toEqual([0, 1, 2]);
  });
});

describe("the environment", () => {
  test("is that of the moment of the call", async () => {
    const page = await openFakePage({
      before:
        "browser.features = { 'publickey-credentials-get': true, 'publickey-credentials-create': false, camera: true }",
    });
    page.run(`browser.hasFocus = false; browser.visibility = "hidden"; browser.fields = [1, 2]; browser.activation = { isActive: true, hasBeenActive: true };
      browser.get = () => { browser.activation = { isActive: false, hasBeenActive: true } }`);
    await page.runAsync("await navigator.credentials.get({})");
    expect(page.of("call")[0]!.call.environment).toEqual({
      hasFocus: false,
      visibility: "hidden",
      webauthnFields: 2,
      userActivation: { isActive: true, hasBeenActive: true },
      policy: { create: false, get: true },
    });
    expect(page.run("browser.selector")).toBe('[autocomplete~="webauthn" i][autocomplete$="webauthn" i]');
  });

  test("does not ask for a feature that the browser does not know, which would print a line", async () => {
    const page = await openFakePage();
    await page.runAsync("await navigator.credentials.get({})");
    expect(page.run("browser.complained")).toBeUndefined();
    expect(page.of("call")[0]!.call.environment.policy).toEqual({});
  });
});

describe("an AbortSignal", () => {
  const pendingGet = `browser.get = ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))`;

  test("is told when it fires, with its reason, before the call settles", async () => {
    const page = await openFakePage();
    page.run(pendingGet);
    const reasons =
      await page.runAsync(`const c = new AbortController(), reason = { name: "Mine", message: "changed my mind" };
      const p = navigator.credentials.get({ signal: c.signal }); c.abort(reason); return p.then(() => 0, (e) => e === reason)`);
    expect(reasons).toBe(true);
    expect(page.of("call")[0]!.call.arguments).toEqual([{ signal: { $: "AbortSignal", aborted: false } }]);
    expect(page.events.map(({ kind }) => kind)).toEqual(["installed", "call", "aborted", "settled"]);
    expect(page.of("aborted")[0]).toMatchObject({
      seq: 0,
      aborted: { at: expect.any(Number), reason: { name: "Mine", message: "changed my mind" } },
    });
    expect(page.of("settled")[0]!.outcome).toEqual({
      status: "rejected",
      error: { name: "Mine", message: "changed my mind", isDOMException: false },
    });
  });

  test("that had fired before the call is told with the call", async () => {
    const page = await openFakePage();
    await page.runAsync(
      `const c = new AbortController(); c.abort("early"); await navigator.credentials.get({ signal: c.signal })`,
    );
    expect(page.of("call")[0]!.call).toMatchObject({
      arguments: [{ signal: { $: "AbortSignal", aborted: true } }],
      aborted: { at: page.of("call")[0]!.call.startedAt, reason: "early" },
    });
    expect(page.of("aborted")).toEqual([]);
  });

  test("that fires after the settlement is not told", async () => {
    const page = await openFakePage();
    await page.runAsync(
      `const c = new AbortController(); await navigator.credentials.get({ signal: c.signal }); c.abort()`,
    );
    expect(page.of("aborted")).toEqual([]);
  });

  test("that another listener kept from us is told at the settlement", async () => {
    const page = await openFakePage();
    page.run(
      pendingGet.replace("signal.addEventListener", "browser.signal = signal, signal.addEventListener"),
    );
    await page.runAsync(`const c = new AbortController(); c.signal.addEventListener("abort", (e) => e.stopImmediatePropagation());
      browser.get = () => new Promise((_, reject) => { browser.reject = reject });
      const p = navigator.credentials.get({ signal: c.signal }); c.abort("quiet"); browser.reject(c.signal.reason); await p.catch(() => {})`);
    expect(page.events.map(({ kind }) => kind)).toEqual(["installed", "call", "aborted", "settled"]);
  });

  test("an event that a page dispatches on it is no abort", async () => {
    const page = await openFakePage();
    page.run(pendingGet);
    await page.runAsync(
      `const c = new AbortController(); navigator.credentials.get({ signal: c.signal }).catch(() => {}); c.signal.dispatchEvent(new Event("abort"));`,
    );
    expect(page.of("aborted")).toEqual([]);
  });
});

describe("what the page notices: nothing", () => {
  const spellings = `(function spell() {
    const parts = [];
    for (const [path, holder] of Object.entries({ CredentialsContainer: CredentialsContainer.prototype, PublicKeyCredential, Navigator: Navigator.prototype, "Function.prototype": Function.prototype }))
      for (const key of Reflect.ownKeys(holder)) {
        const d = Object.getOwnPropertyDescriptor(holder, key);
        for (const f of [d.get, d.value]) {
          if (typeof f !== "function" || key === "constructor" || key === "caller" || key === "arguments") continue;
          let thrown; try { f.call({}) } catch (e) { thrown = e.name + ": " + e.message }
          let made; try { new f() } catch (e) { made = e.name }
          parts.push([path, String(key), d.configurable, d.enumerable, d.writable, f.name, f.length, Reflect.ownKeys(f).map(String).join(), Object.getPrototypeOf(f) === Function.prototype,
            Function.prototype.toString.call(f), f.toString(), String(f), typeof f, "prototype" in f].join(" "));
        }
      }
    return parts.concat(Reflect.ownKeys(globalThis).map(String), Reflect.ownKeys(navigator).map(String), Reflect.ownKeys(navigator.credentials).map(String)).join("\\n");
  })()`;

  test("descriptors, names, lengths, texts, prototypes and globals are the browser's", async () => {
    const page = await openFakePage({ before: `globalThis.without = ${spellings}` });
    expect((page.run(spellings) as string).split("\n").filter((line) => line !== "without")).toEqual(
      (page.run("without") as string).split("\n"),
    );
    expect(page.run("without")).toContain("function create() { [native code] }");
    expect(page.run("Function.prototype.toString.call(Function.prototype.toString)")).toBe(
      "function toString() { [native code] }",
    );
  });

  test("brand checks refuse what they refused", async () => {
    const page = await openFakePage();
    await expect(page.runAsync("await navigator.credentials.create.call({}, {})")).rejects.toMatchObject({
      name: "TypeError",
    });
    expect(
      page.run(
        "(() => { try { Object.getOwnPropertyDescriptor(Navigator.prototype, 'credentials').get.call({}) } catch (e) { return e.name + e.stack } })()",
      ),
    ).toMatch(/^TypeError(?!.*extension:\/\/)/s);
    expect(() => page.run("Function.prototype.toString.call(1)")).toThrow();
    expect(() => page.run("new navigator.credentials.create()")).toThrow("not a constructor");
  });

  test("the browser's function runs first, with the very this and arguments", async () => {
    const page = await openFakePage();
    const order = await page.runAsync<unknown[]>(`
      const order = [], self = navigator.credentials;
      const options = { get publicKey() { order.push("read"); return {} } };
      browser.get = (given, container) => { order.push(given === options, container === self, "native"); given.publicKey; };
      const p = self.get(options, 2); order.push("returned"); await p; return order;`);
    expect(order).toEqual([true, true, "native", "read", "read", "returned"]);
    expect(page.run("browser.count")).toBe(1);
  });

  test("the promise is a plain promise, settled with the same value or the same error object", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(`
        const value = { type: "public-key" }, error = new DOMException("m", "NotAllowedError");
        browser.get = () => value; const p = navigator.credentials.get();
        browser.create = () => { throw error };
        return [p instanceof Promise, Object.getPrototypeOf(p) === Promise.prototype, Reflect.ownKeys(p).length, (await p) === value,
          await navigator.credentials.create().catch((e) => e === error)];`),
    ).toEqual([true, true, 0, true, true]);
  });

  test("settles in the order in which the browser's promises settled", async () => {
    const code = `const order = [], settle = [];
      browser.get = () => new Promise((...s) => settle.push(s));
      const all = [0, 1, 2].map((i) => navigator.credentials.get().then(() => order.push(i), () => order.push(-i)));
      await 0; settle[2][0](); settle[1][1](new Error()); settle[0][0](); await Promise.all(all); return order;`;
    const without = await (await openFakePage({ hook: false })).runAsync(code);
    expect(await (await openFakePage()).runAsync(code)).toEqual(without);
  });

  test("an error made on the way has the stack that it would have", async () => {
    const page = await openFakePage();
    const stack =
      (await page.runAsync(`browser.create = () => { throw new TypeError("Required member is undefined.") };
      return (function deep() { return navigator.credentials.create({}) })().catch((e) => e.stack)`)) as string;
    expect(stack).toMatch(/^TypeError: Required member is undefined\.\n/);
    expect(stack).toContain("at deep (https://rp.example/app.js");
    expect(stack).not.toContain("extension://");
    expect(stack.split("\n    at ")).toHaveLength(11);
  });

  test("a page's Error.prepareStackTrace is not asked, and what it says stays", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(`let asked = 0; Error.prepareStackTrace = () => { asked++; return "mine" };
        browser.create = () => { throw new TypeError("x") };
        const error = await navigator.credentials.create({}).catch((e) => e); const before = asked;
        return [before, error.stack, asked, Object.getOwnPropertyDescriptor(Error, "prepareStackTrace").value()]`),
    ).toEqual([0, "mine", 1, "mine"]);
    expect(page.of("call")[0]!.call.initiator).toContain("https://rp.example/app.js");
  });

  test("a broken link is not the page's affair", async () => {
    const page = await openFakePage();
    page.events.push = () => {
      throw new Error("broken");
    };
    expect(await page.runAsync("return navigator.credentials.get({})")).toBeNull();
    expect(page.run("JSON.stringify(PublicKeyCredential.parseCreationOptionsFromJSON({}))")).toBe("null");
  });

  test.each([
    ["throw", "{ get publicKey() { throw new Error('mine') } }"],
    [
      "are a proxy that throws",
      "new Proxy({}, { ownKeys() { throw 1 }, get() { throw 2 }, getPrototypeOf() { throw 3 } })",
    ],
    ["are no object", "Symbol()"],
    ["go round in circles", "(() => { const o = {}; o.o = o; return o })()"],
  ])("options that %s reach the browser, and only the browser judges them", async (_, options) => {
    const page = await openFakePage();
    page.run("browser.get = () => 'fine'");
    expect(await page.runAsync(`return navigator.credentials.get(${options})`)).toBe("fine");
    expect(page.of("call")).toHaveLength(1);
    expect(page.of("settled")[0]!.outcome).toEqual({ status: "fulfilled", value: "fine" });
  });

  test("a getter of the options that calls again is neither recorded without end nor broken", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(`let inner; const options = { get publicKey() { inner ??= []; inner.push(navigator.credentials.create({ x: 1 })); return {} } };
        browser.get = (o) => { o.publicKey; return "outer" }; browser.create = () => "inner";
        return [await navigator.credentials.get(options), await Promise.all(inner)]`),
    ).toEqual(["outer", ["inner", "inner"]]);
    expect(page.of("call").map(({ call }) => call.api)).toEqual(["credentials.create", "credentials.get"]);
  });
});

describe("unhandled rejections", () => {
  /** The reports of Node, which come from the same host hook as a browser's. */
  async function unhandled(page: FakePage, code: string): Promise<string[]> {
    const reports: string[] = [];
    const note = (reason: unknown, promise: unknown) =>
      reports.push(`${reason} ${page.run<unknown>("globalThis.last") === promise}`);
    const late = () => reports.push("handled late");
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", note);
    process.on("rejectionHandled", late);
    page.run(`browser.get = () => { throw "refused" }; ${code}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeListener("unhandledRejection", note);
    process.removeListener("rejectionHandled", late);
    for (const listener of others) process.on("unhandledRejection", listener);
    return reports;
  }

  test.each([
    [
      "is reported once, with the promise that the page holds",
      "globalThis.last = navigator.credentials.get()",
      ["refused true"],
    ],
    ["is not reported when the page handles it", "navigator.credentials.get().catch(() => {})", []],
    [
      "is reported for the promise that the page derived",
      "globalThis.last = navigator.credentials.get().then(() => {})",
      ["refused true"],
    ],
  ])("%s", async (_, code, reports) => {
    expect(await unhandled(await openFakePage(), code)).toEqual(reports);
  });
});

describe("hostile built-ins", () => {
  const HOSTILE = `
    const { ownKeys, getOwnPropertyDescriptor, defineProperty, apply } = Reflect, includes = Array.prototype.includes;
    const spoiled = (name) => function () { browser.spoiled = (browser.spoiled ?? "") + name + " "; throw new NativeError(name) };
    const NativeError = Error, text = String;
    // Node's own formatting of stacks calls Function.prototype.call.
    const kept = ["call", "constructor", "prototype", "length", "name", "caller", "arguments", "__proto__"];
    const jobs = [];
    const Constructors = [Array, String, Map, Set, WeakMap, Promise, Function, Object, Number, ArrayBuffer, DataView, Object.getPrototypeOf(Uint8Array), Symbol, RegExp, CredentialsContainer, Credential, PublicKeyCredential, AuthenticatorResponse, AuthenticatorAssertionResponse, Navigator, Document, UserActivation];
    for (const C of Constructors) for (const holder of [C, C.prototype]) for (const key of ownKeys(holder)) {
      const d = getOwnPropertyDescriptor(holder, key), name = C.name + "." + text(key);
      if (kept.includes(key) || !d.configurable || (d.value && typeof d.value !== "function")) continue;
      jobs.push([holder, key, d.get ? { ...d, get: spoiled(name) } : { ...d, value: spoiled(name) }]);
    }
    const names = ["Reflect", "JSON", "Math", "Proxy", "Date", "performance", "TextEncoder", "Uint8Array", "Uint32Array", "WeakMap", "String", "Error", "Promise", "AbortSignal", "EventTarget"];
    const globals = names.map((name) => [globalThis, name, { value: spoiled(name), configurable: true, writable: true }]);
    const all = jobs.concat(globals), { length } = all;
    for (let i = 0; i < length; i++) defineProperty(all[i][0], all[i][1], all[i][2]);`;
  const PLANTED = `const { defineProperty } = Object;
    for (const key of ["get", "set", "value", "writable", "apply", "then", "kind", "seq", "$", "name", "message", "replaced", "duration", "initiator", "aborted", "policy", "userActivation", "webauthnFields", "toJSON", 0, 1, "parent", "depth"])
      for (const holder of [Object.prototype, ...(typeof key === "number" ? [Array.prototype] : [])])
        defineProperty(holder, key, { __proto__: null, configurable: true, get() { browser.spoiled = (browser.spoiled ?? "") + "get:" + key + " "; return undefined }, set() { browser.spoiled = (browser.spoiled ?? "") + "set:" + key + " " } });`;

  const request = `browser.get = () => made; globalThis.made = new PublicKeyCredential({ id: "AQ", rawId: new Uint8Array([1]).buffer, extensions: { prf: { results: { first: new Uint8Array([7]).buffer } }, largeBlob: { blob: new Uint8Array([8]).buffer } },
      response: new AuthenticatorAssertionResponse({ clientDataJSON: new Uint8Array([2]).buffer, authenticatorData: new Uint8Array([3]).buffer, signature: new Uint8Array([4]).buffer }) });
    globalThis.signal = new AbortController().signal;
    globalThis.options = Object.assign(Object.create(null), { signal, publicKey: { challenge: new Uint8Array([1, 2]), timeout: NaN, allowCredentials: [{ id: new Uint8Array([1]), transports: ["internal"] }], extensions: { largeBlob: { write: "s" } } } });
    globalThis.call = navigator.credentials.get.bind(navigator.credentials, options);`;

  async function recorded(page: FakePage, hostile: string) {
    page.run(request);
    page.run(`{ ${hostile} }`);
    page.run("browser.spoiled = undefined; void call()");
    await vi.waitFor(() => expect(page.of("settled")).toHaveLength(1));
    return page.events
      .slice(1)
      .map((event) =>
        JSON.parse(
          JSON.stringify(event, (key, value) =>
            key === "startedAt" || key === "duration" ? 0 : key === "initiator" ? undefined : value,
          ),
        ),
      );
  }

  test("that a page put in place change nothing in what is recorded", async () => {
    const [clean, hostile, planted] = await Promise.all(
      ["", HOSTILE, PLANTED].map(async (code) => {
        const page = await openFakePage();
        return { said: await recorded(page, code), touched: page.run("browser.spoiled") };
      }),
    );
    expect(clean!.said.map(({ kind }) => kind)).toEqual(["call", "settled"]);
    expect(JSON.stringify(clean!.said)).toContain('"masked"');
    expect(hostile!.said).toEqual(clean!.said);
    expect(planted!.said).toEqual(clean!.said);
    expect(hostile!.touched).toBeUndefined();
    // The language itself looks for `then` when a promise is resolved with an object: once, like the browser's.
    expect(new Set((planted!.touched as string).trim().split(" "))).toEqual(new Set(["get:then"]));
  });

  test("and what it planted is not asked when it reads the API or puts its own in its place", async () => {
    const page = await openFakePage();
    page.run(`{ ${PLANTED} } browser.spoiled = undefined; void navigator.credentials.get.name;
      Reflect.defineProperty(navigator.credentials, "get", { __proto__: null, value: async () => "theirs", configurable: true });`);
    await page.runAsync("await navigator.credentials.get({})");
    expect(page.of("call")[0]!.call.environment.replaced).toBe(true);
    expect(page.run("browser.spoiled")).toBeUndefined();
  });

  test("a page's constructor of promises is not asked", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(`let asked = 0; class Mine extends Promise {}
        Object.defineProperty(Promise.prototype, "constructor", { configurable: true, get() { asked++; return Mine } });
        const p = navigator.credentials.get(); const seen = asked; delete Promise.prototype.constructor;
        return [seen, p instanceof Mine, Reflect.ownKeys(p).length]`),
    ).toEqual([0, false, 0]);
  });
});

describe("a replacement by another script", () => {
  const replaced = (page: FakePage) =>
    page.of("call").map(({ call }) => [call.api, call.environment.replaced ?? false]);

  test("is noticed on the object when the page reads navigator.credentials", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(
        `navigator.credentials.get = async function get() { return "theirs" }; return navigator.credentials.get({ a: 1 })`,
      ),
    ).toBe("theirs");
    expect(replaced(page)).toEqual([["credentials.get", true]]);
    expect(page.of("settled")[0]!.outcome).toEqual({ status: "fulfilled", value: "theirs" });
    expect(page.run("Object.getOwnPropertyDescriptor(navigator.credentials, 'get').enumerable")).toBe(true);
  });

  test("is one call when it passes the options on to the browser", async () => {
    const page = await openFakePage();
    await page.runAsync(`const native = navigator.credentials.get; navigator.credentials.get = function (o) { return native.call(navigator.credentials, o) };
      await navigator.credentials.get({ a: 1 })`);
    expect(replaced(page)).toEqual([["credentials.get", true]]);
    await page.runAsync(`const native = CredentialsContainer.prototype.get; navigator.credentials.get = async function (o) { await 1; return native.call(navigator.credentials, { ...o, b: 2 }) };
      await navigator.credentials.get({ a: 1 })`);
    expect(replaced(page).slice(1)).toEqual([
      ["credentials.get", true],
      ["credentials.get", false],
    ]);
  });

  test("is noticed where it is a getter with a setter, whose setter stays", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(`const theirs = async () => "theirs"; let set = 0;
        Object.defineProperty(navigator.credentials, "create", { get: () => theirs, set() { set++ }, configurable: true });
        navigator.credentials.create = 1; const again = navigator.credentials.create === navigator.credentials.create;
        return [await navigator.credentials.create({}), set, again]`),
    ).toEqual(["theirs", 1, true]);
    expect(replaced(page)).toEqual([["credentials.create", true]]);
  });

  test("that can't be changed is left alone", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(
        `Object.defineProperty(navigator.credentials, "create", { value: async () => "theirs" }); return navigator.credentials.create({})`,
      ),
    ).toBe("theirs");
    expect(page.of("call")).toEqual([]);
  });

  test.each(["DOMContentLoaded", "load", "pointerdown", "keydown"])(
    "of navigator.credentials is noticed at %s",
    async (type) => {
      const page = await openFakePage();
      page.run(
        `Object.defineProperty(navigator, "credentials", { value: { async get() { return "theirs" } }, configurable: true })`,
      );
      await page.runAsync("await navigator.credentials.get()");
      expect(page.of("call")).toEqual([]);
      page.run(`dispatchEvent(new Event("${type}"))`);
      expect(await page.runAsync("return navigator.credentials.get()")).toBe("theirs");
      expect(replaced(page)).toEqual([["credentials.get", true]]);
    },
  );

  test("that answers with a promise of its own kind hands that to the page", async () => {
    const page = await openFakePage();
    expect(
      await page.runAsync(`class Mine extends Promise {} const theirs = Mine.resolve(1), thenable = { then(f) { f(2) } };
        navigator.credentials.get = () => theirs; navigator.credentials.create = () => thenable; navigator.credentials.store = () => 3;
        return [navigator.credentials.get() === theirs, navigator.credentials.create() === thenable, navigator.credentials.store()]`),
    ).toEqual([true, true, 3]);
    expect(page.of("call").map(({ call }) => call.outcome)).toEqual([
      { status: "pending" },
      { status: "pending" },
      { status: "fulfilled", value: 3 },
    ]);
  });
});
