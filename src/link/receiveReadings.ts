import { callOf, newsOf } from "../recording/callOf.js";
import type { HookEvent } from "../recording/hookEvent.js";
import type { Call, Realm, RealmId } from "../recording/recording.js";
import type { SourceSink } from "../source/source.js";
import type { Reading } from "./reading.js";

type Sink = Pick<SourceSink, "realm" | "call" | "gap">;

export interface Receiver {
  /** Tells the sink what is new in it. */
  take(reading: Reading): void;
  /** Where to read on in a realm: everything before it is told, forgotten, or known to be lost. */
  next(realmId: RealmId): number;
  /** Says nothing more of the calls so far, whatever becomes of them. */
  forget(): Forgotten;
}

/** How many events of each realm were forgotten. */
export type Forgotten = ReadonlyMap<RealmId, number>;

/**
 * Turns readings into realms and calls, each told once, however many links bring them and in whatever
 * order: events are known by the number that they have in their realm. Those after a hole wait until
 * a reading fills it, or says that what was there is no longer kept: then it is a gap.
 *
 * forgotten: what one that came before this one was told to forget.
 */
export function receiveReadings(sink: Sink, forgotten: Forgotten = new Map()): Receiver {
  const realms = new Map<RealmId, ReceivedRealm>();
  const find = (id: RealmId): ReceivedRealm => {
    const known = realms.get(id);
    if (known) return known;
    const made = new ReceivedRealm(id, sink, forgotten.get(id) ?? 0);
    realms.set(id, made);
    return made;
  };
  return {
    take: (reading) => find(reading.realmId).take(reading),
    next: (realmId) => realms.get(realmId)?.next ?? forgotten.get(realmId) ?? 0,
    forget: () => new Map([...forgotten, ...[...realms].map(([id, realm]) => [id, realm.forget()] as const)]),
  };
}

class ReceivedRealm {
  /** events after a hole */
  readonly #waiting = new Map<number, HookEvent>();
  readonly #open = new Map<number, Call>();
  readonly #settled = new Set<number>();
  #realm: Realm | undefined;

  constructor(
    readonly id: RealmId,
    readonly sink: Sink,
    /** the first event that has neither come nor been lost */
    public next: number,
  ) {}

  /** The number of its events that are forgotten now. */
  forget(): number {
    this.#open.clear();
    return this.next;
  }

  take({ realm, oldest = 0, first, events, calls = [] }: Reading): void {
    if (realm && !this.#realm) {
      this.#realm = realm;
      this.sink.realm(realm);
    }
    // Of a page that nobody knows nothing can be told. An honest hook says first which one it is.
    if (!this.#realm) return;
    this.#giveUp(oldest);
    events.forEach((event, index) => {
      if (first + index >= this.next) this.#waiting.set(first + index, event);
    });
    this.#tellWaiting();
    for (const call of calls) this.#tell(callOf(this.id, call));
  }

  /** Of those before `oldest`, what is not waiting here won't come any more. */
  #giveUp(oldest: number): void {
    if (oldest <= this.next) return;
    const waiting = [...this.#waiting.keys()].filter((n) => n < oldest).sort((a, b) => a - b);
    const lost = oldest - this.next - waiting.length;
    if (lost > 0) this.sink.gap(lost);
    for (const n of waiting) {
      this.next = n;
      this.#tellWaiting();
    }
    this.next = Math.max(this.next, oldest);
  }

  #tellWaiting(): void {
    for (let event = this.#waiting.get(this.next); event; event = this.#waiting.get(this.next)) {
      this.#waiting.delete(this.next++);
      if (event.kind === "call") this.#tell(callOf(this.id, event.call));
      else if (event.kind === "lost") this.sink.gap(event.count);
      else if (event.kind !== "installed") {
        const call = this.#open.get(event.seq);
        if (call) this.#tell({ ...call, ...newsOf(event) });
      }
    }
  }

  #tell(call: Call): void {
    if (this.#settled.has(call.seq)) return;
    if (call.outcome.status === "pending") this.#open.set(call.seq, call);
    else {
      this.#open.delete(call.seq);
      this.#settled.add(call.seq);
    }
    this.sink.call(call);
  }
}
