import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import { type FakePage, openFakePage } from "../../support/fakePage.js";

let page: FakePage;
beforeEach(async () => {
  page = await openFakePage();
});

const NOT_RUN = { $: "unreadable", error: "Getter: not run" };

/** The snapshot of the argument that the page makes of an expression. */
async function argument(expression: string): Promise<Snapshot> {
  await page.runAsync(`try { await navigator.credentials.get(${expression}) } catch {}`);
  return page.of("call").at(-1)!.call.arguments[0]!;
}

async function member(expression: string): Promise<Snapshot> {
  return ((await argument(`{ publicKey: ${expression} }`)) as { publicKey: Snapshot }).publicKey;
}

const bytes = (type: string, ...values: number[]) => ({
  $: "bytes",
  type,
  base64url: Buffer.from(values).toString("base64url"),
});
const fingerprint = (secret: Uint8Array | string) =>
  createHash("sha256").update(secret).digest("hex").slice(0, 8);

describe("keeps the type of", () => {
  test.each<[string, string, unknown]>([
    ["null", "null", null],
    ["a boolean", "false", false],
    ["a number", "-7", -7],
    ["a string", "'required'", "required"],
    ["undefined where the member is present", "undefined", { $: "undefined" }],
    ["NaN", "NaN", { $: "number", value: "NaN" }],
    ["infinity", "-Infinity", { $: "number", value: "-Infinity" }],
    ["negative zero", "-0", { $: "number", value: "-0" }],
    ["a bigint", "2n ** 70n", { $: "bigint", value: "1180591620717411303424" }],
    ["a symbol", "Symbol('s')", { $: "symbol", name: "s" }],
    ["a function", "function named() {}", { $: "function", name: "named" }],
    [
      "a function with a name that is none",
      "Object.defineProperty(() => {}, 'name', { get() { throw 1 } })",
      { $: "function", name: "" },
    ],
    ["an ArrayBuffer", "new Uint8Array([1, 2]).buffer", bytes("ArrayBuffer", 1, 2)],
    ["a part of a buffer", "new Uint8Array([1, 2, 3, 4]).subarray(1, 3)", bytes("Uint8Array", 2, 3)],
    ["a view of wide elements", "new Uint16Array([1])", bytes("Uint16Array", 1, 0)],
    ["a DataView", "new DataView(new Uint8Array([9, 8, 7]).buffer, 1)", bytes("DataView", 8, 7)],
    ["an empty buffer", "new ArrayBuffer(0)", bytes("ArrayBuffer")],
    [
      "a detached buffer",
      "(() => { const b = new ArrayBuffer(2); structuredClone(b, { transfer: [b] }); return b; })()",
      bytes("ArrayBuffer"),
    ],
    [
      "a view of a detached buffer",
      "(() => { const v = new DataView(new ArrayBuffer(2)); structuredClone(v.buffer, { transfer: [v.buffer] }); return v; })()",
      bytes("DataView"),
    ],
    ["a view of shared memory", "new Uint8Array(new SharedArrayBuffer(1))", bytes("Uint8Array", 0)],
    [
      "a view that follows a growing buffer",
      "(() => { const b = new ArrayBuffer(1, { maxByteLength: 4 }); const v = new Uint8Array(b); b.resize(2); return v; })()",
      bytes("Uint8Array", 0, 0),
    ],
    ["an empty list", "[]", []],
    ["a hole in a list", "[, 1]", [{ $: "undefined" }, 1]],
    ["a list in a proxy", "new Proxy([1], {})", [1]],
    ["an object in a proxy", "new Proxy({ a: 1 }, {})", { a: 1 }],
    ["an object without a prototype", "Object.assign(Object.create(null), { a: 1 })", { a: 1 }],
    [
      "an AbortSignal that is not in the API's place",
      "new AbortController().signal",
      { $: "AbortSignal", aborted: false },
    ],
    [
      "an error",
      "new RangeError('r')",
      { $: "object", class: "RangeError", value: { name: "RangeError", message: "r" } },
    ],
    [
      "a DOMException",
      "new DOMException('m', 'AbortError')",
      { $: "object", class: "DOMException", value: { name: "AbortError", message: "m" } },
    ],
    ["a Set", "new Set([{ alg: -7 }])", { $: "object", class: "Set", value: { values: [{ alg: -7 }] } }],
    [
      "an element, without reading it",
      "new HTMLFormElement()",
      { $: "object", class: "HTMLFormElement", value: {} },
    ],
  ])("%s", async (_, expression, snapshot) => {
    expect(await member(expression)).toEqual(snapshot);
  });

  test("an ArrayBuffer of another realm's prototype", async () => {
    page.run("globalThis.other = undefined");
    expect(await member("structuredClone({ a: new Uint8Array([1]), list: [1] })")).toEqual({
      a: bytes("Uint8Array", 1),
      list: [1],
    });
  });
});

describe("reads what WebIDL would read", () => {
  test("getters and fields of a class and of what it extends, but no methods", async () => {
    const made = `new (class Options extends class { get rpId() { return "a.example" } } {
      userVerification = "required"; #secret = 1; get timeout() { return 5 } method() {} })()`;
    expect(await member(made)).toEqual({
      $: "object",
      class: "Options",
      value: { userVerification: "required", timeout: 5, rpId: "a.example" },
    });
  });

  test("inherited data members", async () => {
    expect(await member("Object.create({ timeout: 5, hidden: 1 }, { hidden: { value: 2 } })")).toEqual({
      timeout: 5,
      hidden: 2,
    });
  });

  test("an own member that hides an inherited one, once", async () => {
    page.run("globalThis.reads = 0");
    await member(
      "Object.create({ get timeout() { reads += 100 } }, { timeout: { get() { reads++; return 1 } } })",
    );
    expect(page.run("reads")).toBe(1);
  });
});

describe("a page's own names", () => {
  test.each([
    ["$", "$$"],
    ["$$", "$$$"],
    ["$x", "$x"],
    ["", ""],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
  ])("%s is written as %s", async (name, written) => {
    const copied = await member(
      `Object.defineProperty({}, ${JSON.stringify(name)}, { value: 1, enumerable: true })`,
    );
    expect(Object.entries(copied as object)).toEqual([[written, 1]]);
  });
});

describe("what can't be read", () => {
  test("a getter that throws, beside members that don't", async () => {
    expect(await member("{ get id() { throw new TypeError('no') }, b: 1 }")).toEqual({
      id: { $: "unreadable", error: "TypeError: no" },
      b: 1,
    });
  });

  test.each([
    ["a string", "'s'", "string: s"],
    ["null", "null", "object: null"],
    ["undefined", "undefined", "undefined: undefined"],
    ["an object whose members throw", "{ get name() { throw 1 }, get message() { throw 2 } }", "object: "],
    ["a DOMException", "new DOMException('m', 'DataError')", "DataError: m"],
  ])("a getter that throws %s", async (_, thrown, error) => {
    expect(await member(`{ get id() { throw (${thrown}) } }`)).toEqual({ id: { $: "unreadable", error } });
  });

  test.each(["ownKeys", "getPrototypeOf", "get"])("a proxy whose %s throws", async (trap) => {
    const copied = await member(`new Proxy({ id: 1 }, { ${trap}() { throw new Error("trap") } })`);
    expect(JSON.stringify(copied)).toContain('{"$":"unreadable","error":"Error: trap"}');
  });

  test("a revoked proxy", async () => {
    expect(
      await member(
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
      ),
    ).toMatchObject({ $: "unreadable" });
  });
});

describe("bounds", () => {
  test("an object inside itself is a cycle; one that is there twice is not", async () => {
    expect(
      await member("(() => { const o = { twice: [{ a: 1 }] }; o.self = o; o.again = o.twice; return o; })()"),
    ).toEqual({
      twice: [{ a: 1 }],
      self: { $: "cycle" },
      again: [{ a: 1 }],
    });
    expect(await member("(() => { const b = new Uint8Array([1]); return [b, b]; })()")).toEqual([
      bytes("Uint8Array", 1),
      bytes("Uint8Array", 1),
    ]);
  });

  test("64 KiB of a buffer, and not a byte more", async () => {
    expect(((await member("new Uint8Array(65536)")) as { base64url: string }).base64url).toHaveLength(87382);
    expect(await member("new Uint8Array(65537)")).toEqual({
      $: "truncated",
      of: "Uint8Array",
      length: 65537,
    });
    expect(await member("new ArrayBuffer(1e8)")).toEqual({ $: "truncated", of: "ArrayBuffer", length: 1e8 });
  });

  test("a long string", async () => {
    expect(await member("'x'.repeat(65536)")).toHaveLength(65536);
    expect(await member("'x'.repeat(65537)")).toEqual({ $: "truncated", of: "string", length: 65537 });
  });

  test("a long list keeps its beginning", async () => {
    const list = (await member("Array.from({ length: 1500 }, (_, i) => i)")) as Snapshot[];
    expect(list).toHaveLength(1001);
    expect(list[999]).toBe(999);
    expect(list[1000]).toEqual({ $: "truncated", of: "array", length: 1500 });
  });

  test("a list that claims to be endless", async () => {
    expect(
      await member("new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : t[k]) })"),
    ).toHaveLength(1001);
  });

  test("an object of many members", async () => {
    expect(await member("Object.fromEntries(Array.from({ length: 1001 }, (_, i) => ['k' + i, i]))")).toEqual({
      $: "truncated",
      of: "object",
      length: 1001,
    });
  });

  test("depth", async () => {
    const copied = JSON.stringify(
      await member("(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; })()"),
    );
    expect(copied).toContain('{"$":"truncated","of":"object"}');
    expect(copied.length).toBeLessThan(500);
  });

  test("a proxy that makes a new object of every member ends soon", async () => {
    const copied = await member(
      `(() => { const make = () => new Proxy({}, { get: make, ownKeys: () => Array.from({ length: 500 }, (_, i) => "k" + i),
         getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 1 }) }); return make(); })()`,
    );
    expect(JSON.stringify(copied).length).toBeLessThan(2_000_000);
  });

  test("all copies share one allowance, which comes back when the page has rested", async () => {
    page = await openFakePage({
      before: "let now = 0; globalThis.performance = { now: () => now }; var rest = (ms) => { now += ms }",
    });
    const kinds = async () =>
      ((await member("Array.from({ length: 20 }, () => new Uint8Array(60000))")) as { $: string }[]).map(
        ({ $ }) => $,
      );
    expect(await kinds()).toEqual([...Array(17).fill("bytes"), ...Array(3).fill("truncated")]);
    expect(await member("'x'.repeat(60000)")).toMatchObject({ $: "truncated", of: "string" });
    // What is small is still there, and beside what is large, too.
    expect(await member("[new Uint8Array(1e8), 'required', 7]")).toEqual([
      { $: "truncated", of: "Uint8Array", length: 1e8 },
      "required",
      7,
    ]);
    page.run("rest(1000)");
    expect(await kinds()).toEqual([...Array(17).fill("bytes"), ...Array(3).fill("truncated")]);
  });

  test.each([
    ["a symbol", "Symbol('x'.repeat(1e7))"],
    ["a bigint", "1n << 20000000n"],
    ["a String", "Object('x'.repeat(1e7))"],
    ["a Set", "new Set(Array.from({ length: 1e6 }, (_, i) => i))"],
    [
      "the names of members",
      "Object.fromEntries(Array.from({ length: 500 }, (_, i) => ['x'.repeat(1e5) + i, i]))",
    ],
    ["the message of an error", "new Error('x'.repeat(1e7))"],
    ["a function's name", "Object.defineProperty(() => {}, 'name', { value: 'x'.repeat(1e7) })"],
  ])("%s of any size costs little", async (_, expression) => {
    const begun = performance.now();
    page = await openFakePage();
    page.run(`globalThis.huge = ${expression}`);
    const made = performance.now();
    const copied = JSON.stringify(await member("huge"));
    expect(copied.length).toBeLessThan(120_000);
    expect(copied).toMatch(/truncated|…/);
    expect(performance.now() - made).toBeLessThan(1_000 + made - begun);
  });

  test.each([
    [
      "itself for its prototype",
      "(() => { const p = new Proxy({}, { getPrototypeOf: () => p }); return p })()",
    ],
    [
      "another of its kind for its prototype",
      "(() => { const make = () => new Proxy({}, { getPrototypeOf: make }); return make() })()",
    ],
  ])("a proxy that has %s ends", async (_, expression) => {
    expect(await member(expression)).toEqual({});
  });

  test("a getter that the API does not read does not run, nor does that of a proxy", async () => {
    page = await openFakePage();
    page.run("globalThis.ran = []");
    expect(
      await argument(`{ publicKey: new (class Mine extends class { get inherited() { ran.push("inherited") } } {
        get own() { ran.push("prototype") } timeout = 5; get rpId() { ran.push("rpId"); return "a.example" } })() }`),
    ).toEqual({
      publicKey: {
        $: "object",
        class: "Mine",
        value: { timeout: 5, rpId: "a.example", own: NOT_RUN, inherited: NOT_RUN },
      },
    });
    expect(
      await argument(
        `{ publicKey: new Proxy({ mine: 1, timeout: 2 }, { get: (target, key) => { ran.push(key); return 7 } }) }`,
      ),
    ).toEqual({ publicKey: { mine: 1, timeout: 7 } });
    expect(page.run("ran.join()")).toBe("rpId,timeout");
  });

  test("nor does one of a name that the API reads, but elsewhere", async () => {
    page.run("globalThis.ran = []");
    const trap = `{ get id() { ran.push("id") }, list: [{ get type() { ran.push("type") } }] }`;
    const untouched = { id: NOT_RUN, list: [{ type: NOT_RUN }] };
    await page.runAsync(`try { await navigator.credentials.get(
      { publicKey: { mine: ${trap}, allowCredentials: [${trap}] }, mine: ${trap} }, ${trap}) } catch {}`);
    expect(page.of("call").at(-1)!.call.arguments).toEqual([
      {
        publicKey: { mine: untouched, allowCredentials: [{ ...untouched, id: { $: "undefined" } }] },
        mine: untouched,
      },
      untouched,
    ]);
    expect(page.run("ran.join()")).toBe("id");
  });

  test("no more than eight arguments", async () => {
    await page.runAsync("await navigator.credentials.get(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)");
    expect(page.of("call").at(-1)!.call.arguments).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe("secrets are masked", () => {
  const masked = (type: string, secret: Uint8Array | string) => ({
    $: "masked",
    type,
    length: secret.length,
    fingerprint: fingerprint(secret),
  });

  test.each<[string, string, unknown]>([
    [
      "what is written to largeBlob",
      "{ largeBlob: { write: new Uint8Array([1, 2, 3]) } }",
      { largeBlob: { write: masked("Uint8Array", new Uint8Array([1, 2, 3])) } },
    ],
    [
      "what is written to largeBlob as a string",
      "{ largeBlob: { write: 'c2VjcmV0' } }",
      { largeBlob: { write: masked("string", "c2VjcmV0") } },
    ],
    [
      "what is written to largeBlob as a list",
      "{ largeBlob: { write: [1, 2] } }",
      { largeBlob: { write: { $: "masked", type: "Array", length: 0, fingerprint: "" } } },
    ],
    [
      "what is written to largeBlob as the members of a buffer",
      "{ largeBlob: { write: { 0: 7 } } }",
      { largeBlob: { write: { $: "masked", type: "Object", length: 0, fingerprint: "" } } },
    ],
    [
      "a largeBlob that was read",
      "{ largeBlob: { blob: new Uint8Array([5]).buffer, supported: true } }",
      { largeBlob: { blob: masked("ArrayBuffer", new Uint8Array([5])), supported: true } },
    ],
    [
      "what is stored with a credential, and read again",
      "{ extensions: { credBlob: new Uint8Array([1, 2]) }, clientExtensionResults: { credBlob: true, getCredBlob: new Uint8Array([1, 2]).buffer } }",
      {
        extensions: { credBlob: masked("Uint8Array", new Uint8Array([1, 2])) },
        clientExtensionResults: {
          credBlob: true,
          getCredBlob: masked("ArrayBuffer", new Uint8Array([1, 2])),
        },
      },
    ],
    [
      "PRF results",
      "{ prf: { enabled: true, results: { first: new Uint8Array([6]).buffer, second: 'text', third: null } } }",
      {
        prf: {
          enabled: true,
          results: {
            first: masked("ArrayBuffer", new Uint8Array([6])),
            second: masked("string", "text"),
            third: null,
          },
        },
      },
    ],
    [
      "a password",
      "{ password: { id: 'me', password: 'pässwörd😀\\ud800' } }",
      { password: { id: "me", password: masked("string", "pässwörd😀\ud800") } },
    ],
    ["a password in the wrong place", "{ password: 'hunter2' }", { password: masked("string", "hunter2") }],
    [
      "a password as bytes",
      "{ password: new Uint8Array([1]) }",
      { password: masked("Uint8Array", new Uint8Array([1])) },
    ],
    [
      "a password as a list",
      "{ password: ['hunter2'] }",
      { password: { $: "masked", type: "Array", length: 0, fingerprint: "" } },
    ],
    [
      "a password as a String object: nothing of its characters",
      "{ password: { id: 'me', password: new String('hunter2') } }",
      { password: { id: "me", password: { $: "masked", type: "String", length: 0, fingerprint: "" } } },
    ],
    [
      "a password as a set of characters",
      "{ password: { id: 'me', password: new Set('hunter2') } }",
      { password: { id: "me", password: { $: "masked", type: "Set", length: 0, fingerprint: "" } } },
    ],
    [
      "a largeBlob in the wrong place",
      "{ largeBlob: 'c2VjcmV0' }",
      { largeBlob: masked("string", "c2VjcmV0") },
    ],
  ])("%s", async (_, expression, snapshot) => {
    expect(await member(expression)).toEqual(snapshot);
  });

  test("not the inputs of PRF, which rules look at", async () => {
    expect(await member("{ prf: { eval: { first: new Uint8Array([1]) } } }")).toEqual({
      prf: { eval: { first: bytes("Uint8Array", 1) } },
    });
  });

  test("a huge one keeps its length alone", async () => {
    expect(await member("{ largeBlob: { write: new Uint8Array(1e6) } }")).toEqual({
      largeBlob: { write: { $: "truncated", of: "Uint8Array", length: 1e6 } },
    });
  });
});
