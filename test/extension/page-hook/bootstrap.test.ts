import { describe, expect, test } from "vitest";
import { createLinkKey } from "../../../src/link/linkKey.js";
import { parsePushedLine } from "../../../src/link/pushedLine.js";
import { openBootstrapPage } from "../../support/bootstrapPage.js";

const GET =
  "navigator.credentials.get({ publicKey: { rpId: 'rp.example', challenge: new Uint8Array([1, 2]) } })";

describe("what is read", () => {
  test("is the realm, and each event under its number", async () => {
    const page = await openBootstrapPage({ via: "wire" });
    await page.runAsync(`await ${GET}`);
    const { reading, problems } = page.evaluate();
    expect(problems).toEqual([]);
    expect(reading).toMatchObject({ oldest: 0, first: 0, next: 2 });
    expect(reading!.events.map(({ kind }) => kind)).toEqual(["call", "settled"]);
    expect(reading!.realm).toMatchObject({
      id: reading!.realmId,
      url: "https://rp.example/sign-in",
      origin: "https://rp.example",
      ancestorOrigins: [],
      isSecureContext: true,
      userAgent: "Mozilla/5.0 (iPhone)",
      maxTouchPoints: 5,
      hook: { version: "9.9.9", via: "wire", readyState: "loading", native: true },
    });
    expect(reading!.events[0]).toMatchObject({
      call: {
        seq: 0,
        api: "credentials.get",
        arguments: [{ publicKey: { rpId: "rp.example", challenge: { $: "bytes", base64url: "AQI" } } }],
      },
    });
  });

  test("stays there for other readers, and is not read twice by the same", async () => {
    const page = await openBootstrapPage();
    await page.runAsync(`await ${GET}`);
    const first = page.evaluate().reading!;
    expect(page.evaluate().reading).toEqual(first);
    await page.runAsync(`await ${GET}`);
    const second = page.evaluate({ since: { realmId: first.realmId, next: first.next! } }).reading!;
    expect(second).toMatchObject({ first: 2, next: 4, oldest: 0 });
    expect(second.realm).toBeUndefined();
    expect(second.events).toHaveLength(2);
  });

  test("is everything where the reader speaks of another realm", async () => {
    const page = await openBootstrapPage();
    await page.runAsync(`await ${GET}`);
    expect(page.evaluate({ since: { realmId: "of the page before", next: 40 } }).reading).toMatchObject({
      first: 0,
      next: 2,
      realm: { url: "https://rp.example/sign-in" },
    });
  });

  test("comes in pieces of the size that is asked for, one event at least", async () => {
    const page = await openBootstrapPage();
    await page.runAsync(`for (let i = 0; i < 20; i++) await ${GET}`);
    const kinds: string[] = [];
    let answers = 0;
    for (let next = 0, realmId = ""; next < 40; answers++) {
      const reading = page.evaluate({ since: { realmId, next }, maxBytes: 2000 }).reading!;
      expect(JSON.stringify(reading.events).length).toBeLessThanOrEqual(2000);
      kinds.push(...reading.events.map(({ kind }) => kind));
      realmId = reading.realmId;
      next = reading.first + reading.events.length;
      expect(reading.next).toBe(40);
    }
    expect(kinds).toEqual(Array.from({ length: 20 }, () => ["call", "settled"]).flat());
    expect(answers).toBeGreaterThan(5);
    expect(page.evaluate({ maxBytes: 1 }).reading!.events).toHaveLength(1);
  });

  test("is bounded: the oldest goes first, and the numbers tell", async () => {
    const page = await openBootstrapPage();
    await page.runAsync(
      `for (let i = 0; i < 6000; i++) await navigator.credentials.get({ text: "x".repeat(200) })`,
    );
    const reading = page.evaluate({ maxBytes: 1 }).reading!;
    expect(reading.oldest).toBeGreaterThan(60);
    expect(reading).toMatchObject({ first: reading.oldest, next: 12_000 });
    expect(reading.realm).toBeDefined();
  });
});

describe("a page", () => {
  test("finds nothing: no member more, no answer to a guess, the browser's own errors", async () => {
    const look = `[Reflect.ownKeys(globalThis).length, Reflect.ownKeys(Function.prototype).length,
      Function.prototype.toString.length, String(Function.prototype.toString)]`;
    const page = await openBootstrapPage({ install: false });
    const before = page.run(look);
    const refused = page.run<string>(
      "try { ({ __proto__: Function.prototype }).toString() } catch (error) { error.name + error.message }",
    );
    page.install();
    expect(page.run(look)).toEqual(before);
    for (const question of ["", `"${"0".repeat(32)}", "", 0, 100`, "undefined, '', 0, 100"])
      expect(
        page.run(
          `try { ({ __proto__: Function.prototype }).toString(${question}) } catch (error) { error.name + error.message }`,
        ),
      ).toBe(refused);
  });

  test("hears of no question by what it put on Array.prototype, Object.prototype or String.prototype", async () => {
    const page = await openBootstrapPage();
    page.run(`globalThis.heard = [];
      for (const [holder, names] of [[Array.prototype, ["0", "1", "2", "3", "toJSON"]], [Object.prototype, ["toJSON", "kind", "realm"]], [String.prototype, ["toJSON"]]])
        for (const name of names)
          Object.defineProperty(holder, name, { configurable: true, get() { heard.push(name); }, set() { heard.push(name); } });
      JSON.stringify = (value) => heard.push("stringify");
      for (const name of ["call", "apply"]) { const real = Function.prototype[name]; Function.prototype[name] = function (...a) { heard.push(name); return Reflect.apply(real, this, a); }; }`);
    page.run("heard.length = 0; Function.prototype.toString()");
    await page.runAsync(`await ${GET}`);
    const heardByTheApi = page.run<string[]>("heard.splice(0)").filter((name) => name !== "toJSON");
    expect(page.evaluate().reading!.events).toHaveLength(2);
    expect(page.run<string[]>("heard")).toHaveLength(0);
    expect(heardByTheApi).not.toContain("stringify");
  });

  test("without the API, or of an empty frame, is told of all the same", async () => {
    const page = await openBootstrapPage({ api: false, url: "about:blank" });
    expect(page.evaluate().reading).toMatchObject({ next: 0, realm: { url: "about:blank" } });
  });

  test("that is loaded into the window of the empty document is a realm of its own", async () => {
    const page = await openBootstrapPage({ url: "about:blank" });
    const empty = page.evaluate().reading!;
    page.run("location.href = 'https://frame.example/'");
    const loaded = page.evaluate({ since: { realmId: empty.realmId, next: 0 } }).reading!;
    expect(loaded.realm).toMatchObject({ url: "https://frame.example/" });
    expect(loaded.realmId).not.toBe(empty.realmId);
    await page.runAsync(`await ${GET}`);
    expect(page.evaluate().reading).toMatchObject({ realmId: loaded.realmId, next: 2 });
  });

  test("gets the hook once, however often the script runs", async () => {
    const page = await openBootstrapPage();
    page.install();
    await page.runAsync(`await ${GET}`);
    page.install({ key: createLinkKey() });
    expect(page.evaluate().reading).toMatchObject({ next: 2 });
  });

  test("with a hook of another key says that there is one", async () => {
    const page = await openBootstrapPage();
    expect(page.evaluate({ key: createLinkKey() }).page).toMatchObject({
      hook: "other",
      url: "https://rp.example/sign-in",
    });
    const bare = await openBootstrapPage({ install: false });
    expect(bare.evaluate().page).toMatchObject({ hook: "none", isSecureContext: true });
  });

  test("whose toString has an answer to anything is one without a hook, and gets one", async () => {
    const before = `Function.prototype.toString = () => "function () {}"`;
    const page = await openBootstrapPage({ install: false, before });
    expect(page.evaluate().page).toMatchObject({ hook: "none" });
    page.install();
    await page.runAsync(`await ${GET}`);
    expect(page.evaluate().reading).toMatchObject({ next: 2 });
  });

  test("known limit: that answers the hook's question itself gets none", async () => {
    const page = await openBootstrapPage({ before: `Function.prototype.toString = () => "keyhole!"` });
    expect(page.evaluate().page).toMatchObject({ hook: "other" });
  });
});

describe("on the console", () => {
  const readLines = (page: { lines: string[]; key: string }) =>
    page.lines.map((line) => parsePushedLine(line, page.key)!);

  test("is nothing by itself", async () => {
    const page = await openBootstrapPage();
    await page.runAsync(`await ${GET}`);
    expect(page.lines).toEqual([]);
  });

  test("is each event, when that is wanted, with its realm", async () => {
    const page = await openBootstrapPage({ console: "events" });
    await page.runAsync(`await ${GET}`);
    const read = readLines(page);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    expect(read.map(({ reading }) => [reading!.first, reading!.events.map(({ kind }) => kind)])).toEqual([
      [0, []],
      [0, ["call"]],
      [1, ["settled"]],
    ]);
    for (const { reading } of read) expect(reading!.realm).toEqual(page.evaluate().reading!.realm);
  });

  test("is each call, once it has settled, in ASCII without white space", async () => {
    const page = await openBootstrapPage({ console: "calls", url: "https://rp.example/sign%20in" });
    await page.runAsync(
      `browser.get = () => { throw new TypeError("Nein, “größer” \\n als 🔑"); }; await ${GET}.catch(() => {})`,
    );
    await page.runAsync("await navigator.credentials.preventSilentAccess()");
    expect(page.lines).toHaveLength(3);
    for (const line of page.lines) expect(line).toMatch(/^keyhole:1:[!-~]+$/);
    for (const line of page.lines) expect(line).not.toContain("%");
    const [start, first, second] = readLines(page);
    expect(start!.reading).toMatchObject({ events: [], realm: { url: "https://rp.example/sign%20in" } });
    expect(first!.reading!.calls).toMatchObject([
      { seq: 0, outcome: { status: "rejected", error: { message: "Nein, “größer” \n als 🔑" } } },
    ]);
    expect(first!.reading!.calls![0]!.duration).toBeGreaterThanOrEqual(0);
    expect(second!.reading!.calls).toMatchObject([{ seq: 1, api: "credentials.preventSilentAccess" }]);
  });

  test("are also the calls that never settled, when the page goes", async () => {
    const page = await openBootstrapPage({ console: "calls" });
    page.run("browser.get = () => new Promise(() => {})");
    page.run(`void ${GET}`);
    expect(page.lines).toHaveLength(1);
    page.run("dispatchEvent(new Event('pagehide'))");
    expect(readLines(page)[1]!.reading!.calls).toMatchObject([{ seq: 0, outcome: { status: "pending" } }]);
  });

  test("goes past what the page puts in the console's place later", async () => {
    const page = await openBootstrapPage({ console: "calls" });
    page.run("globalThis.seen = []; console.info = (line) => seen.push(line)");
    await page.runAsync(`await ${GET}`);
    expect(page.run<string[]>("seen")).toHaveLength(0);
    expect(page.lines).toHaveLength(2);
  });

  test("no line of a page is taken for one of ours: it does not know the key", async () => {
    const page = await openBootstrapPage({ console: "calls" });
    await page.runAsync(`await ${GET}`);
    const [, line = ""] = page.lines;
    const ask = page.key.slice(0, 32);
    expect(line).not.toContain(ask);
    const forged = line.replace(page.key.slice(32), ask.slice(0, 16));
    expect(parsePushedLine(forged, page.key)).toBeUndefined();
    expect(parsePushedLine(line, page.key)?.reading).toBeDefined();
  });

  test("a missing console does no harm", async () => {
    const page = await openBootstrapPage({ console: "calls", before: "delete globalThis.console" });
    await page.runAsync(`await ${GET}`);
    expect(page.evaluate().reading).toMatchObject({ next: 2 });
  });
});
