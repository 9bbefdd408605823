import { beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../../extension/background/message.js";
import { createRecorder, type Recorder } from "../../../extension/background/recorder.js";
import { MAX_CALLS } from "../../../extension/background/tabLog.js";
import type { InspectedPageFacts } from "../../../extension/platform/inspectedPage.js";
import { backgroundSource } from "../../../extension/sources/backgroundSource.js";
import type { SourceSink } from "../../../src/index.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aRealm, called, installed, settled } from "../../support/realmEvents.js";

const TAB = 7;
let store: MemoryStore;
let recorder: Recorder;
let sent: Message[];
/** what the page that is shown says of itself, and those who want to know when it is another one */
let page: InspectedPageFacts | undefined;
let navigated: Set<() => void>;
/** those who hear what the background tells the pages of the extension */
let told: Set<(message: unknown) => void>;

beforeEach(() => {
  store = new MemoryStore();
  recorder = createRecorder(store, async () => true);
  sent = [];
  page = { isSecureContext: true, startedAt: aRealm().startedAt, isAllowed: true, isOlder: false };
  navigated = new Set();
  told = new Set();
});

const source = () =>
  backgroundSource(TAB, {
    store,
    send: async (message) => sent.push(message),
    onTold(listener) {
      told.add(listener);
      return () => told.delete(listener);
    },
    page: {
      ask: async () => page as InspectedPageFacts | undefined,
      onNavigated(listener) {
        navigated.add(listener);
        return () => navigated.delete(listener);
      },
    },
  });

/** Writes down all that a sink is told; `call 0 pending` and so on. */
function watch(): { heard: string[]; stop: () => void } {
  const heard: string[] = [];
  const sink: Required<SourceSink> = {
    status: (state, sentence) => heard.push(`${state}: ${sentence}`),
    realm: ({ url }) => heard.push(`realm ${url.split("/").at(-1)}`),
    call: ({ seq, outcome }) => heard.push(`call ${seq} ${outcome.status}`),
    gap: (count) => heard.push(`gap ${count}`),
    cleared: () => heard.push("cleared"),
    withheld: (sites) =>
      heard.push(
        `withheld ${sites.map(({ site, calls, isPage }) => `${site} ${calls}${isPage ? "" : " in frames"}`)}`,
      ),
    switches: ({ recording, preserveLog }) => heard.push(`switches ${recording} ${preserveLog}`),
  };
  return { heard, stop: source().subscribe(sink) };
}

/** What was heard since the last look, once all has come to rest. */
async function rest(heard: string[]): Promise<string[]> {
  await vi.waitFor(() => expect(heard.at(-1)).toBeDefined());
  await new Promise((resolve) => setTimeout(resolve));
  return heard.splice(0);
}

const tell = (first: number, ...events: Parameters<Recorder["receive"]>[0]["events"][number][]) =>
  recorder.receive({ tabId: TAB, realm: aRealm(), first, events, isLeaving: false, calls: 0, waiting: 0 });

const HOOKED = "live: Hooked before the page's first script";

test("delivers what was recorded before, then whatever comes", async () => {
  await tell(0, installed, called(0), settled(0), called(1), { kind: "lost", count: 2 });
  const { heard } = watch();
  expect(await rest(heard)).toEqual([
    "connecting: Reading the log of this tab",
    "gap 2",
    "switches true true",
    "realm 1",
    "call 0 fulfilled",
    "call 1 pending",
    HOOKED,
  ]);
  await tell(5, settled(1));
  await tell(6, called(2), called(3), settled(2), { kind: "lost", count: 1 });
  expect(await rest(heard)).toEqual(["call 1 fulfilled", "gap 1", "call 2 fulfilled", "call 3 pending"]);
});

test("delivers calls in the order in which they started, past the tenth too", async () => {
  await tell(0, installed, ...Array.from({ length: 12 }, (_, seq) => called(seq)));
  const { heard } = watch();
  const calls = (await rest(heard)).filter((line) => line.startsWith("call"));
  expect(calls).toEqual(Array.from({ length: 12 }, (_, seq) => `call ${seq} pending`));
});

test("tells a page after the calls that were made before it, though the clock was set back", async () => {
  await tell(0, installed, called(0));
  const later = aRealm(2, { startedAt: 10 });
  await recorder.receive({
    tabId: TAB,
    realm: later,
    first: 0,
    events: [installed, called(7)],
    isLeaving: false,
    calls: 0,
    waiting: 0,
  });
  const { heard } = watch();
  expect((await rest(heard)).filter((line) => /^(realm|call)/.test(line))).toEqual([
    "realm 1",
    "call 0 pending",
    "realm 2",
    "call 7 pending",
  ]);
});

test("says what to do where nothing is hooked, and takes it back when something is", async () => {
  const { heard } = watch();
  expect(await rest(heard)).toEqual([
    "connecting: Reading the log of this tab",
    "switches true true",
    expect.stringMatching("^lost: Not hooked: reload the page"),
  ]);
  await tell(0, installed);
  expect(await rest(heard)).toEqual(["realm 1", HOOKED]);
  page = { ...page!, isSecureContext: false, startedAt: aRealm().startedAt + 5000 };
  for (const listener of navigated) listener();
  expect(await rest(heard)).toEqual(["lost: Not a secure page: Keyhole works on https and localhost"]);
});

test("hears of a cleared log once, and of what comes after it", async () => {
  await tell(0, installed, called(0));
  const { heard } = watch();
  await rest(heard);
  await recorder.clear(TAB);
  await tell(2, settled(0), called(1));
  expect((await rest(heard)).filter((line) => !line.startsWith("live"))).toEqual([
    "cleared",
    "realm 1",
    "call 1 pending",
  ]);
});

test("without preserve log a new page clears the log", async () => {
  await recorder.setPreserveLog(TAB, false);
  await tell(0, installed, called(0));
  const { heard } = watch();
  await rest(heard);
  page = { ...page!, startedAt: aRealm(2).startedAt };
  const events = [installed, called(0)];
  await recorder.receive({
    tabId: TAB,
    realm: aRealm(2),
    first: 0,
    events,
    isLeaving: false,
    calls: 0,
    waiting: 0,
  });
  expect(await rest(heard)).toEqual(["cleared", "realm 2", "call 0 pending"]);
});

test("those who look see the switches as they stand, whoever turned them", async () => {
  const { heard } = watch();
  await rest(heard);
  await recorder.setRecording(TAB, false);
  await recorder.setPreserveLog(TAB, false);
  expect(await rest(heard)).toEqual(["switches false true", "switches false false"]);
});

test("calls that are evicted count as lost for those who come later, not for those who saw them", async () => {
  await tell(0, installed, ...Array.from({ length: MAX_CALLS }, (_, seq) => called(seq)));
  const { heard } = watch();
  await rest(heard);
  await tell(MAX_CALLS + 1, called(MAX_CALLS), called(MAX_CALLS + 1));
  expect(await rest(heard)).toEqual([`call ${MAX_CALLS} pending`, `call ${MAX_CALLS + 1} pending`]);
  const later = await rest(watch().heard);
  expect(later).toContain("gap 2");
  expect(later.filter((line) => line.startsWith("call"))).toHaveLength(MAX_CALLS);
});

test("nothing that happens while everything is read is missed", async () => {
  await tell(0, installed, called(0));
  let goOn = () => {};
  store.before = (what) =>
    what === "getAll" ? new Promise((resolve) => (goOn = () => resolve())) : undefined;
  const { heard } = watch();
  await tell(2, settled(0), called(1));
  store.before = () => {};
  goOn();
  const calls = (await rest(heard)).filter((line) => line.startsWith("call"));
  expect(new Set(calls)).toEqual(new Set(["call 0 fulfilled", "call 1 pending"]));
});

test("a log that cannot be read is said", async () => {
  store.before = () => {
    throw new Error("storage is broken");
  };
  const { heard } = watch();
  expect((await rest(heard)).at(-1)).toBe("lost: The log cannot be read: Error: storage is broken");
});

test("says how many calls wait while they cannot be kept, and takes it back when one is", async () => {
  await tell(0, installed);
  const { heard } = watch();
  await rest(heard);
  const hear = (message: unknown) => {
    for (const listener of told) listener(message);
  };
  hear({ kind: "unkept", tabId: TAB + 1, realmId: aRealm(9).id, waiting: 5 });
  hear({ kind: "unkept", tabId: TAB, realmId: aRealm().id, waiting: 1 });
  hear(null);
  expect(await rest(heard)).toEqual([
    expect.stringMatching(/^lost: Calls cannot be kept now: .* 1 call waits in the page/),
  ]);
  hear({ kind: "unkept", tabId: TAB, realmId: aRealm().id, waiting: 2 });
  hear({ kind: "unkept", tabId: TAB, realmId: aRealm(2).id, waiting: 3 });
  expect(await rest(heard)).toEqual([expect.stringMatching("5 calls wait in the page")]);
  await tell(1, called(0));
  expect(await rest(heard)).toEqual(["call 0 pending", HOOKED]);
  hear({ kind: "unkept", tabId: TAB, realmId: aRealm().id, waiting: 1 });
  expect(await rest(heard)).toEqual([expect.stringMatching("1 call waits in the page")]);
  // The background has the last words of a page that goes: they still wait.
  for (const listener of navigated) listener();
  await new Promise((resolve) => setTimeout(resolve));
  expect(heard).toEqual([]);
  await tell(2, called(1));
  expect(await rest(heard)).toEqual(["call 1 pending", HOOKED]);
});

test("stops when it is told to", async () => {
  const { heard, stop } = watch();
  await rest(heard);
  stop();
  await tell(0, installed, called(0));
  await new Promise((resolve) => setTimeout(resolve));
  expect(heard).toEqual([]);
  expect(store.listeners).toBe(0);
  expect(navigated.size).toBe(0);
  expect(told.size).toBe(0);
});

test("sends commands for its tab", () => {
  const { clear, setRecording, setPreserveLog } = source();
  clear!();
  setRecording!(false);
  setPreserveLog!(true);
  expect(sent).toEqual([
    { kind: "clear", tabId: TAB },
    { kind: "setRecording", tabId: TAB, on: false },
    { kind: "setPreserveLog", tabId: TAB, on: true },
  ]);
});

test("tells on which sites of the page nothing is recorded, for as long as that page is shown", async () => {
  const allowed = new Set<string | undefined>();
  recorder = createRecorder(
    store,
    async () => true,
    async (site) => allowed.has(site),
  );
  const { heard } = watch();
  await tell(0, installed, called(0));
  expect(await rest(heard)).toContain("withheld site.example 1");
  const frame = { ...aRealm(3, { frameId: 4 }), origin: "https://login.example" };
  await recorder.receive({
    tabId: TAB,
    realm: frame,
    first: 0,
    events: [called(0)],
    isLeaving: false,
    calls: 0,
    waiting: 0,
  });
  expect(await rest(heard)).toEqual(["withheld site.example 1,login.example 1 in frames"]);

  page = { ...page!, startedAt: page!.startedAt + 60_000, isSecureContext: false };
  for (const listener of navigated) listener();
  expect(await rest(heard)).toEqual([
    "lost: Not a secure page: Keyhole works on https and localhost",
    "withheld ",
  ]);
});
