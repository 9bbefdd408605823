import type { HookEvent } from "../recording/hookEvent.js";
import type { Call, Realm, RealmId } from "../recording/recording.js";

/** What goes into the bootstrap script with it, see `bootstrapScript`. */
export interface BootstrapOptions {
  /** Made by `createLinkKey`. Whoever wants to read what the script keeps has to have it. */
  key: string;
  /** What brings the script into the page; it is written into each realm. */
  via: Realm["hook"]["via"];
  /**
   * What the script writes to the console of the page, one line each: nothing; each call, when it has
   * settled or its page goes; or each event, as it happens.
   */
  console: "off" | "calls" | "events";
  /**
   * The name of a function that the inspector put into the page: the script takes it away, and hands it
   * the lines that it would otherwise write to the console.
   */
  binding?: string;
}

/**
 * What the bootstrap script answers to a `readExpression`, and, but for `oldest` and `next`, what it writes
 * to the console. Events are numbered within their realm, from 0, where `installed` is.
 */
export interface Reading {
  realmId: RealmId;
  /** absent where the reader knows it, having read this realm before */
  realm?: Realm;
  /** the oldest event that is still kept; those before it are lost to whoever has not read them */
  oldest?: number;
  /** the number of the first of `events` */
  first: number;
  events: HookEvent[];
  /** the event that will happen next; there is more to read if it is not `first + events.length` */
  next?: number;
  /** whole calls, for those who see nothing but the console; `events` is empty then */
  calls?: Omit<Call, "id" | "realmId">[];
}
