import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  analyze,
  createLinkKey,
  listPages,
  parseEndpoint,
  type WirePage,
  wireSource,
} from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register, signIn } from "../support/ceremonies.js";
import { eventually } from "../support/eventually.js";
import { nodeWorld } from "../support/nodeWorld.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { recordingOf, recordSource, type SourceRecord } from "../support/recordSource.js";
import { servePages } from "../support/servePages.js";
import { startWebKit, type WebKitBrowser } from "../support/startWebKit.js";
import { type Tap, tapWire } from "../support/tapWire.js";

/** One WebKit for all tests of this file; each connects anew, with a key of its own. */
let webKit: WebKitBrowser;
let server: Awaited<ReturnType<typeof servePages>>;
let tap: Tap;
let log: SourceRecord;

/** The cheapest call: it needs no person, nor an authenticator. */
const CALL = "navigator.credentials.preventSilentAccess()";
const FIRST_SCRIPT = `<script nonce="x">void ${CALL};</script>`;
/** Runs in the page. */
const callTimes = async (count: number) => {
  for (let made = 0; made < count; made++) await navigator.credentials.preventSilentAccess();
};
/** Runs in the page: goes on by itself, also while nobody is connected. */
const callNowAndThen = (count: number, everyMs: number) => {
  let made = 0;
  const timer = setInterval(() => {
    void navigator.credentials.preventSilentAccess();
    if (++made === count) clearInterval(timer);
  }, everyMs);
};

beforeAll(async () => {
  const pages: Record<string, { html: string; headers?: Record<string, string> } | string> = {
    "/": "<title>start</title><h1>page</h1>",
    "/first-script": FIRST_SCRIPT,
    "/strict": {
      html: FIRST_SCRIPT,
      headers: {
        "content-security-policy":
          "default-src 'none'; script-src 'nonce-x'; require-trusted-types-for 'script'",
      },
    },
    "/frame": `${FIRST_SCRIPT}<script>const __name = (f) => f; void (${register})();</script>`,
  };
  server = await servePages(pages);
  pages["/frames"] = `<iframe src="/frame"></iframe><iframe src="${server.on("127.0.0.1")}/frame"></iframe>
    <iframe srcdoc="${FIRST_SCRIPT.replaceAll('"', "'")}"></iframe>`;
  webKit = await startWebKit(`${server.on("localhost")}/`);
});
afterAll(async () => {
  await webKit?.stop();
  await server?.close();
});

beforeEach(() => {
  tap = tapWire();
});
afterEach(() => log?.stop());

describe("the hook comes before the page's first script", () => {
  test.each([
    ["in a page", "/first-script"],
    ["under a strict Content Security Policy with Trusted Types", "/strict"],
  ])("%s", async (_, path) => {
    await connect();
    await goTo(path);
    await callsIn(path, 1);
    expect(log.statuses.at(-1)).toBe("live: Hooked before the page's first script");
    expect(realmOf(path)!.hook).toMatchObject({ via: "wire", readyState: "loading", native: true });
  });

  test("in frames of the same and of another origin, and without an address", async () => {
    await connect();
    await goTo("/frames");
    const [here, there] = [server.on("localhost"), server.on("127.0.0.1")];
    const frames = await eventually(() => {
      const found = log.realms.filter(({ ancestorOrigins }) => ancestorOrigins.length > 0);
      expect(found.map(({ url }) => url).sort()).toEqual(["about:srcdoc", `${there}/frame`, `${here}/frame`]);
      return found;
    });
    await eventually(() => {
      for (const { id, url } of frames)
        expect(settledIn(id).map(({ api }) => api)).toEqual(
          url === "about:srcdoc"
            ? ["credentials.preventSilentAccess"]
            : ["credentials.preventSilentAccess", "credentials.create"],
        );
    });
    for (const { ancestorOrigins, hook, origin, url } of frames) {
      expect([ancestorOrigins, hook.readyState]).toEqual([[here], "loading"]);
      expect(origin).toBe(url.startsWith(there) ? there : here);
    }
  });

  test("each time that another site is opened, and with it another process", async () => {
    let swaps = 0;
    tap.drop = (text) => {
      if (text.includes("Target.didCommitProvisionalTarget")) swaps++;
      return false;
    };
    await connect();
    for (let round = 0; round < 4; round++) {
      const host = round % 2 === 0 ? "127.0.0.1" : "localhost";
      await goTo(`/first-script?${round}`, host);
      await callsIn(`/first-script?${round}`, 1);
      expect(realmOf(`/first-script?${round}`)!.hook.readyState).toBe("loading");
    }
    expect(swaps).toBe(4);
  });

  test("when the page is reloaded", async () => {
    await connect();
    await goTo("/first-script");
    await callsIn("/first-script", 1);
    await tap.evaluate("void location.reload()");
    await eventually(() => {
      const realms = log.realms.filter(({ url }) => url.endsWith("/first-script"));
      expect(realms.map(({ id }) => settledIn(id).length)).toEqual([1, 1]);
    });
  });
});

test("in a page that was open already, says what was missed; a reload mends it", async () => {
  await connect();
  await tap.evaluate(
    `void setTimeout(() => { location.href = "${server.on("localhost")}/first-script?alone"; }, 100)`,
  );
  log.stop();
  await eventually(async () => expect((await onlyPage()).url).toContain("?alone"));
  tap = tapWire();
  await connect();
  expect(log.statuses.at(-1)).toMatch(/^live: Hooked \d+\.\d s late: earlier calls are missing/);
  await tap.evaluate("void location.reload()");
  await eventually(() => expect(log.statuses.at(-1)).toBe("live: Hooked before the page's first script"));
});

test("ceremonies are genuine: what was recorded verifies", async () => {
  await connect();
  await goTo("/?ceremonies");
  const id = await tap.evaluate(`(() => { const __name = (f) => f; return (${register})(); })()`);
  expect(await tap.evaluate(`(() => { const __name = (f) => f; return (${signIn})(); })()`)).toBe(id);
  await callsIn("/?ceremonies", 2);

  const { ceremonies } = await analyze(recordingOf(log));
  const [registration, authentication] = ceremonies.slice(-2);
  for (const [ceremony, checks] of [
    [registration, ["challenge", "origin", "rp-id-hash", "user-present", "attestation-object"]],
    [authentication, ["challenge", "origin", "rp-id-hash", "user-present", "signature"]],
  ] as const) {
    const outcome = new Map(ceremony!.verdicts.map((verdict) => [verdict.check, verdict.outcome]));
    expect([...outcome.values()]).not.toContain("fail");
    for (const check of checks) expect([check, outcome.get(check)]).toEqual([check, "pass"]);
  }
});

describe("a log of 500 calls", () => {
  test("is told as it happens, whole and in order", async () => {
    await connect();
    await goTo("/?many");
    await tap.evaluate(`(${callTimes})(500)`);
    expectWhole(await callsIn("/?many", 500));
  });

  test("is read where nothing of it is pushed", async () => {
    tap.drop = (text) => text.includes("Console.messageAdded");
    await connect();
    await goTo("/?unpushed");
    await tap.evaluate(`(${callTimes})(500)`);
    expectWhole(await callsIn("/?unpushed", 500));
  });

  test("is read in pieces of at most 256 KiB, by who comes late", async () => {
    await connect(key);
    await goTo("/?pieces");
    await tap.evaluate(`(${callTimes})(1500)`);
    await callsIn("/?pieces", 1500);
    log.stop();

    tap = tapWire();
    let longest = 0;
    let pieces = 0;
    tap.drop = (text) => {
      if (text.includes("Console.messageAdded")) return true;
      if (!text.includes("realmId")) return false;
      longest = Math.max(longest, text.length);
      pieces++;
      return false;
    };
    await connect(key);
    expectWhole(await callsIn("/?pieces", 1500));
    expect(pieces).toBeGreaterThan(1);
    // JSON within JSON within JSON: each quote grows to four or eight characters.
    expect(longest).toBeLessThan(2 * 1024 * 1024);
  });
});

test("a connection that is cut and restored loses nothing and doubles nothing", async () => {
  await connect();
  await goTo("/?cut");
  await tap.evaluate(`(${callNowAndThen})(60, 50)`);
  await callsIn("/?cut", 10, "at least");
  tap.cut();
  expect(log.statuses.at(-1)).toBe("lost: The connection was cut.");
  const atCut = log.calls.length;
  await eventually(() => expect(log.statuses.join()).toContain("No connection to"));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(log.calls).toHaveLength(atCut);
  tap.restore();
  expectWhole(await callsIn("/?cut", 60));
  expect(log.statuses.at(-1)).toBe("live: Hooked before the page's first script");
  // Nothing comes afterwards, from a reading that overlapped.
  await tap.evaluate(CALL);
  expectWhole(await callsIn("/?cut", 61));
});

test("another inspector that takes the page, and the way back", async () => {
  await connect();
  await goTo("/?taken");
  const other = tapWire();
  const otherLog = recordSource(wireSource(await onlyPage(), other.world, options()));
  await eventually(() => expect(log.statuses).toContain("lost: The connection was cut."));
  otherLog.stop();
  await eventually(() => expect(log.statuses.at(-1)).toMatch(/^live/));
  await tap.evaluate(CALL);
  await callsIn("/?taken", 1);
});

const key = createLinkKey();

const options = (ownKey = createLinkKey()) => ({
  bootstrap: pageAuthenticator() + readBuilt("hook/keyhole-bootstrap.js"),
  key: ownKey,
});

async function connect(ownKey?: string): Promise<void> {
  log = recordSource(wireSource(await onlyPage(), tap.world, options(ownKey)));
  await eventually(() => expect(log.statuses.at(-1)).toMatch(/^(live|lost: (Not a secure|Another))/));
}

async function goTo(path: string, host = "localhost"): Promise<void> {
  const url = server.on(host) + path;
  await tap.evaluate(`void (location.href = ${JSON.stringify(url)})`);
  await eventually(() => expect(log.realms.map((realm) => realm.url)).toContain(url));
}

const realmOf = (path: string) => log.realms.filter(({ url }) => url.endsWith(path)).at(-1);

const settledIn = (realmId: string) =>
  log.calls.filter((call) => call.realmId === realmId && call.outcome.status !== "pending");

/** The calls of the page at that path, once there are as many. */
const callsIn = (path: string, count: number, how: "exactly" | "at least" = "exactly") =>
  eventually(() => {
    const calls = settledIn(realmOf(path)!.id);
    if (how === "exactly") expect(calls).toHaveLength(count);
    else expect(calls.length).toBeGreaterThanOrEqual(count);
    return calls;
  });

function expectWhole(calls: { seq: number }[]): void {
  expect(calls.map(({ seq }) => seq)).toEqual(calls.map((_, index) => index));
  expect([log.doubles, log.lost]).toEqual([0, 0]);
}

async function onlyPage(): Promise<WirePage> {
  const { devices } = await listPages(nodeWorld, parseEndpoint(webKit.endpoint)!);
  expect(devices.flatMap(({ pages }) => pages)).toHaveLength(1);
  return devices[0]!.pages[0]!;
}
