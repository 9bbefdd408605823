import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message, RealmEvent } from "../../extension/background/message.js";
import { analyze, type Call, callOf, newsOf, type Realm, type Recording } from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register, signIn } from "../support/ceremonies.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { servePages } from "../support/servePages.js";
import { runInWebKitWorlds, type WorldScript } from "../support/webkitWorlds.js";

/*
 * The hook and the content script that Safari gets, in a real WebKit, each in its world. Of the extension API
 * there is what a content script asks of it; the authenticator is the page's: WebKitGTK has neither.
 */

type Events = Extract<Message, { kind: "events" }>;

/** What a content script has of the extension API, and a background that keeps what it is told in the top window. */
const RUNTIME = `top.kept ??= [];
globalThis.browser = { runtime: {
  id: "keyhole",
  onMessage: { addListener() {} },
  async sendMessage(message) {
    top.kept.push(message);
    top.dispatchEvent(new Event("kept"));
    return message.first + message.events.length;
  },
} };`;

const HOOK: WorldScript = { source: pageAuthenticator() + readBuilt("safari/page-hook.js"), world: null };
const CONTENT: WorldScript = { source: `${RUNTIME}\n${readBuilt("safari/content.js")}`, world: "extension" };

/** Waits until a realm has as many calls, and all of them have ended where asked; gives what the background was told. */
const keptOf = (path: string, calls: number, ended: number): string => `
  const isEnough = () => {
    const events = kept.filter(({ realm }) => realm.url.endsWith("${path}")).flatMap(({ events }) => events);
    const made = events.filter(({ kind }) => kind === "call");
    const done = made.filter(({ call }) => call.outcome.status !== "pending").length;
    return made.length >= ${calls} && done + events.filter(({ kind }) => kind === "settled").length >= ${ended};
  };
  while (!isEnough()) await new Promise((resolve) => addEventListener("kept", resolve, { once: true }));
  return JSON.stringify(kept);`;

const PAGE = (script: string) =>
  `<title>page</title><script>globalThis.__name = (f) => f; ${script}</script>`;

let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages({
    "/ceremonies": PAGE(`(${register})().then(${signIn})`),
    "/page-of-a-frame": PAGE(`onload = () => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.src = "/frame";
      frame.onload = () => {
        void frame.contentWindow.navigator.credentials.preventSilentAccess();
        frame.remove();
      };
    };`),
    "/frame": "<title>frame</title>",
  });
});
afterAll(() => server?.close());

async function told(path: string, scripts: readonly WorldScript[], body: string): Promise<Events[]> {
  const url = server.on("localhost") + path;
  return JSON.parse(await runInWebKitWorlds({ url, scripts, world: CONTENT.world!, body })) as Events[];
}

function callsOf(realmId: string, events: readonly RealmEvent[]): Call[] {
  const calls = new Map<number, Call>();
  for (const event of events) {
    if (event.kind === "call") calls.set(event.call.seq, callOf(realmId, event.call));
    else if (event.kind === "settled" || event.kind === "aborted")
      calls.set(event.seq, { ...calls.get(event.seq)!, ...newsOf(event) });
  }
  return [...calls.values()];
}

const recordingOf = (realms: Realm[], calls: Call[]): Recording => ({
  format: "keyhole-recording",
  version: 1,
  createdBy: { name: "test", version: "0" },
  createdAt: new Date().toISOString(),
  realms,
  calls,
});

describe.each([
  ["the hook first", [HOOK, CONTENT]],
  ["the content script first", [CONTENT, HOOK]],
])("%s", (_, scripts) => {
  test("the content script hears of every call before the page's first script, whole", async () => {
    const messages = await told("/ceremonies", scripts, keptOf("/ceremonies", 2, 2));
    const events = messages.flatMap(({ events }) => events);
    expect(events[0]).toMatchObject({ kind: "installed", hook: { readyState: "loading" } });
    expect(events.filter(({ kind }) => kind === "lost")).toEqual([]);
    const { realm } = messages[0]!;
    const calls = callsOf(realm.id, events);
    expect(calls.map(({ api, outcome }) => `${api} ${outcome.status}`)).toEqual([
      "credentials.create fulfilled",
      "credentials.get fulfilled",
    ]);
    const { ceremonies } = await analyze(recordingOf([realm], calls));
    expect(ceremonies[1]!.verdicts.find(({ check }) => check === "signature")!.outcome).toBe("pass");
  });
});

test("a call of a frame that is removed in the same task is kept", async () => {
  const messages = await told("/page-of-a-frame", [HOOK, CONTENT], keptOf("/frame", 1, 0));
  const ofFrame = messages.filter(({ realm }) => realm.url.endsWith("/frame"));
  expect(ofFrame.flatMap(({ events }) => events)).toContainEqual(
    expect.objectContaining({
      kind: "call",
      call: expect.objectContaining({ api: "credentials.preventSilentAccess" }),
    }),
  );
});
