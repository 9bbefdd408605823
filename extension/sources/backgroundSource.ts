import { say } from "../../panel/words/say.js";
import {
  type Call,
  type CallId,
  type CeremonySource,
  type Realm,
  type RealmId,
  type SourceSink,
  type Withheld,
  withWholeSnapshots,
} from "../../src/index.js";
import type { Message, Unkept } from "../background/message.js";
import {
  byAge,
  FRESH_TAB,
  type StoredRealm,
  type TabState,
  tabKeys,
  type WithheldSite,
} from "../background/tabKeys.js";
import type { InspectedPage } from "../platform/inspectedPage.js";
import type { SessionStore } from "../platform/sessionStore.js";
import { describeHook, describeUnkept, isSamePage, type PageFacts } from "./describeHook.js";

export interface World {
  store: SessionStore;
  send(message: Message): Promise<unknown>;
  /** Hands on what the background tells the pages of the extension, among other things; returns the way to stop it. */
  onTold(listener: (message: unknown) => void): () => void;
  page: Pick<InspectedPage, "onNavigated"> & { ask(): Promise<PageFacts> };
}

/**
 * A tab's recording, kept by the background. It is read from session storage, and followed there:
 * a service worker that is stopped and started again is not noticed, and need not run for the
 * panel to show what there is.
 */
export function backgroundSource(tabId: number, world: World): CeremonySource {
  const { send } = world;
  const tell = (message: Message) => void send(message).catch(() => {});
  return {
    label: say("source_tab"),
    capabilities: { live: true, canInject: false, originVerified: true },
    subscribe: (sink) => follow(tabId, world, sink),
    clear: () => tell({ kind: "clear", tabId }),
    setRecording: (on) => tell({ kind: "setRecording", tabId, on }),
    setPreserveLog: (on) => tell({ kind: "setPreserveLog", tabId, on }),
  };
}

function follow(tabId: number, { store, page, onTold }: World, sink: SourceSink): () => void {
  const { prefix } = tabKeys(tabId);
  const log = readLog(tabId, sink, describe);
  let isStopped = false;
  let said = "";
  let saidWithheld = "[]";
  let asked = 0;
  /** what was set while everything was being read */
  let missed: ReadonlyMap<string, unknown>[] | undefined = [];
  /** calls that wait in a page since they cannot be kept, by realm */
  const unkept = new Map<RealmId, number>();

  const stopFollowing = store.follow(prefix, (set) => {
    if (missed) missed.push(set);
    else log.read(set);
    works();
  });
  const stopNavigating = page.onNavigated(() => void describe());
  const stopHearing = onTold((message) => {
    if (!isUnkept(message) || message.tabId !== tabId) return;
    unkept.set(message.realmId, message.waiting);
    describe();
  });
  sink.status("connecting", say("source_reading"));
  readAll();
  return () => {
    isStopped = true;
    stopFollowing();
    stopNavigating();
    stopHearing();
  };

  /** Something was kept: who still has to wait, the last words of a page that has gone too, says so again. */
  function works(): void {
    if (unkept.size === 0) return;
    unkept.clear();
    describe();
  }

  async function readAll(): Promise<void> {
    const all = await store.getAll(prefix).catch((error: unknown) => String(error));
    if (isStopped) return;
    if (typeof all === "string") return sink.status("lost", say("source_unreadable", { problem: all }));
    if (!all.has(tabKeys(tabId).state)) all.set(tabKeys(tabId).state, FRESH_TAB);
    for (const set of [all, ...missed!]) log.read(set);
    missed = undefined;
    describe();
  }

  async function describe(): Promise<void> {
    const question = ++asked;
    const facts = await page.ask();
    if (isStopped || missed || question < asked) return;
    const { state, sentence } =
      unkept.size > 0 ? describeUnkept(unkept.values()) : describeHook(log.shownRealm(), facts);
    if (sentence !== said) sink.status(state, sentence);
    said = sentence;
    const withheld = withheldOf(log.withheld(), facts);
    const text = JSON.stringify(withheld);
    if (text !== saidWithheld) sink.withheld?.(withheld);
    saidWithheld = text;
  }
}

const isUnkept = (message: unknown): message is Unkept =>
  typeof message === "object" && message !== null && "kind" in message && message.kind === "unkept";

/** None where the tab shows another page by now, of which nothing is heard: one that is not secure, say. */
function withheldOf(sites: readonly WithheldSite[], page: PageFacts): Withheld[] {
  const top = sites.find(({ startedAt }) => startedAt !== undefined);
  if (page === "unreached") return [];
  if (page && top && !isSamePage(page.startedAt, top.startedAt!)) return [];
  return sites.map(({ site, calls, startedAt }) => ({ site, calls, isPage: startedAt !== undefined }));
}

/** Turns what is set under a tab's keys into calls to the sink; `onShown`: another page is shown, or less of it. */
function readLog(tabId: number, sink: SourceSink, onShown: () => void) {
  const keys = tabKeys(tabId);
  const realms = new Map<RealmId, Realm>();
  /** the calls in the log, in their order */
  const known = new Set<CallId>();
  let state: TabState | undefined;

  return {
    read(set: ReadonlyMap<string, unknown>): void {
      readState(set.get(keys.state) as TabState | undefined);
      const realms = [...under(keys.realms, set)].map(([, stored]) => stored as StoredRealm);
      readCalls(set, realms.sort(byAge));
    },
    shownRealm: (): Realm | undefined => realms.get(state?.top ?? ""),
    withheld: (): readonly WithheldSite[] => state?.withheld ?? [],
  };

  function readState(now: TabState | undefined): void {
    if (!now || (state && isEarlier(now, state))) return;
    if (state && now.log > state.log) {
      known.clear();
      realms.clear();
      sink.cleared?.();
      if (now.lost > 0) sink.gap(now.lost);
    } else {
      // Whoever follows has seen the calls that are evicted now: for them they are not lost.
      const lost = state ? now.lost - state.lost - (now.first - state.first) : now.lost;
      if (lost > 0) sink.gap(lost);
    }
    if (now.recording !== state?.recording || now.preserveLog !== state.preserveLog)
      sink.switches?.({ recording: now.recording, preserveLog: now.preserveLog });
    const isOther =
      now.top !== state?.top || JSON.stringify(now.withheld) !== JSON.stringify(state?.withheld);
    state = now;
    if (isOther) onShown();
  }

  function readRealm(realm: Realm): void {
    if (realms.has(realm.id)) return;
    realms.set(realm.id, realm);
    sink.realm(realm);
    if (realm.id === state?.top) onShown();
  }

  /** Each realm is told before its calls, and after those that are older. */
  function readCalls(set: ReadonlyMap<string, unknown>, realms: StoredRealm[]): void {
    const added = [...under(keys.orders, set)].map(([n, id]) => ({ n: Number(n), id: id as CallId }));
    const ids = new Map<CallId, number>();
    for (const { n, id } of added.sort((a, b) => a.n - b.n)) if (n >= (state?.first ?? 0)) ids.set(id, n);
    for (const [id] of under(keys.calls, set)) if (known.has(id) && !ids.has(id)) ids.set(id, -1);
    for (const [id, n] of ids) {
      while (realms[0] && realms[0].since <= n) readRealm(realms.shift()!.realm);
      known.add(id);
      const call = set.get(keys.call(id)) as Call | undefined;
      if (call) sink.call(withWholeSnapshots(call));
    }
    for (const { realm } of realms) readRealm(realm);
    const kept = state ? state.next - state.first : 0;
    for (const id of known) {
      if (known.size <= kept) break;
      known.delete(id);
    }
  }
}

/** What may be heard after it is known already: changes that were made while everything was read. */
const isEarlier = (a: TabState, b: TabState): boolean =>
  a.log < b.log || (a.log === b.log && (a.next < b.next || a.lost < b.lost));

/** The entries whose key starts with `prefix`, by the rest of the key; null is what is about to go, see `Transaction`. */
function* under(prefix: string, set: ReadonlyMap<string, unknown>): Iterable<[string, unknown]> {
  for (const [key, value] of set)
    if (key.startsWith(prefix) && value !== null) yield [key.slice(prefix.length), value];
}
