import type { Call, Realm, Recording } from "../../src/index.js";
import type { Follower } from "./openLink.js";

export interface Log extends Follower {
  clear(): void;
  recording(): Recording;
}

/** Keeps the latest of each call, and the pages and frames that made them. name: of what records. */
export function createLog(name: string): Log {
  const realms = new Map<string, Realm>();
  const calls = new Map<string, Call>();
  let forgotten = new Set<string>();
  let lost = 0;
  return {
    realm: (realm) => void realms.set(realm.id, realm),
    call(call) {
      if (!forgotten.has(call.id)) calls.set(call.id, call);
    },
    gap(count) {
      lost += count;
    },
    clear() {
      forgotten = new Set([...forgotten, ...calls.keys()]);
      calls.clear();
      lost = 0;
    },
    recording() {
      const told = [...calls.values()].sort((a, b) => a.startedAt - b.startedAt);
      const used = new Set(told.map(({ realmId }) => realmId));
      return structuredClone({
        format: "keyhole-recording",
        version: 1,
        createdBy: { name, version: __KEYHOLE_VERSION__ },
        createdAt: new Date().toISOString(),
        ...(lost > 0 && { lostCalls: lost }),
        realms: [...realms.values()].filter(({ id }) => used.has(id)),
        calls: told,
      });
    },
  };
}
