import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMessage } from "../../../extension/background/parseMessage.js";
import { createRecorder } from "../../../extension/background/recorder.js";
import { parseHookEvent } from "../../../extension/content/parseHookEvent.js";
import { backgroundSource } from "../../../extension/sources/backgroundSource.js";
import { analyze, type Call, parseRecording, type Realm, serializeRecording } from "../../../src/index.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aborted, aRealm, called, installed, settled } from "../../support/realmEvents.js";
import { RECORDINGS } from "../corpus.js";
import { PLAIN } from "../mutate/edit.js";
import { anyValueLike } from "../mutate/mutateJson.js";
import { recordingOf } from "../promises/recordingOf.js";
import { type AnyTarget, defineTarget } from "../target.js";

const TAB = 7;

/** What a hook says of the calls of a recording. */
const told = RECORDINGS.slice(0, 30).map(({ calls }) =>
  calls.slice(0, 3).flatMap(({ id: _, realmId: __, ...call }, seq) => [
    { kind: "call", call: { ...call, seq, outcome: { status: "pending" }, duration: undefined } },
    { kind: "settled", seq, duration: call.duration ?? 1, outcome: call.outcome },
  ]),
);
const plain = [called(0), aborted(0), settled(0), { kind: "lost", count: 2 }, called(1), { kind: "shown" }];
const stories = [plain, ...told].map((events) => [installed, ...events]);

/** What a port carries beyond JSON. */
const cyclic: unknown[] = [];
cyclic.push(cyclic);
const cloneable: readonly unknown[] = [
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n ** 30n,
  new Date(Number.NaN),
  new Map([["kind", "call"]]),
  new Set([1]),
  new Uint8Array([1, 2, 3]),
  new ArrayBuffer(8),
  new Error("no"),
  /x/,
  cyclic,
];

const { frameId: _, ...realm } = aRealm();
const batches = stories.map((events) => ({
  kind: "events",
  realm,
  first: 0,
  calls: 0,
  events,
  isLeaving: false,
  waiting: 1,
}));
const commands = [
  { kind: "clear", tabId: TAB },
  { kind: "setRecording", tabId: TAB, on: false },
  { kind: "setPreserveLog", tabId: TAB, on: false },
  { kind: "openViewer" },
];

const anySender = fc.record(
  {
    isExtensionPage: fc.boolean(),
    tabId: fc.constant(TAB),
    frameId: fc.constantFrom(0, 3),
    url: fc.constant("https://real.example/page"),
    origin: fc.constantFrom("https://real.example", "null"),
  },
  { requiredKeys: ["isExtensionPage"], ...PLAIN },
);

export const hookMessages: readonly AnyTarget[] = [
  defineTarget({
    name: "hook messages/content script",
    inputs: fc.oneof(
      { weight: 8, arbitrary: anyValueLike(stories.flat(), cloneable) },
      {
        weight: 1,
        arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
      },
    ),
    runs: 300,
    check(value) {
      const event = parseHookEvent(value);
      if (event === undefined) return undefined;
      // Chromium's messages to the background are JSON: nothing may get lost on the way.
      assert.deepEqual(parseHookEvent(JSON.parse(JSON.stringify(event))) !== undefined, true);
      return event;
    },
  }),
  defineTarget({
    name: "hook messages/background",
    inputs: fc.tuple(
      fc.array(fc.oneof(anyValueLike(batches), anyValueLike(commands), fc.jsonValue()), { maxLength: 4 }),
      fc.array(anySender, { minLength: 4, maxLength: 4 }),
    ),
    runs: 100,
    cost: { base: 1_000, perThousand: 50 },
    check: ([messages, senders]) => keep(messages, senders),
  }),
];

/** What was kept is read as a panel reads it, and can be saved and judged. */
async function keep(messages: unknown[], senders: Parameters<typeof parseMessage>[1][]) {
  const store = new MemoryStore();
  const recorder = createRecorder(store, async () => true);
  for (const [index, value] of messages.entries()) {
    const sender = senders[index]!;
    const message = parseMessage(JSON.parse(JSON.stringify(value) ?? "null"), sender);
    if (!message) continue;
    assert(message.kind === "events" || sender.isExtensionPage, `a page sends ${message.kind}`);
    if (message.kind === "events") {
      const { kind: _, ...batch } = message;
      if (sender.origin !== undefined) assert.equal(batch.realm.origin, sender.origin);
      const expected = await recorder.receive({ ...batch, tabId: sender.tabId! });
      assert(Number.isSafeInteger(expected) && expected >= 0, `event ${expected} is expected`);
    } else if (message.kind === "clear") await recorder.clear(message.tabId);
    else if (message.kind === "setRecording") await recorder.setRecording(message.tabId, message.on);
    else if (message.kind === "setPreserveLog") await recorder.setPreserveLog(message.tabId, message.on);
  }
  const { realms, calls, lost } = await readBack(store);
  assert(Number.isSafeInteger(lost) && lost >= 0, `${lost} are lost`);
  const recording = recordingOf(realms.values(), calls.values());
  const { recording: opened, problems } = parseRecording(serializeRecording(recording));
  assert(opened, `what was kept does not open: ${problems[0]?.message}`);
  await analyze(opened);
  return recording;
}

async function readBack(store: MemoryStore) {
  const realms = new Map<string, Realm>();
  const calls = new Map<string, Call>();
  let lost = 0;
  const page = { ask: async () => ({}), onNavigated: () => () => {} };
  const source = backgroundSource(TAB, {
    store,
    send: async () => {},
    onTold: () => () => {},
    page: page as never,
  });
  const stop = source.subscribe({
    status: () => {},
    realm: (each) => void realms.set(each.id, each),
    call: (each) => void calls.set(each.id, each),
    gap: (count) => {
      lost += count;
    },
  });
  // It reads everything in one go.
  await new Promise((resolve) => setImmediate(resolve));
  stop();
  return { realms, calls, lost };
}
