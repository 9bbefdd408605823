import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze, createLinkKey, listPages, parseEndpoint, wireSource } from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register, signIn } from "../support/ceremonies.js";
import { eventually } from "../support/eventually.js";
import { nodeWorld } from "../support/nodeWorld.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { recordingOf, recordSource, type SourceRecord } from "../support/recordSource.js";
import { servePages } from "../support/servePages.js";
import { startWpe, type WebKitBrowser } from "../support/startWebKit.js";
import { tapWire } from "../support/tapWire.js";

/* WPE, an older WebKit than the one of the other tests where it is Debian's: 2.38, of the age of Safari 16. */

const tap = tapWire();
let wpe: WebKitBrowser;
let server: Awaited<ReturnType<typeof servePages>>;
let log: SourceRecord;

beforeAll(async () => {
  server = await servePages({
    "/": "<title>start</title><h1>page</h1>",
    "/first-script": "<script>void navigator.credentials.preventSilentAccess();</script>",
  });
  wpe = await startWpe(`${server.on("localhost")}/`);
  // The page is listed before it has gone anywhere.
  const { devices } = await listPages(nodeWorld, parseEndpoint(wpe.endpoint)!);
  const bootstrap = pageAuthenticator() + readBuilt("hook/keyhole-bootstrap.js");
  log = recordSource(wireSource(devices[0]!.pages[0]!, tap.world, { bootstrap, key: createLinkKey() }));
  await eventually(() => expect(log.realms.at(-1)?.url).toBe(`${server.on("localhost")}/`));
});
afterAll(async () => {
  log?.stop();
  await wpe?.stop();
  await server?.close();
});

test("the hook comes before the page's first script, and ceremonies are genuine", async () => {
  const url = `${server.on("localhost")}/first-script`;
  await tap.evaluate(`void (location.href = ${JSON.stringify(url)})`);
  await eventually(() => expect(log.realms.at(-1)).toMatchObject({ url, hook: { readyState: "loading" } }));
  await eventually(() =>
    expect(log.calls.map(({ api }) => api)).toEqual(["credentials.preventSilentAccess"]),
  );
  await tap.evaluate(`(globalThis.__name = (f) => f, (${register})())`);
  await tap.evaluate(`(${signIn})()`);
  await eventually(() =>
    expect(log.calls.map(({ outcome }) => outcome.status)).toEqual(Array(3).fill("fulfilled")),
  );
  const { ceremonies } = await analyze(recordingOf(log));
  expect(ceremonies[2]!.verdicts.find(({ check }) => check === "signature")!.outcome).toBe("pass");
});

test("a connection that is cut and restored loses nothing and doubles nothing", async () => {
  const before = log.calls.length;
  tap.cut();
  await eventually(() => expect(log.statuses.at(-1)).toMatch(/^lost: /));
  tap.restore();
  await eventually(() => expect(log.statuses.at(-1)).toMatch(/^live: /));
  await tap.evaluate("navigator.credentials.preventSilentAccess()");
  await eventually(() => expect(log.calls).toHaveLength(before + 1));
  expect([log.doubles, log.lost]).toEqual([0, 0]);
});
