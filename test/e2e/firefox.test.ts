import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "../../src/index.js";
import { register, signIn } from "../support/ceremonies.js";
import { eventually } from "../support/eventually.js";
import { readTabLogs, type TabLog } from "../support/extensionLog.js";
import { type Firefox, type FirefoxPanel, launchFirefox } from "../support/firefox.js";
import { type PanelView, panelView } from "../support/readPanel.js";
import { servePages } from "../support/servePages.js";

declare const browser: {
  action: { getBadgeText(of: { tabId: number }): Promise<string> };
  storage: { session: { get(): Promise<Record<string, string>> } };
};

let firefox: Firefox;
let server: Awaited<ReturnType<typeof servePages>>;
/** a tab in which the extension's storage can be looked at */
let storageTab: string;

beforeAll(async () => {
  server = await servePages({
    "/": "<!doctype html><h1>page</h1>",
    "/frame": "<!doctype html><p>frame</p>",
    "/frames":
      "<!doctype html><iframe src='/frame'></iframe><iframe srcdoc='<p>x'></iframe><iframe></iframe>",
    "/strict": { html: "<h1>page</h1>", headers: { "content-security-policy": "default-src 'none'" } },
    "/first-script": `<script>
      window.done = navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32), rpId: "other.example" } })
        .catch(({ name }) => name);
    </script>`,
  });
  firefox = await launchFirefox();
  storageTab = await firefox.open(`${firefox.extensionOrigin}/manifest.json`);
});
// With two passkeys for one RP ID, Firefox asks a person which: every test has an authenticator of its own.
beforeEach(async () => await firefox.addVirtualAuthenticator());
afterAll(async () => {
  await firefox?.close();
  await server?.close();
});

const open = (path: string, host = "localhost") => firefox.open(`${server.on(host)}${path}`);

/** The log of a tab whose top-level page is at this path, read in another tab; comes back to it. */
async function logOf(tab: string, path: string): Promise<TabLog> {
  await firefox.switchTo(storageTab);
  const texts = await firefox.evaluate(() => browser.storage.session.get());
  await firefox.switchTo(tab);
  // The latest of this path: tabs that are closed take a moment to be forgotten.
  const log = readTabLogs(texts)
    .reverse()
    .find(({ realms, state }) =>
      realms.some(({ id, url }) => id === state.top && new URL(url).pathname === path),
    );
  if (!log) throw new Error(`nothing is kept of ${path}`);
  return log;
}

const settled = (tab: string, path: string, count: number): Promise<Call[]> =>
  eventually(async () => {
    const { calls } = await logOf(tab, path);
    expect(calls).toHaveLength(count);
    expect(calls.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
    return calls;
  });

const view = (panel: FirefoxPanel): Promise<PanelView> => panel.evaluate(panelView);

test("ceremonies from before DevTools was opened are in the real panel, later ones come to it, and a picture is kept", async () => {
  const tab = await open("/");
  const registered = await firefox.evaluate(register);
  expect(await firefox.evaluate(signIn)).toBe(registered);
  const panel = await firefox.openKeyholePanel();
  await eventually(async () =>
    expect(await view(panel)).toEqual({
      status: "Hooked before the page's first script",
      lines: ["create: good", "get: good"],
    }),
  );
  await firefox.focusPage();
  await firefox.evaluate(signIn);
  await eventually(async () =>
    expect((await view(panel)).lines).toEqual(["create: good", "get: good", "get: good"]),
  );
  await mkdir("test-results/screenshots", { recursive: true });
  await writeFile("test-results/screenshots/firefox-devtools.png", await firefox.screenshot());
  const [create, get] = await settled(tab, "/", 3);
  expect(create).toMatchObject({
    outcome: { value: { $: "PublicKeyCredential", value: { id: registered } } },
  });
  expect(get).toMatchObject({ outcome: { value: { $: "PublicKeyCredential", value: { id: registered } } } });

  // What a call says of itself, and the keys that go through the list.
  await panel.evaluate(() => document.querySelector<HTMLElement>(".list-row")!.click());
  await eventually(() =>
    panel.evaluate(() => document.querySelector<HTMLElement>("[role=tab][data-tab=verify]")!.click()),
  );
  const shown = () =>
    panel.evaluate(() => [
      document.querySelector(".list-row[aria-selected=true] .method")?.textContent?.trim(),
      document.querySelector("[role=tab][aria-selected=true]")?.textContent?.replace(/\d.*/, ""),
      document.querySelectorAll("[role=tabpanel] li").length > 10,
    ]);
  await eventually(async () => expect(await shown()).toEqual(["create", "Verify", true]));
  await writeFile("test-results/screenshots/firefox-devtools-call.png", await firefox.screenshot());
  await panel.evaluate(() => {
    const row = document.querySelector(".list-row[aria-selected=true]")!;
    row.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  });
  await eventually(async () => expect((await shown())[0]).toBe("get"));

  await panel.evaluate(() => (document.querySelector("[aria-label=Clear]") as HTMLElement).click());
  await eventually(async () => expect((await view(panel)).lines).toEqual([]));
  await panel.close();
  await firefox.closeTab();
});

test("a page's very first script is recorded", async () => {
  const tab = await open("/first-script");
  // Which of the two depends on whether the tab is in front already.
  const name = await firefox.evaluate(() => (window as unknown as { done: Promise<string> }).done);
  expect(["SecurityError", "NotAllowedError"]).toContain(name);
  expect(await settled(tab, "/first-script", 1)).toMatchObject([
    {
      arguments: [{ publicKey: { rpId: "other.example" } }],
      outcome: { status: "rejected", error: { name } },
    },
  ]);
  await firefox.closeTab();
});

test("a page that allows nothing (CSP default-src 'none') is recorded", async () => {
  const tab = await open("/strict");
  const id = await firefox.evaluate(register);
  expect(await settled(tab, "/strict", 1)).toMatchObject([{ outcome: { value: { value: { id } } } }]);
  await firefox.closeTab();
});

describe("frames", () => {
  test("of the same origin, srcdoc and about:blank are recorded", async () => {
    const tab = await open("/frames");
    const origin = server.on("localhost");
    for (const frame of [0, 1, 2]) {
      await firefox.switchToFrame(frame);
      await firefox.evaluate(register);
      await firefox.switchToFrame(null);
    }
    await settled(tab, "/frames", 3);
    const { calls, realms } = await logOf(tab, "/frames");
    const asked = calls.map(({ realmId }) => realms.find(({ id }) => id === realmId)!);
    expect(asked.map(({ url }) => url)).toEqual([`${origin}/frame`, "about:srcdoc", "about:blank"]);
    for (const realm of asked) expect(realm).toMatchObject({ origin, isSecureContext: true });
    await firefox.closeTab();
  });

  test("of another origin are recorded with theirs", async () => {
    const tab = await open("/");
    await firefox.evaluate(async (url) => {
      const frame = document.createElement("iframe");
      frame.src = `${url}/frame`;
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
      document.body.append(frame);
      await loaded;
    }, server.on("frame.localhost"));
    await firefox.switchToFrame(0);
    const ask = () =>
      navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32) } }).then(
        () => "answered",
        ({ name }) => name,
      );
    expect(await firefox.evaluate(ask)).toBe("NotAllowedError");
    await firefox.switchToFrame(null);
    const [call] = await settled(tab, "/", 1);
    const { realms } = await logOf(tab, "/");
    expect(realms.find(({ id }) => id === call!.realmId)).toMatchObject({
      origin: server.on("frame.localhost"),
    });
    await firefox.closeTab();
  });
});

test("calls made while the background is stopped wake it and are all kept", async () => {
  const tab = await open("/");
  const id = await firefox.evaluate(register);
  await settled(tab, "/", 1);
  for (const count of [2, 3]) {
    await firefox.stopBackground();
    expect(await firefox.isBackgroundRunning()).toBe(false);
    expect(await firefox.evaluate(signIn)).toBe(id);
    await settled(tab, "/", count);
    expect(await firefox.isBackgroundRunning()).toBe(true);
  }
  expect((await logOf(tab, "/")).state.lost).toBe(0);
  await firefox.closeTab();
});

test("the toolbar button tells the number of errors of the tab, after the background was stopped, too", async () => {
  const tab = await open("/");
  const mistake = () =>
    navigator.credentials
      .get({ publicKey: { challenge: new Uint8Array(32), rpId: "elsewhere.example" } })
      .catch(() => {});
  const badge = async () => {
    await firefox.switchTo(storageTab);
    const texts = await firefox.evaluate(async () => {
      const keys = Object.keys(await browser.storage.session.get());
      const ids = new Set(keys.flatMap((key) => /tab\/(\d+)\//.exec(key)?.[1] ?? []));
      return Promise.all([...ids].map((id) => browser.action.getBadgeText({ tabId: Number(id) })));
    });
    await firefox.switchTo(tab);
    return Math.max(0, ...texts.map(Number));
  };
  await firefox.evaluate(mistake);
  const first = await eventually(async () => {
    const errors = await badge();
    expect(errors).toBeGreaterThan(0);
    return errors;
  });
  await firefox.stopBackground();
  await firefox.evaluate(mistake);
  await eventually(async () => expect(await badge()).toBeGreaterThan(first));
  await firefox.closeTab();
});

test("the page sees its own API: names, lengths, descriptors, texts, brand checks and errors", async () => {
  await open("/");
  const seen = await firefox.evaluate(async () => {
    const { prototype } = CredentialsContainer;
    const describe = (name: "create" | "get" | "store" | "preventSilentAccess") => {
      const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(prototype, name)!;
      return [
        name,
        value.name,
        value.length,
        String(value),
        writable,
        enumerable,
        configurable,
        "prototype" in value,
      ];
    };
    const unhandled: unknown[] = [];
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      unhandled.push([(event.reason as Error).name, event.promise === refused]);
    });
    const refused = navigator.credentials.get({ publicKey: {} as PublicKeyCredentialRequestOptions });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {
      methods: (["create", "get", "store", "preventSilentAccess"] as const).map(describe),
      own: Object.getOwnPropertyNames(navigator.credentials),
      forged: await prototype.get.call({} as CredentialsContainer).catch((error: Error) => error.name),
      unhandled,
    };
  });
  const native = (name: string) => `function ${name}() {\n    [native code]\n}`;
  expect(seen).toEqual({
    methods: [
      ["create", "create", 0, native("create"), true, true, true, false],
      ["get", "get", 0, native("get"), true, true, true, false],
      ["store", "store", 1, native("store"), true, true, true, false],
      [
        "preventSilentAccess",
        "preventSilentAccess",
        0,
        native("preventSilentAccess"),
        true,
        true,
        true,
        false,
      ],
    ],
    own: [],
    forged: "TypeError",
    unhandled: [["TypeError", true]],
  });
  await firefox.closeTab();
});

test("a page that forges the events of the link puts nothing into the log", async () => {
  const tab = await open("/");
  const stolen = await firefox.evaluate(async () => {
    const ports: MessagePort[] = [];
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
    postMessage({ kind: "events", events: [installed], first: 0 }, "*");
    for (const port of ports) port.postMessage({ kind: "events", events: [installed], first: 0 });
    await navigator.credentials.preventSilentAccess();
    return ports.filter((port) => port !== port2).length;
  });
  expect(stolen).toBe(0);
  const calls = await settled(tab, "/", 1);
  expect(calls.map(({ api }) => api)).toEqual(["credentials.preventSilentAccess"]);
  expect((await logOf(tab, "/")).state.lost).toBe(0);
  await firefox.closeTab();
});
