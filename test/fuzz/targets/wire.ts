import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Call,
  listPages,
  parseEndpoint,
  type Realm,
  type WirePage,
  type WireWorld,
  wireSource,
} from "../../../src/index.js";
import type { SocketListener } from "../../../src/wire/world.js";
import { ANSWERS, CONSOLE_LINES, CONVERSATION, CONVERSATION_KEY } from "../corpus.js";
import { anyEdits, PLAIN, pick } from "../mutate/edit.js";
import { anyJsonLike } from "../mutate/mutateJson.js";
import { anyTextLike } from "../mutate/mutateText.js";
import { assertSource } from "../promises/assertSource.js";
import { type AnyTarget, defineTarget } from "../target.js";

const BOOTSTRAP = "__KEYHOLE_BOOTSTRAP__";

/** As WebKitGTK lists its pages. */
const TABLE = `<html><body><table id='targetlist'><tr><td><div class="targetname">Sign in</div><div class="targeturl">https://example.com/</div></td><td><input type="button" onclick="window.open('Main.html?ws=' + window.location.host + '/socket/1/1/WebPage')"></td></tr></table></body></html>`;

/** What a Chromium says to what Keyhole asks, by the numbers of its commands. */
const chromium = [
  ...[1, 2, 3, 4, 5].map((id) => ({ id, result: {} })),
  { method: "Runtime.executionContextCreated", params: { context: { id: 1, auxData: { isDefault: true } } } },
  { id: 6, result: { result: { type: "string", value: JSON.stringify(ANSWERS[0]) } } },
  { id: 7, result: { result: { type: "undefined" } } },
  { method: "Runtime.bindingCalled", params: { name: "keyhole_", payload: CONSOLE_LINES[1] } },
  {
    method: "Target.attachedToTarget",
    params: { sessionId: "S", targetInfo: { type: "iframe" }, waitingForDebugger: true },
  },
  {
    method: "Runtime.executionContextCreated",
    sessionId: "S",
    params: { context: { id: 2, auxData: { isDefault: true } } },
  },
  { id: 13, sessionId: "S", result: { result: { type: "string", value: JSON.stringify(ANSWERS.at(-1)) } } },
  { method: "Runtime.executionContextDestroyed", params: { executionContextId: 1 } },
  { method: "Target.detachedFromTarget", params: { sessionId: "S" } },
  { method: "Inspector.detached", params: { reason: "target_closed" } },
];

const conversations = { webkit: CONVERSATION, chromium } as const;

type Protocol = keyof typeof conversations;

/** What is said, piece by piece; between the pieces, timers come due or the connection ends. */
const anyTalk = (protocol: Protocol) =>
  fc.record(
    {
      said: fc.oneof(
        anyJsonLike([conversations[protocol]]),
        anyTextLike(conversations[protocol].map((message) => JSON.stringify(message))),
      ),
      happens: anyEdits(6),
    },
    PLAIN,
  );

export const wire: readonly AnyTarget[] = [
  ...(["webkit", "chromium"] as const).map((protocol) =>
    defineTarget({
      name: `wire/${protocol}`,
      inputs: anyTalk(protocol),
      runs: 60,
      cost: { base: 1_500, perThousand: 50 },
      check: ({ said, happens }) => talk(protocol, messagesIn(said), happens),
    }),
  ),
  defineTarget({
    name: "wire/lists",
    inputs: fc.array(fc.oneof(anyJsonLike(LISTS()), anyTextLike([...LISTS().map(asProxyWrites), TABLE])), {
      minLength: 1,
      maxLength: 4,
    }),
    runs: 120,
    async check(texts) {
      let asked = 0;
      const world = {
        getText: async (url: string) => {
          assert(/^http:\/\/phone\.local:\d{1,5}\//.test(url), `asks ${url}`);
          assert(++asked < 2_000, "asks without end");
          return { status: 200, text: texts[asked % texts.length]! };
        },
      } as unknown as WireWorld;
      const { devices, problem } = await listPages(world, parseEndpoint("phone.local:9221")!);
      assert(devices.length > 0 || problem, "neither a device nor a problem");
      for (const { socketUrl } of devices.flatMap(({ pages }) => pages))
        assert(/^ws:\/\/phone\.local:\d{1,5}\//.test(socketUrl), `a page elsewhere: ${socketUrl}`);
      return devices;
    },
  }),
];

function messagesIn(said: string): string[] {
  try {
    const value: unknown = JSON.parse(said);
    if (Array.isArray(value)) return value.map((each) => JSON.stringify(each) ?? "");
  } catch {}
  return said.split("\n");
}

async function talk(
  protocol: Protocol,
  messages: readonly string[],
  happens: readonly { what: number; at: number; by: number }[],
) {
  const sockets: SocketListener[] = [];
  const sent: string[] = [];
  const due = new Set<() => void>();
  const world: WireWorld = {
    openSocket(url, listener) {
      assert.equal(url, PAGE.socketUrl);
      sockets.push(listener);
      return { send: (text) => void sent.push(text), close: () => {} };
    },
    getText: async () => ({ status: 200, text: messages[0] ?? "" }),
    after(_, task) {
      due.add(task);
      return () => void due.delete(task);
    },
  };
  const realms = new Map<string, Realm>();
  const calls = new Map<string, Call>();
  const statuses: string[] = [];
  const failed = watchRejections();
  const page = { ...PAGE, protocol };
  const source = wireSource(page, world, { bootstrap: BOOTSTRAP, key: CONVERSATION_KEY });
  const stop = source.subscribe({
    status: (_, sentence) => void statuses.push(sentence),
    realm: (realm) => void realms.set(realm.id, realm),
    call: (call) => void calls.set(call.id, call),
    gap: (count) => assert(count > 0),
  });
  sockets.at(-1)!.opened();
  for (const [index, text] of messages.entries()) {
    sockets.at(-1)!.message(text);
    await turn();
    for (const { what, by } of happens.filter(({ at }) => at % messages.length === index)) {
      const tasks = [...due];
      const timer = tasks.length > 0 ? pick(tasks, by) : () => {};
      const changes = [timer, timer, timer, () => source.retry(), () => source.clear?.()];
      const ends = () =>
        sockets.at(-1)!.closed(pick([1000, 1001, 1006], by), pick(["", "claimed by x", "1 not found"], by));
      due.delete(timer);
      pick([...changes, ends], what)();
      await turn();
      sockets.at(-1)!.opened();
    }
  }
  for (const task of [...due]) task();
  await turn();
  stop();
  await turn();
  const rejection = failed();
  assert(rejection === undefined, `nobody handled ${String(rejection)}`);
  assert(sent.length <= 60 + 20 * (messages.length + happens.length), `${sent.length} messages sent`);
  for (const text of sent) assertOwn(JSON.parse(text));
  for (const sentence of statuses) assert(sentence.length > 0 && sentence.length < 2_000, sentence);
  return assertSource(realms, calls);
}

/** Everything that is waiting has its turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const PAGE: WirePage = {
  title: "Sign in",
  url: "http://localhost/sign-in",
  socketUrl: "ws://phone.local:9222/devtools/page/1",
  protocol: "webkit",
  isTaken: false,
};

/** What is evaluated in a page is of Keyhole's making, whatever was said. */
function assertOwn({ params }: { params: { message?: string; expression?: string; source?: string } }): void {
  if (params.message !== undefined) assertOwn(JSON.parse(params.message));
  const { expression } = params;
  if (expression === undefined) return;
  const isOwn =
    /^\(\(\) => \{\n {2}try \{\n {4}const answer/.test(expression) ||
    expression.includes(BOOTSTRAP) ||
    /^delete globalThis\["keyhole_[0-9a-f]{16}"\]$/.test(expression);
  assert(isOwn, `evaluates ${expression.slice(0, 200)}`);
  assert(
    !/^[^"]*(?:"(?:[^"\\\n]|\\.)*"[^"]*)*keyholeFuzzed/.test(
      expression.replace(/"(?:[^"\\\n]|\\.)*"/g, '""'),
    ),
    expression,
  );
}

function watchRejections(): () => unknown {
  let reason: unknown;
  const take = (why: unknown) => {
    reason = why ?? "nothing";
  };
  process.on("unhandledRejection", take);
  return () => {
    process.off("unhandledRejection", take);
    return reason;
  };
}

function LISTS(): Record<string, string>[][] {
  return [
    [
      {
        deviceId: "00008120-001E1C8621A3C01E",
        deviceName: "Ada's iPhone",
        deviceOSVersion: "18.6.2",
        url: "localhost:9222",
      },
      { deviceId: "SIMULATOR", deviceName: "SIMULATOR", url: "localhost:9223" },
    ],
    [
      {
        devtoolsFrontendUrl: "/devtools/inspector.html?ws=localhost:9222/devtools/page/1",
        title: "Sign in",
        url: "https://example.com/",
        webSocketDebuggerUrl: "ws://localhost:9222/devtools/page/1",
        appId: "PID:1234",
      },
    ],
    [
      {
        type: "page",
        id: "5A1F2E7C9B3D4E6F8A0B1C2D3E4F5A6B",
        title: "Sign in",
        url: "https://example.com/",
        webSocketDebuggerUrl: "ws://127.0.0.1:9222/devtools/page/5A1F2E7C9B3D4E6F8A0B1C2D3E4F5A6B",
      },
    ],
  ];
}

/** ios-webkit-debug-proxy escapes nothing. */
function asProxyWrites(items: readonly Record<string, string>[]): string {
  const one = (item: Record<string, string>) =>
    `{\n${Object.entries(item)
      .map(([name, value]) => `   "${name}": "${value}"`)
      .join(",\n")}\n}`;
  return `[${items.map(one).join(",")}]`;
}
