import { indexFromEnd } from "./indexFromEnd.js";
import { isTopLevel } from "./isTopLevel.js";
import type { Call, CallId, Realm, RealmId } from "./recording.js";

/**
 * The order of a log that grows: calls as they started, by the clock; but as that may be set back, those of a page
 * and its frames never before the calls that were known when the page was.
 */
export interface CallOrder {
  /** To be told of a realm when it becomes known, with the calls that are known then, in order. */
  realm(realm: Realm, calls: readonly Call[]): void;
  /** Puts a call into its place among those that are known, and returns its index there. */
  insert(call: Call, calls: Call[]): number;
}

export function createCallOrder(): CallOrder {
  /** the newest call that was known when the realm's page was */
  const before = new Map<RealmId, CallId | undefined>();
  let beforePage: CallId | undefined;
  return {
    realm(realm, calls) {
      if (before.has(realm.id)) return;
      if (isTopLevel(realm)) beforePage = calls.at(-1)?.id;
      before.set(realm.id, beforePage);
    },
    insert(call, calls) {
      const last = before.get(call.realmId);
      const at = indexFromEnd(calls, (known) => known.id === last || startsBefore(known, call)) + 1;
      calls.splice(at, 0, call);
      return at;
    },
  };
}

function startsBefore(known: Call, call: Call): boolean {
  if (known.startedAt !== call.startedAt) return known.startedAt < call.startedAt;
  return known.realmId !== call.realmId || known.seq < call.seq;
}
