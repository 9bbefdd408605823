import { batch, type ReadonlySignal, signal } from "@preact/signals";
import {
  type Call,
  type CallId,
  type CeremonySource,
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
  realms: ReadonlyMap<RealmId, Realm>;
  /** in order, see `createCallOrder` */
  calls: readonly Call[];
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
  let lost = 0;

  const state = signal<LogState>({ realms: new Map(), calls: [], pending: 0, lost: 0 });
  const status = signal<{ state: "connecting" | "live" | "lost"; sentence: string }>({
    state: "connecting",
    sentence: say("connecting"),
  });
  const switches = signal({ recording: true, preserveLog: true });
  const withheld = signal<readonly Withheld[]>([]);

  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpening = true;
  const publish = () => {
    timer = undefined;
    const limit = source.capabilities.live ? { limit: limitOf() } : {};
    state.value = { realms: new Map(realms), calls: [...calls], pending: pending.size, lost, ...limit };
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
  };
  const empty = () => {
    realms.clear();
    ids.clear();
    pending.clear();
    order = createCallOrder();
    calls = [];
    lost = 0;
  };

  const unsubscribe = source.subscribe({
    status(now, sentence) {
      status.value = { state: now, sentence };
    },
    realm(realm) {
      order.realm(realm, calls);
      realms.set(realm.id, realm);
      changed();
    },
    call(call) {
      if (call.outcome.status === "pending") pending.add(call.id);
      else pending.delete(call.id);
      if (ids.has(call.id)) calls[indexFromEnd(calls, ({ id }) => id === call.id)] = call;
      else {
        ids.add(call.id);
        order.insert(call, calls);
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
