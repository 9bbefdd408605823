import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countErrors } from "../../../extension/background/countErrors.js";
import { createErrorBadge, JUDGED_CALLS, SETTLING_MS } from "../../../extension/background/errorBadge.js";
import type { RealmEvent } from "../../../extension/background/message.js";
import { createRecorder } from "../../../extension/background/recorder.js";
import { recordingOfStored } from "../../../extension/background/storedLog.js";
import { backgroundSource } from "../../../extension/sources/backgroundSource.js";
import { openLog } from "../../../panel/store/log.js";
import { callIdOf, type Realm, type Recording } from "../../../src/index.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aRealm, called, installed } from "../../support/realmEvents.js";

const TAB = 7;
let store: MemoryStore;
let shown: [number, string][];
let settings: Record<string, unknown>;
let judgesLoaded: number;
let judged: Recording | undefined;
let badge: ReturnType<typeof createErrorBadge>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  store = new MemoryStore();
  shown = [];
  settings = {};
  judgesLoaded = 0;
  badge = createErrorBadge({
    store,
    setting: async (name) => settings[name],
    async loadJudge() {
      judgesLoaded++;
      return {
        countErrors(log, settings) {
          judged = recordingOfStored(log);
          return countErrors(log, settings);
        },
      };
    },
    show: async (...said) => void shown.push(said),
  });
});
afterEach(() => void vi.useRealTimers());

/** A registration whose user id is too long for any authenticator: an error on every iOS. */
const mistake = (seq: number): RealmEvent => ({
  kind: "call",
  call: {
    ...called(seq).call,
    api: "credentials.create",
    arguments: [
      {
        publicKey: {
          rp: { id: "site.example", name: "Site" },
          user: {
            id: { $: "bytes", type: "Uint8Array", base64url: "A".repeat(100) },
            name: "ada",
            displayName: "Ada",
          },
          challenge: { $: "bytes", type: "Uint8Array", base64url: "A".repeat(43) },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      },
    ],
  },
});

const record = (events: RealmEvent[]) =>
  createRecorder(store, async () => true).receive({
    tabId: TAB,
    realm: aRealm(),
    first: 0,
    events,
    isLeaving: false,
    calls: 0,
    waiting: 0,
  });

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(SETTLING_MS);
  await vi.waitFor(() => expect(shown.length).toBeGreaterThan(0));
}

test("counts the errors of the tab, once for all the news of a moment", async () => {
  await record([installed, mistake(0), mistake(1)]);
  badge.news(TAB);
  badge.news(TAB);
  await settle();
  expect(shown).toHaveLength(1);
  expect(shown[0]![0]).toBe(TAB);
  expect(Number(shown[0]![1])).toBeGreaterThanOrEqual(2);
});

test("counts nothing of rules that are switched off, as the panel does", async () => {
  await record([installed, mistake(0)]);
  badge.news(TAB);
  await settle();
  const before = Number(shown.pop()![1]);
  settings["panel.switchedOffRules"] = ["user-id-length"];
  badge.news(TAB);
  await settle();
  expect(Number(shown[0]![1])).toBe(before - 1);
});

test("is empty where there is nothing wrong, and where the log was cleared", async () => {
  const fine = { ...called(0).call, api: "credentials.preventSilentAccess", arguments: [] } as const;
  await record([installed, { kind: "call", call: { ...fine, arguments: [] } }]);
  badge.news(TAB);
  badge.news(99);
  await settle();
  await vi.waitFor(() => expect(shown).toHaveLength(2));
  expect(shown.sort(([a], [b]) => a - b)).toEqual([
    [TAB, ""],
    [99, ""],
  ]);
});

test("judges pages in order though the clock was set back, as the panel does: frames of a page without a call, too", async () => {
  const at = (seq: number, startedAt: number): RealmEvent => {
    const { call } = called(seq);
    return { kind: "call", call: { ...call, startedAt } };
  };
  const [first, second] = [aRealm(1), aRealm(2, { startedAt: 500 })];
  const frame = aRealm(3, { startedAt: 510, frameId: 4, ancestorOrigins: ["https://site.example"] });
  const recorder = createRecorder(store, async () => true);
  const from = (realm: Realm, events: RealmEvent[]) =>
    recorder.receive({ tabId: TAB, realm, first: 0, events, isLeaving: false, calls: 0, waiting: 0 });
  await from(first, [installed, at(0, 5_030), at(1, 5_010)]);
  await from(second, [installed]);
  await from(frame, [installed, at(0, 530)]);
  badge.news(TAB);
  await settle();

  const source = backgroundSource(TAB, {
    store,
    send: async () => {},
    onTold: () => () => {},
    page: { ask: async () => undefined, onNavigated: () => () => {} },
  });
  const log = openLog(source);
  await vi.waitFor(() => expect(log.status.value.state).not.toBe("connecting"));
  await vi.runAllTimersAsync();
  log.close();
  const inPanel = log.state.value.calls.map(({ id }) => id);
  const [one, two] = [0, 1].map((seq) => callIdOf(first.id, seq));
  expect(inPanel).toEqual([two, one, callIdOf(frame.id, 0)]);
  expect(judged!.calls.map(({ id }) => id)).toEqual(inPanel);
});

test("says that there may be more where older calls are not judged", async () => {
  const fine = (seq: number): RealmEvent => ({
    kind: "call",
    call: { ...called(seq).call, api: "credentials.preventSilentAccess", arguments: [] },
  });
  const calls = Array.from({ length: JUDGED_CALLS }, (_, seq) => (seq === 50 ? mistake(seq) : fine(seq)));
  await record([installed, ...calls]);
  badge.news(TAB);
  await settle();
  const errors = shown.pop()![1];
  expect(errors).toMatch(/^\d+$/);
  await record([installed, ...calls, fine(JUDGED_CALLS)]);
  badge.news(TAB);
  await settle();
  expect(shown[0]![1]).toBe(`${errors}+`);
});

test("loads what judges when there is something to judge, and not before", async () => {
  await record([installed]);
  badge.news(TAB);
  await settle();
  expect([shown, judgesLoaded]).toEqual([[[TAB, ""]], 0]);
  await record([installed, mistake(0)]);
  badge.news(TAB);
  await vi.advanceTimersByTimeAsync(SETTLING_MS);
  await vi.waitFor(() => expect(shown).toHaveLength(2));
  expect(judgesLoaded).toBe(1);
});
