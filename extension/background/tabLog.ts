import { type Call, type CallId, callIdOf, callOf, newsOf, type RealmId } from "../../src/index.js";
import { callsIn, type Message, type RealmEvent } from "./message.js";
import { FRESH_TAB, type StoredRealm, type TabState, tabKeys, type WithheldSite } from "./tabKeys.js";
import type { Transaction } from "./transaction.js";

/** Calls that are kept of a tab; the oldest go first. */
export const MAX_CALLS = 2000;
/** Realms without a call that are kept of a tab; the oldest go first. */
export const MAX_IDLE_REALMS = 20;

/** Sites of a page, and realms of a site, of which it is known that nothing is recorded; of more, nothing is known. */
const MAX_WITHHELD = 50;

/** Events of one realm, and where they come from by the word of the browser. */
export type Batch = Omit<Message & { kind: "events" }, "kind"> & { tabId: number };

/**
 * Adds a realm's events to the log of its tab, leaving out those that were added before; what that
 * costs does not depend on the length of the log. Returns the number of the event expected next.
 */
export async function appendEvents(transaction: Transaction, batch: Batch): Promise<number> {
  const { tabId, realm, first, calls, events, isLeaving } = batch;
  const keys = tabKeys(tabId);
  const callId = (seq: number): CallId => callIdOf(realm.id, seq);
  const seqs = events.flatMap((event) =>
    "seq" in event ? event.seq : "call" in event ? event.call.seq : [],
  );
  await transaction.load([keys.realm(realm.id), ...seqs.map((seq) => keys.call(callId(seq)))]);
  const state = await loadState(transaction, tabId);
  const before = transaction.get<StoredRealm>(keys.realm(realm.id));
  // The page has gone, and its log with it.
  if (isLeaving && !before && !state.preserveLog) return first + events.length;
  const stored: StoredRealm = { realm, received: first, calls, since: state.next, ...before };

  state.lost += Math.max(0, calls - stored.calls);
  const fresh = reach(stored, batch);

  // Recording on its site was allowed after it began: its first events were let go.
  if (!before && first > 0 && realm.frameId === 0 && !isLeaving) state.top = realm.id;

  for (const event of fresh) {
    switch (event.kind) {
      case "installed":
      case "shown":
        if (isLeaving || realm.frameId !== 0 || state.top === realm.id) break;
        state.top = realm.id;
        delete state.withheld;
        if (state.preserveLog) break;
        await empty(transaction, tabId, state);
        delete stored.newest;
        break;
      case "call":
        if (!state.recording) break;
        if (add(callOf(realm.id, event.call))) stored.newest = state.next++;
        break;
      case "aborted":
      case "settled":
        update(callId(event.seq), newsOf(event));
        break;
      case "lost":
        state.lost += event.count;
    }
  }

  transaction.set(keys.realm(realm.id), stored);
  state.idle = state.idle.filter((id) => id !== realm.id);
  if (stored.newest === undefined) state.idle.push(realm.id);
  await evict(transaction, tabId, state, state.next - state.first - MAX_CALLS);
  forgetIdleRealms(transaction, tabId, state);
  transaction.set(keys.state, state);
  return stored.received;

  function add(call: Call): boolean {
    if (transaction.get(keys.call(call.id))) return false;
    transaction.set(keys.call(call.id), call);
    transaction.set(keys.order(state.next), call.id);
    return true;
  }

  /** A call that is not in the log was left out, or has gone: then so does what became of it. */
  function update(id: CallId, news: Partial<Call>): void {
    const call = transaction.get<Call>(keys.call(id));
    if (call) transaction.set(keys.call(id), { ...call, ...news });
  }
}

/**
 * Lets a realm's events go, as nobody allowed to record on its site, and counts its calls as long as the tab
 * shows that page. Returns the number of the event expected next.
 */
export async function withholdEvents(transaction: Transaction, batch: Batch, site: string): Promise<number> {
  const { tabId, realm, first, events, isLeaving } = batch;
  const keys = tabKeys(tabId);
  const end = first + events.length;
  const state = await loadState(transaction, tabId);
  // What was recorded before it was forbidden stays, and what comes now is not missed there.
  const before = await loadRealm(transaction, tabId, realm.id);
  if (before) {
    reach(before, batch);
    transaction.set(keys.realm(realm.id), before);
  }

  const isTop = realm.frameId === 0;
  const isShown = isTop && !isLeaving && events.some(({ kind }) => kind === "installed" || kind === "shown");
  let withheld = state.withheld ?? [];
  const isKnown = withheld.some(({ received }) => realm.id in received);
  if (isShown && !isKnown) {
    withheld = [];
    if (state.top !== realm.id) {
      delete state.top;
      if (!state.preserveLog) await empty(transaction, tabId, state);
    }
  }
  // The last words of a page that has gone, which nobody looks at any more.
  if (isLeaving && !isKnown) return end;

  const entry: WithheldSite = withheld.find((each) => each.site === site) ?? { site, calls: 0, received: {} };
  const known = Math.max(0, (entry.received[realm.id] ?? first) - first);
  const received = { ...entry.received, [realm.id]: Math.max(end, entry.received[realm.id] ?? 0) };
  for (const id of Object.keys(received).slice(0, -MAX_WITHHELD)) delete received[id];
  const changed: WithheldSite = {
    ...entry,
    received,
    calls: entry.calls + callsIn(events.slice(known)),
    ...(isTop && { startedAt: realm.startedAt }),
  };
  state.withheld = [...withheld.filter((each) => each !== entry), changed].slice(-MAX_WITHHELD);
  transaction.set(keys.state, state);
  return end;
}

/** Notes how far a realm is known with these events; returns those that are new. */
function reach(stored: StoredRealm, { first, calls, events }: Batch): RealmEvent[] {
  const fresh = events.slice(Math.max(0, stored.received - first));
  stored.received = Math.max(stored.received, first + events.length);
  stored.calls = Math.max(stored.calls, calls) + callsIn(fresh);
  return fresh;
}

/** Forgets the log; the realm of the page that is shown stays known. */
export async function clearLog(transaction: Transaction, tabId: number): Promise<void> {
  const keys = tabKeys(tabId);
  const state = await loadState(transaction, tabId);
  const top = state.top === undefined ? undefined : await loadRealm(transaction, tabId, state.top);
  await empty(transaction, tabId, state);
  if (state.withheld) state.withheld = state.withheld.map((each) => ({ ...each, calls: 0 }));
  if (top) {
    delete top.newest;
    transaction.set(keys.realm(top.realm.id), top);
    state.idle.push(top.realm.id);
  }
  transaction.set(keys.state, state);
}

export async function changeSwitches(
  transaction: Transaction,
  tabId: number,
  switches: Partial<Pick<TabState, "recording" | "preserveLog">>,
): Promise<void> {
  const state = await loadState(transaction, tabId);
  transaction.set(tabKeys(tabId).state, { ...state, ...switches });
}

/** Evicts the `count` oldest calls, and the realms that have no others; they count as lost. Returns how many there were. */
export async function evictOldest(transaction: Transaction, tabId: number, count: number): Promise<number> {
  const state = await loadState(transaction, tabId);
  const evicted = Math.min(count, state.next - state.first);
  await evict(transaction, tabId, state, evicted);
  forgetIdleRealms(transaction, tabId, state);
  transaction.set(tabKeys(tabId).state, state);
  return evicted;
}

async function evict(transaction: Transaction, tabId: number, state: TabState, count: number): Promise<void> {
  if (count <= 0) return;
  const keys = tabKeys(tabId);
  const evicted = Array.from({ length: count }, (_, i) => state.first + i);
  await transaction.load(evicted.map(keys.order));
  for (const n of evicted) {
    const callId = transaction.get<CallId>(keys.order(n));
    if (callId === undefined) continue;
    transaction.remove(keys.order(n));
    transaction.remove(keys.call(callId));
    const realmId = callId.slice(0, callId.lastIndexOf(":"));
    const stored = await loadRealm(transaction, tabId, realmId);
    if (stored?.newest !== n) continue;
    if (realmId !== state.top) {
      transaction.remove(keys.realm(realmId));
      continue;
    }
    delete stored.newest;
    transaction.set(keys.realm(realmId), stored);
    state.idle.push(realmId);
  }
  state.first += count;
  state.lost += count;
}

/** A new page's log begins; numbers go on, so that nobody takes a new call for an old one. */
async function empty(transaction: Transaction, tabId: number, state: TabState): Promise<void> {
  for (const key of await transaction.loadAll(tabKeys(tabId).prefix)) transaction.remove(key);
  state.log += 1;
  state.first = state.next;
  state.lost = 0;
  state.idle = [];
}

function forgetIdleRealms(transaction: Transaction, tabId: number, state: TabState): void {
  const tooMany = state.idle.filter((id) => id !== state.top).slice(0, -MAX_IDLE_REALMS);
  state.idle = state.idle.filter((id) => !tooMany.includes(id));
  for (const id of tooMany) transaction.remove(tabKeys(tabId).realm(id));
}

async function loadState(transaction: Transaction, tabId: number): Promise<TabState> {
  const { state } = tabKeys(tabId);
  await transaction.load([state]);
  const stored = transaction.get<TabState>(state) ?? FRESH_TAB;
  return { ...stored, idle: [...stored.idle] };
}

async function loadRealm(
  transaction: Transaction,
  tabId: number,
  id: RealmId,
): Promise<StoredRealm | undefined> {
  const key = tabKeys(tabId).realm(id);
  await transaction.load([key]);
  const stored = transaction.get<StoredRealm>(key);
  return stored && { ...stored };
}
