import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countErrors } from "../../../extension/background/countErrors.js";
import { createErrorBadge, SETTLING_MS } from "../../../extension/background/errorBadge.js";
import type { RealmEvent } from "../../../extension/background/message.js";
import { createRecorder } from "../../../extension/background/recorder.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aRealm, called, installed } from "../../support/realmEvents.js";

const TAB = 7;
let store: MemoryStore;
let shown: [number, string][];
let settings: Record<string, unknown>;
let judgesLoaded: number;
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
      return { countErrors };
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
