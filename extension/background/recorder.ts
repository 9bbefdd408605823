import type { SessionStore } from "../platform/sessionStore.js";
import { callsIn } from "./message.js";
import { siteOf } from "./siteOf.js";
import { tabKeys } from "./tabKeys.js";
import { appendEvents, type Batch, changeSwitches, clearLog, evictOldest, withholdEvents } from "./tabLog.js";
import { Transaction } from "./transaction.js";

export interface Recorder {
  /** Resolves with the number of the event that is expected next of that realm. */
  receive(batch: Batch): Promise<number>;
  clear(tabId: number): Promise<void>;
  setRecording(tabId: number, on: boolean): Promise<void>;
  setPreserveLog(tabId: number, on: boolean): Promise<void>;
  /** The tab was closed. */
  forget(tabId: number): Promise<void>;
}

/** Milliseconds: a service worker that only waits is stopped after half a minute, and each attempt puts that off. */
const RETRY_AFTER_MS = 1000;
/** Events of pages that have gone which may wait for the store; of more, the oldest calls are but counted. */
export const MAX_LEAVING = 4000;

/**
 * Keeps each tab's recording in session storage. Nothing is remembered from one call to the next
 * but in the store, and what a batch changes is kept in one piece, so the service worker may be
 * stopped at any moment: what was acknowledged is kept, what was not is sent again and counts once.
 * Only the last words of pages, which nobody sends again, wait in memory while the store fails.
 *
 * mayRecord: of the site on which a call is made nothing is kept unless this says so.
 * onUnkept: a batch can't be kept now; said at each attempt.
 */
export function createRecorder(
  store: SessionStore,
  tabExists: (tabId: number) => Promise<boolean>,
  mayRecord: (site: string | undefined) => Promise<boolean> = async () => true,
  onUnkept: (batch: Batch) => void = () => {},
): Recorder {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  };
  const change = (edit: (transaction: Transaction) => Promise<void>) =>
    inTurn(async () => {
      const transaction = new Transaction(store);
      await edit(transaction);
      await transaction.commit();
    });

  /** The last words of pages, the newest first, until they are kept in their order: one that is overtaken counts as lost. */
  const leaving: Batch[] = [];
  let lastWords: Promise<unknown> = last;

  const keep = (batch: Batch): Promise<number> =>
    inTurn(async () => {
      const site = siteOf(batch.realm);
      return receive(store, tabExists, batch, (await mayRecord(site)) ? appendEvents : withholding(site));
    }).catch((error) => {
      onUnkept(batch);
      throw error;
    });

  return {
    receive(batch) {
      if (!batch.isLeaving) return keep(batch);
      leaving.unshift(batch);
      let count = 0;
      for (const each of leaving) {
        count += each.events.length;
        // Each event keeps its number: of those that are known by then, nothing is lost.
        if (count > MAX_LEAVING)
          each.events = each.events.map((event) => ({ kind: "lost", count: callsIn([event]) }));
      }
      const kept = lastWords.then(async () => {
        for (;;)
          try {
            return await keep(batch);
          } catch {
            await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
          }
      });
      lastWords = kept.then(() => leaving.pop());
      return kept;
    },
    clear: (tabId) => change((transaction) => clearLog(transaction, tabId)),
    setRecording: (tabId, recording) => change((t) => changeSwitches(t, tabId, { recording })),
    setPreserveLog: (tabId, preserveLog) => change((t) => changeSwitches(t, tabId, { preserveLog })),
    forget: (tabId) =>
      inTurn(async () => store.removeMany([...(await store.getAll(tabKeys(tabId).prefix)).keys()])),
  };
}

/** Characters of an event that few calls have: where there is no room for less, events wait. */
const LARGE = 16_384;

const withholding =
  (site = ""): typeof appendEvents =>
  (transaction, batch) =>
    withholdEvents(transaction, batch, site);

async function receive(
  store: SessionStore,
  tabExists: (tabId: number) => Promise<boolean>,
  batch: Batch,
  take: typeof appendEvents,
): Promise<number> {
  const { tabId, first, events } = batch;
  const transaction = new Transaction(store);
  await transaction.load([tabKeys(tabId).state]);
  // The last words of a page whose tab was closed meanwhile.
  if (!transaction.get(tabKeys(tabId).state) && !(await tabExists(tabId))) return first + events.length;

  const expected = await take(transaction, batch);
  try {
    await transaction.commit();
    return expected;
  } catch (error) {
    if (!isQuotaExceeded(error)) throw error;
  }

  if (await makeRoom(store)) return receive(store, tabExists, batch, take);
  if (events.length > 1) {
    const half = Math.ceil(events.length / 2);
    await receive(store, tabExists, { ...batch, events: events.slice(0, half) }, take);
    return receive(store, tabExists, { ...batch, first: first + half, events: events.slice(half) }, take);
  }
  if (JSON.stringify(events).length < LARGE)
    throw new Error("session storage is full, and not of recordings");
  // A single event that is larger than all the room there is: it must not keep back all that come after it.
  return receive(store, tabExists, { ...batch, events: [{ kind: "lost", count: 1 }] }, take);
}

/**
 * Evicts the oldest twentieth of the calls of the tab that takes up most room, whichever tab needs
 * it: a page that calls all the time costs no other tab its log. False: there is nothing to evict.
 */
async function makeRoom(store: SessionStore): Promise<boolean> {
  const calls = new Map<number, { count: number; size: number }>();
  for (const [key, value] of await store.getAll("tab/")) {
    const tabId = Number(/^tab\/(\d+)\/call\//.exec(key)?.[1]);
    if (Number.isNaN(tabId) || value === null) continue;
    const { count, size } = calls.get(tabId) ?? { count: 0, size: 0 };
    calls.set(tabId, { count: count + 1, size: size + JSON.stringify(value).length });
  }
  const [largest] = [...calls].sort(([, a], [, b]) => b.size - a.size);
  if (!largest) return false;

  const [tabId, { count }] = largest;
  const transaction = new Transaction(store);
  const evicted = await evictOldest(transaction, tabId, Math.ceil(count / 20));
  await transaction.commit();
  return evicted > 0;
}

/** Browsers give that error no name of its own, only words. */
const isQuotaExceeded = (error: unknown): boolean => /quota/i.test(String(error));
