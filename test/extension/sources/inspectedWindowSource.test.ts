import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { EvalAnswer } from "../../../extension/platform/readEvalAnswer.js";
import {
  type InspectedWindowOptions,
  inspectedWindowSource,
  PACE,
} from "../../../extension/sources/inspectedWindowSource.js";
import {
  type Call,
  type CeremonySource,
  createLinkKey,
  type Forgotten,
  type Realm,
} from "../../../src/index.js";
import { type BootstrapPage, buildBootstrap, openBootstrapPage } from "../../support/bootstrapPage.js";

const key = createLinkKey();
const built = await buildBootstrap();
const ASK = "await navigator.credentials.preventSilentAccess()";

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] }),
);
afterEach(() => void vi.useRealTimers());

/** Time passes, and what was begun comes to its end. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** An inspector that looks at a page, and what its panel is told. */
function inspect(page: BootstrapPage, more: Partial<InspectedWindowOptions> = {}) {
  const frames = new Map<string, BootstrapPage>();
  const asked: (string | undefined)[] = [];
  let navigated = () => {};
  const state = {
    page,
    frames,
    asked,
    isShown: true,
    underWay: 0,
    most: 0,
    navigate: () => navigated(),
    /** stands in for the page, where it is set */
    answer: undefined as ((frameUrl?: string) => Promise<EvalAnswer>) | undefined,
  };
  const source = inspectedWindowSource({
    inspected: {
      async evaluate(expression, frameUrl) {
        asked.push(frameUrl);
        state.most = Math.max(state.most, ++state.underWay);
        try {
          if (state.answer) return await state.answer(frameUrl);
          const place = frameUrl === undefined ? state.page : frames.get(frameUrl);
          if (!place)
            return await new Promise((resolve) =>
              setTimeout(() => resolve({ problem: "no such frame" }), 10_000),
            );
          return { value: place.run(expression) };
        } finally {
          state.underWay--;
        }
      },
      onNavigated(listener) {
        navigated = listener;
        return () => {
          navigated = () => {};
        };
      },
      isShown: () => state.isShown,
    },
    key,
    built,
    version: "9.9.9",
    ...more,
  });
  const told = {
    realms: [] as Realm[],
    calls: new Map<string, Call>(),
    statuses: [] as string[],
    cleared: 0,
    lost: 0,
  };
  const stop = source.subscribe({
    status: (_, sentence) => void told.statuses.push(sentence),
    realm: (realm) => void told.realms.push(realm),
    call: (call) => void told.calls.set(call.id, call),
    gap(count) {
      told.lost += count;
    },
    cleared() {
      told.cleared++;
      told.calls.clear();
    },
  });
  return {
    ...told,
    told,
    state,
    source,
    stop,
    outcomes: () => [...told.calls.values()].map(({ outcome }) => outcome.status),
  };
}

const withHook = () => openBootstrapPage({ key });
const withoutHook = () =>
  openBootstrapPage({
    key,
    install: false,
    before: "Object.defineProperty(document, 'readyState', { value: 'complete' })",
  });

describe("a page with the hook", () => {
  test("is followed: what was called before, and what is called then", async () => {
    const page = await withHook();
    await page.runAsync(ASK);
    const { outcomes, told } = inspect(page);
    await pass(1);
    expect(told.statuses).toEqual(["Asking the page", "Hooked before the page's first script"]);
    expect(told.realms).toMatchObject([{ url: "https://rp.example/sign-in", hook: { via: "bootstrap" } }]);
    expect(outcomes()).toEqual(["fulfilled"]);
    page.run(
      "browser.get = () => new Promise((resolve) => { globalThis.finish = resolve; }); void navigator.credentials.get({})",
    );
    await pass(PACE.poll);
    expect(outcomes()).toEqual(["fulfilled", "pending"]);
    page.run("finish(null)");
    await pass(PACE.poll * 2);
    expect(outcomes()).toEqual(["fulfilled", "fulfilled"]);
    expect(told.lost).toBe(0);
  });

  test("is read to the end, in pieces, at once", async () => {
    const page = await withHook();
    await page.runAsync(
      `for (let i = 0; i < 30; i++) await navigator.credentials.get({ large: "x".repeat(30000) })`,
    );
    const { outcomes, state } = inspect(page);
    await pass(1);
    expect(outcomes()).toHaveLength(30);
    expect(state.asked.length).toBeGreaterThan(3);
  });

  test("that forges answers without end takes no more than its turn", async () => {
    const page = await withHook();
    const forged = page.evaluate().reading!;
    const { state } = inspect(page);
    let first = 0;
    state.answer = async () => ({
      value: JSON.stringify({ ...forged, first: first++, events: [{ kind: "lost", count: 1 }], next: 1e9 }),
    });
    await pass(1);
    expect(state.asked.length).toBeLessThan(100);
  });

  test("that goes elsewhere is followed there; the log is kept, or not", async () => {
    const page = await withHook();
    await page.runAsync(ASK);
    const { state, told, source } = inspect(page);
    await pass(1);
    state.page = await openBootstrapPage({ key, url: "https://other.example/" });
    await state.page.runAsync(ASK);
    state.navigate();
    await pass(1);
    expect(told.realms.map(({ url }) => url)).toEqual([
      "https://rp.example/sign-in",
      "https://other.example/",
    ]);
    expect(told.calls.size).toBe(2);
    source.setPreserveLog!(false);
    state.page = await withHook();
    await state.page.runAsync(ASK);
    state.navigate();
    await pass(1);
    expect(told.cleared).toBe(1);
    expect(told.calls.size).toBe(1);
  });

  test("of another version says so", async () => {
    const { told } = inspect(await withHook(), { version: "10.0.0" });
    await pass(1);
    expect(told.statuses.at(-1)).toBe(
      "Hooked before the page's first script; the hook is of Keyhole 9.9.9, this is 10.0.0: copy the Bootstrap Script anew",
    );
  });

  test("is left alone while nobody looks, and caught up with then", async () => {
    const page = await withHook();
    const { state, outcomes } = inspect(page);
    await pass(1);
    state.isShown = false;
    const before = state.asked.length;
    await page.runAsync(ASK);
    await pass(PACE.poll * 20);
    expect(state.asked.length).toBe(before);
    state.isShown = true;
    await pass(PACE.poll);
    expect(outcomes()).toEqual(["fulfilled"]);
  });

  test("is not asked any more once the panel is gone", async () => {
    const { state, stop } = inspect(await withHook());
    await pass(1);
    stop();
    const before = state.asked.length;
    state.navigate();
    await pass(PACE.poll * 5);
    expect(state.asked.length).toBe(before);
  });

  test("calls made while recording was off are left out, also when they settle later", async () => {
    const page = await withHook();
    const { source, outcomes } = inspect(page);
    await pass(1);
    source.setRecording!(false);
    page.run(
      "browser.get = () => new Promise((resolve) => { globalThis.finish = resolve; }); void navigator.credentials.get({})",
    );
    await pass(PACE.poll);
    source.setRecording!(true);
    page.run("finish(null)");
    await page.runAsync(ASK);
    await pass(PACE.poll);
    expect(outcomes()).toEqual(["fulfilled"]);
  });

  test("a log that was cleared stays so", async () => {
    const page = await withHook();
    await page.runAsync(ASK);
    const { source, told } = inspect(page);
    await pass(1);
    source.clear!();
    await pass(PACE.poll * 2);
    expect(told.calls.size).toBe(0);
    expect(told.realms).toHaveLength(2);
  });

  test("a log that was cleared stays so in the panel that is opened next, and for a call that settles then", async () => {
    const page = await withHook();
    await page.runAsync(ASK);
    page.run(
      "browser.get = () => new Promise((resolve) => { globalThis.finish = resolve; }); void navigator.credentials.get({})",
    );
    const forgotten: Forgotten[] = [];
    const first = inspect(page, { onForgotten: (now) => void forgotten.push(now) });
    await pass(1);
    expect(first.outcomes()).toEqual(["fulfilled", "pending"]);
    first.source.clear!();
    page.run("finish(null)");
    await pass(PACE.poll * 2);
    expect(first.outcomes()).toEqual([]);
    first.stop();
    const next = inspect(page, { forgotten: forgotten[0]! });
    await page.runAsync(ASK);
    await pass(PACE.poll);
    expect(next.outcomes()).toEqual(["fulfilled"]);
    expect(next.told.realms).toHaveLength(1);
    expect(next.told.lost).toBe(0);
  });
});

describe("a page without a hook", () => {
  test("gets one, once, and the panel says that it came late", async () => {
    const page = await withoutHook();
    const { told, outcomes } = inspect(page);
    await pass(PACE.poll);
    expect(told.realms).toMatchObject([{ hook: { via: "inspector", readyState: "complete" } }]);
    expect(told.statuses.at(-1)).toMatch(/^Hooked \d+\.\d s late: earlier calls are missing/);
    await page.runAsync(ASK);
    await pass(PACE.poll);
    expect(outcomes()).toEqual(["fulfilled"]);
    expect(page.lines).toEqual([]);
  });

  test("that is not secure gets none", async () => {
    const page = await withoutHook();
    page.run("globalThis.isSecureContext = false");
    const { told } = inspect(page);
    await pass(PACE.poll * 3);
    expect(told.realms).toEqual([]);
    expect(told.statuses.at(-1)).toMatch(/Not a secure page/);
  });

  test("that refuses it is not asked to take it again and again", async () => {
    const page = await withoutHook();
    page.run("Proxy = undefined");
    const { state } = inspect(page);
    await pass(PACE.poll * 10);
    expect(state.asked.length).toBeLessThan(20);
  });
});

describe("a page with a hook that does not answer to our key", () => {
  const foreign = () => openBootstrapPage();

  test("is followed by the log of the background, where there is one", async () => {
    const subscribed: CeremonySource["subscribe"][] = [];
    const recorded = {
      subscribe: vi.fn(() => () => void subscribed.push(recorded.subscribe)),
      clear: vi.fn(),
      setRecording: vi.fn(),
      setPreserveLog: vi.fn(),
    };
    const findRecorded = vi.fn(async () => recorded as never);
    const { state, source } = inspect(await foreign(), { findRecorded });
    await pass(PACE.poll * 5);
    expect(findRecorded).toHaveBeenCalledWith(expect.objectContaining({ url: "https://rp.example/sign-in" }));
    expect(recorded.subscribe).toHaveBeenCalledTimes(1);
    // What is pressed in the panel holds for that log.
    source.clear!();
    source.setRecording!(false);
    source.setPreserveLog!(false);
    expect(recorded.clear).toHaveBeenCalledTimes(1);
    expect([recorded.setRecording.mock.calls, recorded.setPreserveLog.mock.calls]).toEqual([
      [[false]],
      [[false]],
    ]);
    state.page = await withHook();
    state.navigate();
    await pass(1);
    expect(subscribed).toHaveLength(1);
  });

  test("is none of ours otherwise, and the panel says what to do", async () => {
    const { told } = inspect(await foreign());
    await pass(PACE.poll * 2);
    expect(told.statuses.at(-1)).toMatch(
      /Another Keyhole watches this page.*, or the page says so: copy the Bootstrap Script anew/,
    );
    expect(told.realms).toEqual([]);
  });
});

describe("an inspector", () => {
  test("that does not answer is waited for, asked once at a time, and its silence is said", async () => {
    const { state, told } = inspect(await withHook());
    state.answer = () => new Promise(() => {});
    await pass(PACE.abandon * 4);
    expect(state.asked.length).toBeLessThanOrEqual(5);
    expect(told.statuses.at(-1)).toBe("The page does not answer: no answer in time");
  });

  test("that is slow is never asked a second thing before it has answered the first", async () => {
    const { state } = inspect(await withHook());
    state.answer = () =>
      new Promise((resolve) => setTimeout(() => resolve({ value: null }), PACE.timeout * 2));
    for (let i = 0; i < 20; i++) {
      await pass(PACE.poll * 3);
      state.navigate();
    }
    expect(state.asked.length).toBeGreaterThan(2);
    expect(state.most).toBe(1);
  });

  test.each<[string, () => Promise<EvalAnswer>]>([
    ["answers nothing for a moment, as during a process swap", async () => ({ value: null })],
    ["throws for a moment", async () => ({ problem: "Web Inspector not found" })],
    ["rejects for a moment", async () => Promise.reject(new Error("no tab"))],
  ])("that %s is asked again, and nothing is said", async (_, answer) => {
    const page = await withHook();
    const { state, told, outcomes } = inspect(page);
    await pass(1);
    state.answer = answer;
    await pass(PACE.poll);
    state.answer = undefined;
    await page.runAsync(ASK);
    await pass(PACE.poll);
    expect(outcomes()).toEqual(["fulfilled"]);
    expect(told.statuses).toHaveLength(2);
  });
});

describe("frames", () => {
  const FRAME = "https://login.example/frame";
  const withFrames = async (...urls: string[]) => {
    const page = await withHook();
    page.run(`document.querySelectorAll = () => ${JSON.stringify(urls.map((src) => ({ src })))};
      performance.getEntriesByType = () => [];`);
    return page;
  };

  test("are found, and followed each for itself", async () => {
    const { state, outcomes, told } = inspect(await withFrames(FRAME, "about:blank", "javascript:void 0"));
    const frame = await openBootstrapPage({ key, url: FRAME });
    state.frames.set(FRAME, frame);
    await frame.runAsync(ASK);
    await pass(PACE.poll * 3);
    expect(told.realms.map(({ url }) => url)).toContain(FRAME);
    expect(outcomes()).toEqual(["fulfilled"]);
    expect(new Set(state.asked)).toEqual(new Set([undefined, FRAME]));
  });

  test("without news are asked less and less, and at once again when there are some", async () => {
    const { state, outcomes } = inspect(await withFrames(FRAME));
    state.frames.set(FRAME, await openBootstrapPage({ key, url: FRAME }));
    await pass(60_000);
    const count = state.asked.filter((url) => url === FRAME).length;
    // What it was asked for its own frames is counted, too.
    expect(count).toBeLessThan(2 * (60_000 / PACE.quietFrame) + 10);
    await state.frames.get(FRAME)!.runAsync(ASK);
    await pass(PACE.quietFrame);
    expect(outcomes()).toEqual(["fulfilled"]);
  });

  test("whose address is not found cost ten seconds, and are left alone for long", async () => {
    const { state, outcomes } = inspect(await withFrames("https://gone.example/"));
    await pass(120_000);
    expect(state.asked.filter((url) => url !== undefined).length).toBeLessThanOrEqual(3);
    await state.page.runAsync(ASK);
    await pass(PACE.poll);
    expect(outcomes()).toEqual(["fulfilled"]);
  });

  test("are forgotten when the page goes elsewhere", async () => {
    const { state } = inspect(await withFrames("https://gone.example/"));
    await pass(PACE.poll * 2);
    state.page = await withHook();
    state.page.run("document.querySelectorAll = () => []; performance.getEntriesByType = () => []");
    state.navigate();
    const before = state.asked.length;
    await pass(120_000);
    expect(state.asked.slice(before).filter((url) => url !== undefined)).toEqual([]);
  });
});
