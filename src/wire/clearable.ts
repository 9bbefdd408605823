import type { Call, CallId, Realm, RealmId } from "../recording/recording.js";
import type { SourceSink } from "../source/source.js";

/**
 * A sink that can be told to forget: what becomes of calls that were forgotten is not told any more, and
 * their realms are told again with the next call in them.
 */
export function clearable(sink: SourceSink) {
  const realms = new Map<RealmId, Realm>();
  const told = new Set<RealmId>();
  let known = new Set<CallId>();
  let forgotten = new Set<CallId>();
  let newest: Realm | undefined;
  return {
    realm(realm: Realm): void {
      realms.set(realm.id, realm);
      if (realm.ancestorOrigins.length === 0) newest = realm;
      tell(realm);
    },
    call(call: Call): void {
      if (forgotten.has(call.id)) return;
      known.add(call.id);
      const realm = realms.get(call.realmId);
      if (realm && !told.has(realm.id)) tell(realm);
      sink.call(call);
    },
    gap: (count: number) => sink.gap(count),
    clear(): void {
      forgotten = new Set([...forgotten, ...known]);
      known = new Set();
      told.clear();
      sink.cleared?.();
      if (newest) tell(newest);
    },
  };

  function tell(realm: Realm): void {
    told.add(realm.id);
    sink.realm(realm);
  }
}
