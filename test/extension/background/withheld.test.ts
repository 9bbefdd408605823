import { beforeEach, describe, expect, test } from "vitest";
import type { RealmEvent } from "../../../extension/background/message.js";
import { createRecorder, type Recorder } from "../../../extension/background/recorder.js";
import { siteOf } from "../../../extension/background/siteOf.js";
import type { StoredRealm, TabState } from "../../../extension/background/tabKeys.js";
import type { Realm } from "../../../src/index.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aRealm, called, installed, settled } from "../../support/realmEvents.js";

const TAB = 7;
let store: MemoryStore;
let recorder: Recorder;
let allowed: Set<string | undefined>;

beforeEach(() => {
  store = new MemoryStore();
  allowed = new Set();
  recorder = createRecorder(
    store,
    async () => true,
    async (site) => allowed.has(site),
  );
});

const page = aRealm(1);
const frame: Realm = {
  ...aRealm(2),
  frameId: 5,
  origin: "https://login.example",
  url: "https://login.example/x",
};
const send = (realm: Realm, first: number, ...events: RealmEvent[]) =>
  recorder.receive({ tabId: TAB, realm, first, events, isLeaving: false, calls: 0, waiting: 0 });
const state = () => JSON.parse(store.texts.get(`tab/${TAB}/state`)!) as TabState;
const withheld = () => state().withheld?.map(({ site, calls }) => `${site} ${calls}`);
const kept = () => [...store.texts.keys()].filter((key) => !key.endsWith("/state")).sort();

describe("a site that was not allowed", () => {
  test("leaves nothing but its name and the number of its calls", async () => {
    expect(await send(page, 0, installed, called(0), settled(0), called(1))).toBe(4);
    expect(kept()).toEqual([]);
    expect(withheld()).toEqual(["site.example 2"]);
    expect(store.texts.get(`tab/${TAB}/state`)).not.toContain(page.url);
    expect(state()).toMatchObject({ lost: 0, first: 0, next: 0 });
    expect(state().top).toBeUndefined();
  });

  test("has calls that are sent again counted once", async () => {
    await send(page, 0, installed, called(0));
    await send(page, 0, installed, called(0), called(1));
    await send(page, 3, settled(0), called(2));
    expect(withheld()).toEqual(["site.example 3"]);
  });

  test("is forgotten with the page that the tab showed", async () => {
    await send(page, 0, installed, called(0));
    await send(frame, 0, installed, called(0));
    expect(withheld()).toEqual(["site.example 1", "login.example 1"]);
    await send(aRealm(3), 0, installed);
    expect(withheld()).toEqual(["site.example 0"]);
    allowed.add("site.example");
    await send(aRealm(4), 0, installed);
    expect(withheld()).toBeUndefined();
  });

  test("leaves nothing by the last words of its page, either", async () => {
    await send(page, 0, installed);
    await send(aRealm(3), 0, installed);
    const before = new Map(store.texts);
    await recorder.receive({
      tabId: TAB,
      realm: page,
      first: 1,
      events: [called(0)],
      isLeaving: true,
      calls: 0,
      waiting: 0,
    });
    expect(store.texts).toEqual(before);
  });

  test("keeps frames of another one out of the log of a page, and they are told apart", async () => {
    allowed.add("site.example");
    await send(page, 0, installed, called(0));
    await send(frame, 0, installed, called(0));
    expect(kept().filter((key) => key.includes("/call/"))).toEqual([`tab/${TAB}/call/${page.id}:0`]);
    expect(state().top).toBe(page.id);
    expect(state().withheld).toEqual([expect.not.objectContaining({ startedAt: expect.anything() })]);
  });

  test("ends the log of the page before without preserve log", async () => {
    allowed.add("other.example");
    await recorder.setPreserveLog(TAB, false);
    await send({ ...page, origin: "https://other.example" }, 0, installed, called(0));
    await send(aRealm(3), 0, installed);
    expect(kept()).toEqual([]);
    // With each of both pages.
    expect(state().log).toBe(2);
  });

  test("has its count begin anew when the log is cleared", async () => {
    await send(page, 0, installed, called(0));
    await recorder.clear(TAB);
    expect(withheld()).toEqual(["site.example 0"]);
  });

  test("is not known without end, however many frames there are", async () => {
    for (let n = 0; n < 200; n++) {
      await send({ ...aRealm(n + 10), frameId: n + 1 }, 0, installed, called(0));
      await send(
        { ...aRealm(n + 10), frameId: n + 1, origin: `https://h${n}.example` },
        0,
        installed,
        called(0),
      );
    }
    expect(state().withheld).toHaveLength(50);
    expect(store.texts.get(`tab/${TAB}/state`)!.length).toBeLessThan(20_000);
  });
});

describe("a site that is allowed while its page is open", () => {
  test("is recorded from the next call on, and nothing counts as missed", async () => {
    await send(page, 0, installed, called(0));
    allowed.add("site.example");
    expect(await send(page, 2, settled(0), called(1))).toBe(4);
    expect(kept()).toContain(`tab/${TAB}/call/${page.id}:1`);
    expect(kept()).not.toContain(`tab/${TAB}/call/${page.id}:0`);
    expect(state()).toMatchObject({ top: page.id, lost: 0 });
    expect(withheld()).toEqual(["site.example 1"]);
  });

  test("and forbidden again keeps what was recorded, and misses nothing of the rest", async () => {
    allowed.add("site.example");
    await send(page, 0, installed, called(0));
    allowed.clear();
    await send(page, 2, settled(0), called(1));
    expect(withheld()).toEqual(["site.example 1"]);
    allowed.add("site.example");
    await send(page, 4, called(2));
    const ids = kept().filter((key) => key.includes("/call/"));
    expect(ids).toEqual([0, 2].map((seq) => `tab/${TAB}/call/${page.id}:${seq}`));
    const stored = JSON.parse(store.texts.get(`tab/${TAB}/realm/${page.id}`)!) as StoredRealm;
    expect(stored.received).toBe(5);
    expect(state().lost).toBe(0);
  });
});

test("where it cannot be known what is allowed, nothing is kept and the sender tries again", async () => {
  recorder = createRecorder(
    store,
    async () => true,
    () => Promise.reject(new Error("storage fails")),
  );
  await expect(send(page, 0, installed, called(0))).rejects.toThrow("storage fails");
  expect(store.texts.size).toBe(0);
});

test.each([
  ["https://a.example", "https://b.example/", [], "a.example"],
  ["http://localhost:3000", "http://localhost:3000/x", [], "localhost"],
  ["null", "https://sandboxed.example/x", [], "sandboxed.example"],
  ["null", "about:srcdoc", ["https://around.example", "https://top.example"], "around.example"],
  ["null", "data:text/html,x", [], undefined],
  ["https://", "about:blank", ["null"], undefined],
])("the site of origin %s at %s in %o is %s", (origin, url, ancestorOrigins, site) => {
  expect(siteOf({ ...page, origin, url, ancestorOrigins })).toBe(site);
});
