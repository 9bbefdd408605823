import type { Realm, RealmId } from "../recording/recording.js";
import type { SourceSink } from "./source.js";

type Sink = Pick<SourceSink, "realm" | "call" | "gap">;

/** A sink whose log can be emptied: realms are told again then, with the next call in them. */
export function clearable(sink: SourceSink): Sink & { clear(): void } {
  const realms = new Map<RealmId, Realm>();
  const told = new Set<RealmId>();
  let newest: Realm | undefined;
  return {
    realm(realm) {
      realms.set(realm.id, realm);
      if (realm.ancestorOrigins.length === 0) newest = realm;
      tell(realm);
    },
    call(call) {
      const realm = realms.get(call.realmId);
      if (realm && !told.has(realm.id)) tell(realm);
      sink.call(call);
    },
    gap: (count) => sink.gap(count),
    clear() {
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
