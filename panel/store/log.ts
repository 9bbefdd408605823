import { batch, type ReadonlySignal, signal } from "@preact/signals";
import {
  type Call,
  type CallId,
  type CeremonySource,
  Changes,
  createCallOrder,
  indexFromEnd,
  type Realm,
  type RealmId,
  type Withheld,
} from "../../src/index.js";
import { say } from "../words/say.js";

/** Number of calls that the panel keeps unless someone chose another; the oldest go first, and the loss is said. */
export const CALL_LIMIT = 2_000;

/** What a source has delivered so far. A new object whenever something changed. */
export interface LogState {
  /** the same object as long as they are the same */
  realms: ReadonlyMap<RealmId, Realm>;
  /** in order, see `createCallOrder` */
  calls: readonly Call[];
  /** of the calls, those of their realms that are told late too; and how far they are here */
  changes: Changes;
  version: number;
  /** number of calls that have not settled */
  pending: number;
  /** number of calls or events that are known to be lost */
  lost: number;
  /** number of calls that are kept; absent: all */
  limit?: number;
}

export interface Log {
  readonly label: string;
  readonly capabilities: CeremonySource["capabilities"];
  readonly state: ReadonlySignal<LogState>;
  readonly status: ReadonlySignal<{ state: "connecting" | "live" | "lost"; sentence: string }>;
  readonly switches: ReadonlySignal<{ recording: boolean; preserveLog: boolean }>;
  /** sites on which calls were let go, for want of a word of a person */
  readonly withheld: ReadonlySignal<readonly Withheld[]>;
  /** Absent: the source can't. */
  clear?(): void;
  setRecording?(on: boolean): void;
  setPreserveLog?(on: boolean): void;
  /** Stops listening to the source. */
  close(): void;
}

/**
 * Listens to a source and keeps what it says. What arrives within one `subscribe` is there when
 * this returns; later events are gathered for a moment, so that a burst is shown once.
 */
export function openLog(source: CeremonySource, limitOf: () => number = () => CALL_LIMIT): Log {
  const realms = new Map<RealmId, Realm>();
  let calls: Call[] = [];
  const ids = new Set<CallId>();
  const pending = new Set<CallId>();
  let order = createCallOrder();
  /** realms that are named by calls, and were not told of */
  const missing = new Set<RealmId>();
  const changes = new Changes();
  let lost = 0;

  const state = signal<LogState>({ realms: new Map(), calls: [], changes, version: 0, pending: 0, lost: 0 });
  const status = signal<{ state: "connecting" | "live" | "lost"; sentence: string }>({
    state: "connecting",
    sentence: say("connecting"),
  });
  const switches = signal({ recording: true, preserveLog: true });
  const withheld = signal<readonly Withheld[]>([]);

  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpening = true;
  let shownRealms: ReadonlyMap<RealmId, Realm> = new Map();
  let areRealmsOther = false;
  const publish = () => {
    timer = undefined;
    const limit = source.capabilities.live ? { limit: limitOf() } : {};
    if (areRealmsOther) shownRealms = new Map(realms);
    areRealmsOther = false;
    const { version } = changes;
    // What is shown does not change under those who go through it in slices; to copy references is next to nothing.
    const shown = calls.slice();
    state.value = {
      realms: shownRealms,
      calls: shown,
      changes,
      version,
      pending: pending.size,
      lost,
      ...limit,
    };
  };
  const changed = () => {
    if (!isOpening) timer ??= setTimeout(publish, GATHER_MS);
  };
  /** Some at a time: what goes changes what is known of all others. */
  const dropOldest = () => {
    const limit = limitOf();
    const dropped = calls.splice(0, calls.length - limit + Math.floor(limit * DROPPED_SHARE));
    for (const { id } of dropped) {
      ids.delete(id);
      pending.delete(id);
    }
    lost += dropped.length;
    changes.note(0);
  };
  const empty = () => {
    realms.clear();
    ids.clear();
    pending.clear();
    order = createCallOrder();
    missing.clear();
    areRealmsOther = true;
    calls = [];
    lost = 0;
    changes.note(0);
  };

  const unsubscribe = source.subscribe({
    status(now, sentence) {
      status.value = { state: now, sentence };
    },
    realm(realm) {
      order.realm(realm, calls);
      const known = realms.get(realm.id);
      // A source tells of it again with each of its calls.
      if (known && JSON.stringify(known) === JSON.stringify(realm)) return;
      realms.set(realm.id, realm);
      areRealmsOther = true;
      if (known || missing.delete(realm.id)) changes.note(0);
      changed();
    },
    call(call) {
      if (call.outcome.status === "pending") pending.add(call.id);
      else pending.delete(call.id);
      if (!realms.has(call.realmId)) missing.add(call.realmId);
      if (ids.has(call.id)) {
        const at = indexFromEnd(calls, ({ id }) => id === call.id);
        calls[at] = call;
        changes.note(at);
      } else {
        ids.add(call.id);
        changes.note(order.insert(call, calls));
        if (source.capabilities.live && calls.length > limitOf()) dropOldest();
      }
      changed();
    },
    gap(count) {
      lost += count;
      changed();
    },
    cleared() {
      empty();
      changed();
    },
    switches(now) {
      switches.value = now;
    },
    withheld(sites) {
      withheld.value = sites;
    },
  });
  isOpening = false;
  batch(publish);

  return {
    label: source.label,
    capabilities: source.capabilities,
    state,
    status,
    switches,
    withheld,
    ...(source.clear && { clear: () => source.clear!() }),
    ...(source.setRecording && { setRecording: (on: boolean) => source.setRecording!(on) }),
    ...(source.setPreserveLog && { setPreserveLog: (on: boolean) => source.setPreserveLog!(on) }),
    close() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

const GATHER_MS = 30;
const DROPPED_SHARE = 0.05;
