import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { register, signIn } from "../support/ceremonies.js";
import { addVirtualAuthenticator, launchChromium, openKeyholePanel } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { readPanel } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages({
    "/": "<h1>page</h1>",
    "/frame": "<p>frame</p>",
    "/frames": "<iframe src='/frame'></iframe><iframe srcdoc='<p>x'></iframe><iframe></iframe>",
    "/strict": { html: "<h1>page</h1>", headers: { "content-security-policy": "default-src 'none'" } },
    "/first-script": `<script>
      window.done = navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32), rpId: "other.example" } })
        .catch(({ name }) => name);
    </script>`,
    "/autofill": "<input autocomplete='username webauthn'>",
  });
  browser = await launchChromium();
  log = await openExtensionLog(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A new tab at a path, with an authenticator. */
async function open(path: string, host = "localhost"): Promise<Page> {
  const page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(`${server.on(host)}${path}`);
  return page;
}

/** The calls of a tab, once there are as many, and none that is still pending. */
const settledCalls = (page: Page, count: number) =>
  eventually(async () => {
    const { calls } = await log.of(page);
    expect(calls).toHaveLength(count);
    expect(calls.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
    return calls;
  });

test("ceremonies from before DevTools was opened are in the real panel, and later ones come to it", async () => {
  const page = await open("/");
  const registered = await page.evaluate(register);
  expect(await page.evaluate(signIn)).toBe(registered);

  const { panel } = await openKeyholePanel(page);
  await eventually(async () =>
    expect(await readPanel(panel)).toEqual({
      status: "Hooked before the page's first script",
      lines: ["create: good", "get: good"],
    }),
  );
  await page.bringToFront();
  await page.evaluate(signIn);
  await eventually(async () =>
    expect((await readPanel(panel)).lines).toEqual(["create: good", "get: good", "get: good"]),
  );

  const [create, get] = await settledCalls(page, 3);
  expect(create).toMatchObject({
    api: "credentials.create",
    outcome: { status: "fulfilled", value: { $: "PublicKeyCredential", value: { id: registered } } },
  });
  expect(get).toMatchObject({
    api: "credentials.get",
    outcome: { status: "fulfilled", value: { $: "PublicKeyCredential", value: { id: registered } } },
  });
  await page.close();
});

test("a page's very first script is recorded", async () => {
  const page = await open("/first-script");
  expect(await page.evaluate(() => (window as unknown as { done: Promise<string> }).done)).toBe(
    "SecurityError",
  );
  expect(await settledCalls(page, 1)).toMatchObject([
    { outcome: { status: "rejected", error: { name: "SecurityError" } } },
  ]);
  await page.close();
});

test("a page that allows nothing (CSP default-src 'none') is recorded", async () => {
  const page = await open("/strict");
  const id = await page.evaluate(register);
  expect(await settledCalls(page, 1)).toMatchObject([{ outcome: { value: { value: { id } } } }]);
  await page.close();
});

describe("what becomes of a call", () => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage();
    await page.goto(server.on("localhost"));
  });
  test.each([
    [
      "an abort, with its reason",
      async () => {
        const authenticator = await addVirtualAuthenticator(page, { automaticPresenceSimulation: false });
        const name = await page.evaluate(() => {
          const controller = new AbortController();
          const publicKey = { challenge: new Uint8Array(32) };
          const call = navigator.credentials.get({ publicKey, signal: controller.signal });
          controller.abort(new RangeError("changed my mind"));
          return call.catch((error: Error) => error.name);
        });
        expect(name).toBe("RangeError");
        await authenticator.remove();
      },
      {
        aborted: { at: expect.any(Number), reason: expect.anything() },
        outcome: { status: "rejected", error: { name: "RangeError", isDOMException: false } },
      },
    ],
    [
      "a timeout",
      async () => {
        const authenticator = await addVirtualAuthenticator(page, { automaticPresenceSimulation: false });
        await page.evaluate(() => {
          const publicKey = { challenge: new Uint8Array(32), timeout: 1 };
          return navigator.credentials.get({ publicKey }).catch(() => {});
        });
        await authenticator.remove();
      },
      { outcome: { status: "rejected", error: { name: "NotAllowedError", isDOMException: true } } },
    ],
    [
      "a rejection",
      async () => {
        await page.evaluate(() =>
          navigator.credentials
            .create({ publicKey: {} as PublicKeyCredentialCreationOptions })
            .catch(() => {}),
        );
      },
      { outcome: { status: "rejected", error: { name: "TypeError", isDOMException: false } } },
    ],
  ])("%s", async (_, act, expected) => {
    await page.bringToFront();
    await page.reload();
    await act();
    const calls = await eventually(async () => {
      const { calls, state } = await log.of(page);
      const own = calls.filter(({ realmId }) => realmId === state.top);
      expect(own).toMatchObject([expected]);
      return own;
    });
    expect(calls[0]!.duration).toBeGreaterThanOrEqual(0);
  });
});

test("a conditional get is seen while it waits, and when it is answered or given up", async () => {
  const page = await browser.newPage();
  const authenticator = await addVirtualAuthenticator(page);
  await page.goto(`${server.on("localhost")}/autofill`);
  await page.evaluate(register);
  const conditional = () => {
    const controller = new AbortController();
    Object.assign(window, { controller });
    const publicKey = { challenge: new Uint8Array(32) };
    const { signal } = controller;
    return navigator.credentials.get({ publicKey, signal, mediation: "conditional" }).catch(() => {});
  };
  await page.evaluate(conditional);
  expect((await settledCalls(page, 2))[1]).toMatchObject({
    arguments: [{ mediation: "conditional" }],
    environment: { webauthnFields: 1 },
    outcome: { status: "fulfilled" },
  });

  await authenticator.setPresence(false);
  const given = page.evaluate(conditional);
  await eventually(async () => expect((await log.of(page)).calls[2]?.outcome).toEqual({ status: "pending" }));
  await page.evaluate(() => (window as unknown as { controller: AbortController }).controller.abort());
  await given;
  expect((await settledCalls(page, 3))[2]).toMatchObject({
    aborted: { at: expect.any(Number) },
    outcome: { status: "rejected", error: { name: "AbortError" } },
  });
  await page.close();
});

describe("frames", () => {
  const frameCalls = async (page: Page) => {
    const { calls, realms } = await log.of(page);
    return calls.map(({ outcome, realmId }) => ({
      outcome: outcome.status,
      realm: realms.find(({ id }) => id === realmId)!,
    }));
  };
  const frames = (page: Page): Frame[] => page.mainFrame().childFrames();

  test("of the same origin, srcdoc and about:blank are recorded; those without a call cost nothing", async () => {
    const page = await open("/frames");
    const origin = server.on("localhost");
    await eventually(async () => expect((await log.of(page)).realms).toHaveLength(1));
    for (const frame of frames(page)) await frame.evaluate(register);
    await eventually(async () => {
      const calls = await frameCalls(page);
      expect(calls.map(({ outcome }) => outcome)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
      expect(calls.map(({ realm }) => realm.url)).toEqual([`${origin}/frame`, "about:srcdoc", "about:blank"]);
      for (const { realm } of calls) {
        expect(realm).toMatchObject({ origin, ancestorOrigins: [origin], isSecureContext: true });
        expect(realm.frameId).toBeGreaterThan(0);
      }
    });
    await page.close();
  });

  test("of another origin are recorded with theirs, and whether the policy lets them", async () => {
    const embedder = server.on("localhost");
    const embedded = server.on("frame.localhost");
    const page = await open("/");
    await page.evaluate(async (url) => {
      for (const allow of ["", "publickey-credentials-get *; publickey-credentials-create *"]) {
        const frame = document.createElement("iframe");
        frame.allow = allow;
        frame.src = `${url}/frame`;
        const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
        document.body.append(frame);
        await loaded;
      }
    }, embedded);
    const urls = () => frames(page).map((frame) => frame.url());
    await eventually(() => expect(urls()).toEqual([`${embedded}/frame`, `${embedded}/frame`]));
    // One may not ask at all; for the other there is no passkey.
    const ask = () =>
      navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32) } }).catch(({ name }) => name);
    for (const frame of frames(page)) expect(await frame.evaluate(ask)).toBe("NotAllowedError");
    await eventually(async () => {
      const { calls } = await log.of(page);
      expect(calls.map(({ environment }) => environment.policy?.get)).toEqual([false, true]);
      for (const { realm } of await frameCalls(page))
        expect(realm).toMatchObject({ origin: embedded, ancestorOrigins: [embedder] });
    });
    await page.close();
  });
});

test("two tabs are kept apart, and each panel shows its own", async () => {
  const [one, two] = [await open("/"), await open("/")];
  await one.bringToFront();
  await one.evaluate(register);
  await two.bringToFront();
  await two.evaluate(register);
  await two.evaluate(signIn);
  await settledCalls(one, 1);
  await settledCalls(two, 2);
  expect((await log.of(one)).tabId).not.toBe((await log.of(two)).tabId);

  const panels = [(await openKeyholePanel(one)).panel, (await openKeyholePanel(two)).panel];
  await eventually(async () => {
    expect((await readPanel(panels[0]!)).lines).toEqual(["create: good"]);
    expect((await readPanel(panels[1]!)).lines).toEqual(["create: good", "get: good"]);
  });

  const { tabId } = await log.of(two);
  await two.close();
  await eventually(async () => expect((await log.tabs()).map((tab) => tab.tabId)).not.toContain(tabId));
  await settledCalls(one, 1);
  await one.close();
});

test("pause leaves new calls out, clear empties the log, for every view of the tab", async () => {
  const page = await open("/");
  await page.evaluate(register);
  const { panel } = await openKeyholePanel(page);
  const lines = async () => (await readPanel(panel)).lines;
  await eventually(async () => expect(await lines()).toEqual(["create: good"]));

  await panel.click("[aria-label=Record]");
  await eventually(async () => expect((await readPanel(panel)).status).toBe("Recording is paused"));
  await page.bringToFront();
  await page.evaluate(signIn);
  await panel.click("[aria-label=Record]");
  await eventually(async () => expect((await readPanel(panel)).status).toMatch("Hooked"));
  await page.evaluate(signIn);
  await eventually(async () => expect(await lines()).toEqual(["create: good", "get: good"]));

  await panel.click("[aria-label=Clear]");
  await eventually(async () => expect(await lines()).toEqual([]));
  expect((await log.of(page)).calls).toEqual([]);
  await page.evaluate(signIn);
  await eventually(async () => expect(await lines()).toEqual(["get: good"]));
  await page.close();
});

test("a page that forges the events of the link puts nothing into the log", async () => {
  const page = await open("/");
  const before = await eventually(() => log.of(page));
  const stolen = await page.evaluate(async () => {
    const ports: MessagePort[] = [];
    const forged = {
      kind: "call",
      call: {
        seq: 0,
        api: "credentials.get",
        startedAt: Date.now(),
        environment: { hasFocus: true, visibility: "visible" },
        arguments: [],
        outcome: { status: "pending" },
      },
    };
    const installed = {
      kind: "installed",
      hook: { version: "0", installedAt: 1, readyState: "loading", native: true },
    };
    const { port2 } = new MessageChannel();
    for (const place of [window, document, document.fonts]) {
      place.addEventListener("keyhole:port", (event) => ports.push(...(event as MessageEvent).ports), true);
      place.dispatchEvent(new Event("keyhole:port?"));
      place.dispatchEvent(new MessageEvent("keyhole:port", { ports: [port2], cancelable: true }));
      place.dispatchEvent(new Event("keyhole:port?"));
    }
    for (const message of [installed, forged, { kind: "events", events: [installed, forged], first: 0 }]) {
      postMessage(message, "*");
      dispatchEvent(new MessageEvent("message", { data: message }));
      for (const port of ports) port.postMessage(message);
      new BroadcastChannel("keyhole").postMessage(message);
    }
    await navigator.credentials.preventSilentAccess();
    return ports.filter((port) => port !== port2).length;
  });
  expect(stolen).toBe(0);
  await eventually(async () => {
    const { calls, realms, state } = await log.of(page);
    expect(calls.map(({ api }) => api)).toEqual(["credentials.preventSilentAccess"]);
    expect(realms).toEqual(before.realms);
    expect(state.lost).toBe(0);
  });
  await page.close();
});

// Chromium keeps the window of a frame's initial empty document for the document that follows it.
test.each([
  ["a frame that it has just made", "f.src = '/'; document.body.append(f); return f.contentWindow"],
  ["a srcdoc frame", "f.srcdoc = '<p>frame'; document.body.append(f); return f.contentWindow"],
  ["a window that it has just opened", "return open('/')"],
])("a page that waits in %s does not get its port", async (_, make) => {
  const page = await open("/");
  const events = await page.evaluate(`(async () => {
    const events = [];
    const other = (() => { const f = document.createElement("iframe"); ${make} })();
    for (const target of [other, other.document, other.document.fonts])
      for (const type of ["keyhole:port", "keyhole:port?"])
        target.addEventListener(type, (event) => events.push(type), true);
    while (other.location.href === "about:blank" || other.document.readyState !== "complete")
      await new Promise((resolve) => setTimeout(resolve, 5));
    // Chromium may have lost the connection of a container that is older than its document.
    await other.navigator.credentials.preventSilentAccess().catch(() => {});
    return events;
  })()`);
  expect(events).toEqual([]);
  await page.close();
});
