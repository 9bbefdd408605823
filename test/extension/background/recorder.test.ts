import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Message, RealmEvent } from "../../../extension/background/message.js";
import { createRecorder, MAX_LEAVING, type Recorder } from "../../../extension/background/recorder.js";
import type { StoredRealm, TabState } from "../../../extension/background/tabKeys.js";
import { type Batch, MAX_CALLS, MAX_IDLE_REALMS } from "../../../extension/background/tabLog.js";
import { createOutbox } from "../../../extension/content/outbox.js";
import type { Call, Realm } from "../../../src/index.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aborted, aRealm, called, installed, settled } from "../../support/realmEvents.js";

const TAB = 7;
let store: MemoryStore;
let recorder: Recorder;

beforeEach(() => {
  store = new MemoryStore();
  recorder = createRecorder(store, async () => true);
});

const value = <T>(key: string) => JSON.parse(store.texts.get(key) ?? "null") as T;
const state = (tabId = TAB) => value<TabState>(`tab/${tabId}/state`);
const keysOf = (kind: string, tabId = TAB) =>
  [...store.texts.keys()].filter((key) => key.startsWith(`tab/${tabId}/${kind}/`));
const realms = () => keysOf("realm").map((key) => value<StoredRealm>(key).realm.url);
const calls = (tabId = TAB): Call[] => {
  const { first, next } = state(tabId);
  return Array.from({ length: next - first }, (_, i) =>
    value<Call>(`tab/${tabId}/call/${value(`tab/${tabId}/order/${first + i}`)}`),
  );
};
const seqs = (tabId = TAB) => calls(tabId).map(({ seq }) => seq);

type Events = Pick<Batch, "tabId" | "realm" | "first" | "events">;
const receive = (batch: Events & Partial<Batch>) =>
  recorder.receive({ isLeaving: false, calls: 0, waiting: 0, ...batch });
/** Sends everything that happens in a realm from its first event on. */
const tell = (realm = aRealm(), ...events: Parameters<Recorder["receive"]>[0]["events"][number][]) =>
  recorder.receive({ tabId: TAB, realm, first: 0, events, isLeaving: false, calls: 0, waiting: 0 });

describe("a tab's recording", () => {
  test("holds calls in the order in which they started, with what became of them", async () => {
    const realm = aRealm();
    await tell(realm, installed, called(0), called(1), aborted(0), settled(1), settled(0));
    expect(calls()).toEqual([
      {
        ...called(0).call,
        id: `${realm.id}:0`,
        realmId: realm.id,
        duration: 12,
        aborted: { at: 9000, reason: "enough" },
        outcome: { status: "fulfilled", value: { $: "Credential", type: "password", id: "credential 0" } },
      },
      expect.objectContaining({
        id: `${realm.id}:1`,
        outcome: expect.objectContaining({ status: "fulfilled" }),
      }),
    ]);
    expect(realms()).toEqual(["https://site.example/1"]);
  });

  test("takes events that come again once, and answers which one it waits for", async () => {
    const realm = aRealm();
    expect(await tell(realm, installed, called(0))).toBe(2);
    expect(await tell(realm, installed, called(0), settled(0), called(1))).toBe(4);
    expect(await tell(realm, installed, called(0))).toBe(4);
    expect(seqs()).toEqual([0, 1]);
    expect(calls()[0]!.outcome.status).toBe("fulfilled");
    expect(state().lost).toBe(0);
  });

  test("counts the calls that never came, and no other events", async () => {
    const realm = aRealm();
    await tell(realm, installed);
    await receive({ tabId: TAB, realm, first: 4, calls: 2, events: [called(4), { kind: "lost", count: 2 }] });
    expect(state().lost).toBe(2 + 2);
    await receive({ tabId: TAB, realm, first: 6, calls: 5, events: [settled(4), called(7)] });
    await receive({ tabId: TAB, realm, first: 9, calls: 6, events: [settled(7)] });
    expect(state().lost).toBe(2 + 2);
  });

  test("is apart from that of other tabs", async () => {
    await tell(aRealm(1), installed, called(0));
    await receive({
      tabId: 8,
      realm: aRealm(2),
      first: 0,
      events: [installed, called(0), called(1)],
    });
    expect(seqs()).toEqual([0]);
    expect(seqs(8)).toEqual([0, 1]);
    await recorder.forget(8);
    expect([...store.texts.keys()].filter((key) => key.startsWith("tab/8/"))).toEqual([]);
    expect(seqs()).toEqual([0]);
  });

  test("is not begun by the last words of a tab that is closed", async () => {
    recorder = createRecorder(store, async () => false);
    expect(await tell(aRealm(), installed, called(0))).toBe(2);
    expect(store.texts.size).toBe(0);
  });
});

describe("the bound", () => {
  const fill = async (realm = aRealm(), from = 0, to = MAX_CALLS) => {
    for (let seq = from; seq < to; seq += 100)
      await receive({
        tabId: TAB,
        realm,
        first: seq,
        events: Array.from({ length: Math.min(100, to - seq) }, (_, i) => called(seq + i)),
      });
  };

  test("keeps the newest calls and counts those that are lost", async () => {
    await fill(aRealm(), 0, MAX_CALLS + 150);
    expect(seqs()).toEqual(Array.from({ length: MAX_CALLS }, (_, i) => i + 150));
    expect(state().lost).toBe(150);
    expect(keysOf("call")).toHaveLength(MAX_CALLS);
    expect(keysOf("order")).toHaveLength(MAX_CALLS);
  });

  test("forgets a realm with its last call, but never the page that is shown", async () => {
    await tell(aRealm(1), installed, called(0));
    await tell(aRealm(2, { frameId: 3 }), installed, called(0));
    await tell(aRealm(3), installed, called(0));
    expect(realms()).toHaveLength(3);
    await fill(aRealm(4, { frameId: 5 }));
    expect(realms()).toEqual(["https://site.example/3", "https://site.example/4"]);
    expect(state()).toMatchObject({ lost: 3, top: aRealm(3).id });
  });

  test("keeps the newest of the realms without a call", async () => {
    for (let n = 1; n <= MAX_IDLE_REALMS + 5; n++) await tell(aRealm(n), installed);
    // The page that is shown comes on top.
    expect(realms()).toHaveLength(MAX_IDLE_REALMS + 1);
    expect(realms()[0]).toBe("https://site.example/5");
    expect(state().lost).toBe(0);
  });

  test("an event costs the same at any length of the log", async () => {
    const cost = async (seq: number) => {
      store.read = store.written = 0;
      await receive({ tabId: TAB, realm: aRealm(), first: seq, events: [called(seq)] });
      await receive({ tabId: TAB, realm: aRealm(), first: seq + 1, events: [settled(seq)] });
      return { read: store.read, written: store.written };
    };
    await fill(aRealm(), 0, 10);
    const short = await cost(10);
    await fill(aRealm(), 12, MAX_CALLS + 100);
    const long = await cost(MAX_CALLS + 100);
    // Numbers with more digits, and the call that is evicted.
    expect(long.read).toBeLessThan(short.read + 1000);
    expect(long.written).toBeLessThan(short.written + 100);
  });
});

describe("where storage is full", () => {
  test("the oldest calls of the tab that takes up most room go, and are counted", async () => {
    const large = "y".repeat(1000);
    for (let seq = 0; seq < 20; seq++)
      await receive({ tabId: 1, realm: aRealm(1), first: seq, events: [called(seq, large)] });
    for (let seq = 0; seq < 30; seq++)
      await receive({ tabId: 2, realm: aRealm(2), first: seq, events: [called(seq)] });
    store.quota = [...store.texts].reduce((size, [key, text]) => size + key.length + text.length, 0) + 100;
    await receive({ tabId: 2, realm: aRealm(2), first: 30, events: [called(30)] });
    expect(seqs(1)).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
    expect(state(1).lost).toBe(1);
    expect(seqs(2)).toHaveLength(31);
    expect(state(2).lost).toBe(0);
  });

  test("an event that is larger than all the room is lost alone", async () => {
    store.quota = 20_000;
    const events = [installed, called(0), called(1, "y".repeat(30_000)), called(2)];
    expect(await tell(aRealm(), ...events)).toBe(4);
    expect(calls().map(({ arguments: [argument] }) => String(argument).length)).toEqual(calls().map(() => 1));
    expect(seqs()).toContain(2);
    expect(state().lost + calls().length).toBe(3);
  });

  test("of other things, nothing is lost: the sender tries again until there is room", async () => {
    await tell(aRealm(), installed);
    store.texts.set("other", "x".repeat(10_000));
    // Room for the number of those lost, but for no call.
    store.quota = [...store.texts].reduce((size, [key, text]) => size + key.length + text.length, 0) + 50;
    const events = Array.from({ length: 5 }, (_, seq) => called(seq));
    const batch = { tabId: TAB, realm: aRealm(), first: 1, events };
    await expect(receive(batch)).rejects.toThrow("full");
    expect(state().lost).toBe(0);
    store.texts.delete("other");
    expect(await receive(batch)).toBe(6);
    expect(seqs()).toEqual([0, 1, 2, 3, 4]);
    expect(state().lost).toBe(0);
  });

  test("another failure of the store is told to the sender, who tries again", async () => {
    store.before = (what) => {
      if (what === "setMany") throw new Error("disk on fire");
    };
    await expect(tell(aRealm(), installed, called(0))).rejects.toThrow("disk on fire");
    store.before = () => {};
    await tell(aRealm(), installed, called(0));
    expect(seqs()).toEqual([0]);
  });
});

describe("where storage is full and the worker is stopped while room is made", () => {
  test("no call is lost uncounted, at whatever step it is stopped", async () => {
    const large = "y".repeat(1000);
    const events = [installed, ...Array.from({ length: 40 }, (_, seq) => called(seq, large))];
    for (let stopAt = 0; ; stopAt++) {
      store = new MemoryStore();
      recorder = createRecorder(store, async () => true);
      expect(await tell(aRealm(), ...events)).toBe(41);
      store.quota = [...store.texts].reduce((size, [key, text]) => size + key.length + text.length, 0) + 100;

      let steps = 0;
      // The worker is gone before this step: nothing that it waits for ever comes.
      store.before = () => (steps++ === stopAt ? new Promise(() => {}) : undefined);
      const batch = {
        tabId: TAB,
        realm: aRealm(),
        first: 41,
        events: [called(40, large), called(41, large)],
      };
      let wasStopped = true;
      const whole = receive(batch).then(() => (wasStopped = false));
      await Promise.race([whole, new Promise((resolve) => setTimeout(resolve, 5))]);

      store.before = () => {};
      const kept = () => calls().filter((call) => call?.arguments[0] === large);
      expect(kept()).toHaveLength(state().next - state().first);
      expect(kept().length + state().lost).toBe(value<StoredRealm>(keysOf("realm")[0]!).received - 1);
      recorder = createRecorder(store, async () => true);
      expect(await receive(batch)).toBe(43);
      expect(kept().length + state().lost).toBe(42);
      expect(kept().length).toBeGreaterThan(35);
      if (!wasStopped) break;
      expect(stopAt).toBeLessThan(100);
    }
  });
});

describe("where storage fails for a while", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("the last words of a page are kept as soon as it works again, as nobody sends them a second time", async () => {
    let isBroken = true;
    store.before = (what) => {
      if (isBroken && what === "setMany") throw new Error("disk on fire");
    };
    const events = [installed, called(0)];
    const received = recorder.receive({
      tabId: TAB,
      realm: aRealm(),
      first: 0,
      events,
      isLeaving: true,
      calls: 0,
      waiting: 0,
    });
    await vi.advanceTimersByTimeAsync(2_000);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await received).toBe(2);
    expect(seqs()).toEqual([0]);
  });

  const breakStore = (times = Number.POSITIVE_INFINITY) => {
    let failed = 0;
    store.before = (what) => {
      if (what === "setMany" && failed++ < times) throw new Error("disk on fire");
    };
  };
  const leave = (realm: Realm, first: number, calls: number, ...events: RealmEvent[]) =>
    receive({ tabId: TAB, realm, first, calls, events, isLeaving: true });

  test("the last words of a page are tried for as long as the worker lives, and each time it is said", async () => {
    let said = 0;
    recorder = createRecorder(
      store,
      async () => true,
      async () => true,
      ({ realm }) => {
        if (realm.id === aRealm().id) said++;
      },
    );
    breakStore();
    const received = leave(aRealm(), 0, 0, installed, ...Array.from({ length: 5 }, (_, seq) => called(seq)));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(said).toBeGreaterThan(500);
    store.before = () => {};
    await tell(aRealm(2), installed, called(0));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await received).toBe(6);
    expect(calls()).toHaveLength(6);
    expect(state().lost).toBe(0);
  });

  test("last words in several messages are kept in their order, though the first has to be tried again", async () => {
    breakStore(1);
    const received = [
      leave(aRealm(), 0, 0, installed, called(0), settled(0), called(1)),
      leave(aRealm(), 4, 2, settled(1), called(2)),
    ];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all(received)).toEqual([4, 6]);
    expect(calls().map(({ seq, outcome }) => [seq, outcome.status])).toEqual([
      [0, "fulfilled"],
      [1, "fulfilled"],
      [2, "pending"],
    ]);
    expect(state().lost).toBe(0);
  });

  test("of more last words than may wait, the oldest calls are counted, and those that were known are not", async () => {
    await tell(aRealm(), installed, called(0));
    breakStore();
    const received = [leave(aRealm(), 1, 0, called(0), settled(0), called(1), called(2))];
    for (let n = 0; n < MAX_LEAVING; n += 100) {
      const events = Array.from({ length: 100 }, (_, i) => called(3 + n + i));
      received.push(leave(aRealm(), 5 + n, 3 + n, ...events));
    }
    await vi.advanceTimersByTimeAsync(60_000);
    store.before = () => {};
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(received);
    expect(state().next).toBe(1 + MAX_LEAVING);
    expect(calls()).toHaveLength(MAX_CALLS);
    expect(state().lost).toBe(2 + MAX_LEAVING + 1 - MAX_CALLS);
  });
});

describe("a stopped service worker", () => {
  test("loses nothing and doubles nothing, at whatever step it is stopped", async () => {
    const realm = aRealm();
    const events = [installed, called(0), called(1), settled(0), aborted(1), settled(1), called(2)];
    for (let stopAt = 0; ; stopAt++) {
      store = new MemoryStore();
      let steps = 0;
      store.before = () => {
        // The worker is gone before this step: nothing that it waits for ever comes.
        if (steps++ === stopAt) return new Promise(() => {});
      };
      let wasStopped = true;
      const whole = (async () => {
        const first = createRecorder(store, async () => true);
        for (const [n, event] of events.entries())
          await first.receive({
            tabId: TAB,
            realm,
            first: n,
            events: [event],
            isLeaving: false,
            calls: 0,
            waiting: 0,
          });
        wasStopped = false;
      })();
      await Promise.race([whole, new Promise((resolve) => setTimeout(resolve, 5))]);

      store.before = () => {};
      recorder = createRecorder(store, async () => true);
      expect(await tell(realm, ...events)).toBe(events.length);
      expect(calls().map(({ seq, outcome }) => [seq, outcome.status])).toEqual([
        [0, "fulfilled"],
        [1, "fulfilled"],
        [2, "pending"],
      ]);
      expect(calls()[1]!.aborted).toEqual({ at: 9000, reason: "enough" });
      expect(state().lost).toBe(0);
      if (!wasStopped) break;
      expect(stopAt).toBeLessThan(100);
    }
  });

  test("between the write and its answer, it is told again and keeps once", async () => {
    let dropped = 0;
    const send = async (message: Message) => {
      const answer = await recorder.receive({ ...(message as Message & { kind: "events" }), tabId: TAB });
      if (dropped++ > 0) return answer;
      recorder = createRecorder(store, async () => true);
      throw new Error("A listener indicated an asynchronous response, but the message channel closed");
    };
    const box = createOutbox(aRealm(), send, () => true);
    for (const event of [installed, called(0), settled(0)]) box.push(event);
    await box.pump();
    expect(dropped).toBe(2);
    expect(calls()).toMatchObject([{ seq: 0, outcome: { status: "fulfilled" } }]);
    expect(state().lost).toBe(0);
  });

  test("while the page leaves, the calls that it lost are counted by what the page says after", async () => {
    const sent: Batch[] = [];
    const send = async (message: Message) =>
      void sent.push({ ...(message as Message & { kind: "events" }), tabId: TAB });
    await tell(aRealm(), installed);
    const box = createOutbox(aRealm(), send, () => true);
    box.push(installed);
    for (let seq = 0; seq < 150; seq++) box.push(called(seq));
    box.flush();
    box.push(settled(0));
    box.push(called(150));
    box.flush(true);
    expect(sent).toHaveLength(3);
    // The second one dies with the worker.
    await recorder.receive(sent[0]!);
    recorder = createRecorder(store, async () => true);
    await recorder.receive(sent[2]!);
    expect(calls()).toHaveLength(99 + 1);
    expect(state().lost).toBe(51);
  });

  test("handles messages that come at once one after another", async () => {
    store.before = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        receive({ tabId: TAB, realm: aRealm(n + 1, { frameId: n }), first: 0, events: [called(0)] }),
      ),
    );
    expect(calls()).toHaveLength(20);
    expect(keysOf("realm")).toHaveLength(20);
  });
});

describe("the switches", () => {
  test("while paused new calls are left out, and pending ones still settle", async () => {
    const realm = aRealm();
    await tell(realm, installed, called(0));
    await recorder.setRecording(TAB, false);
    await tell(realm, installed, called(0), called(1), settled(0), settled(1));
    expect(calls()).toMatchObject([{ seq: 0, outcome: { status: "fulfilled" } }]);
    await recorder.setRecording(TAB, true);
    await receive({ tabId: TAB, realm, first: 5, events: [called(2)] });
    expect(seqs()).toEqual([0, 2]);
    expect(state().lost).toBe(0);
  });

  test("clearing forgets the calls and what was lost, and keeps the page that is shown", async () => {
    await tell(aRealm(1), installed, called(0));
    await tell(aRealm(2, { frameId: 4 }), installed, called(0), { kind: "lost", count: 3 });
    await recorder.clear(TAB);
    expect(calls()).toEqual([]);
    expect(realms()).toEqual(["https://site.example/1"]);
    expect(state()).toMatchObject({ lost: 0, log: 1, top: aRealm(1).id });
    expect(keysOf("call")).toEqual([]);
    expect(keysOf("order")).toEqual([]);

    await receive({ tabId: TAB, realm: aRealm(1), first: 2, events: [settled(0), called(1)] });
    await receive({ tabId: TAB, realm: aRealm(2, { frameId: 4 }), first: 3, events: [called(1)] });
    expect(calls().map(({ id }) => id)).toEqual([`${aRealm(1).id}:1`, `${aRealm(2).id}:1`]);
    expect(realms()).toHaveLength(2);
    expect(state().lost).toBe(0);
  });

  test("a navigation keeps the log", async () => {
    await tell(aRealm(1), installed, called(0));
    await tell(aRealm(2), installed, called(0));
    expect(calls()).toHaveLength(2);
    expect(realms()).toHaveLength(2);
    expect(state()).toMatchObject({ top: aRealm(2).id, log: 0 });
  });

  test("without preserve log, a new page begins a new log, without the last words of the old one", async () => {
    await recorder.setPreserveLog(TAB, false);
    await tell(aRealm(1), installed, called(0));
    await tell(aRealm(2), installed, called(0));
    const lastWords = [installed, called(0), settled(0), called(1)];
    await recorder.receive({
      tabId: TAB,
      realm: aRealm(1),
      first: 0,
      events: lastWords,
      isLeaving: true,
      calls: 0,
      waiting: 0,
    });
    await tell(aRealm(3, { frameId: 9 }), installed, called(0));
    expect(calls().map(({ realmId }) => realmId)).toEqual([aRealm(2).id, aRealm(3).id]);
    expect(state()).toMatchObject({ log: 2, lost: 0, top: aRealm(2).id });
  });

  test("the last words of a page are kept with preserve log, and do not bring it back", async () => {
    await tell(aRealm(1), installed);
    await tell(aRealm(2), installed);
    const events = [{ kind: "shown" } as const, called(0)];
    await recorder.receive({
      tabId: TAB,
      realm: aRealm(1),
      first: 1,
      events,
      isLeaving: true,
      calls: 0,
      waiting: 0,
    });
    expect(calls()).toHaveLength(1);
    expect(state().top).toBe(aRealm(2).id);
  });

  test("a page that comes back from the back/forward cache is the one that is shown", async () => {
    await tell(aRealm(1), installed);
    await tell(aRealm(2), installed);
    await receive({ tabId: TAB, realm: aRealm(1), first: 1, events: [{ kind: "shown" }] });
    expect(state().top).toBe(aRealm(1).id);
  });

  test("a frame is never the page that is shown", async () => {
    await tell(aRealm(1), installed);
    await tell(aRealm(2, { frameId: 12 }), installed, called(0));
    expect(state().top).toBe(aRealm(1).id);
  });
});
