import type { Realm } from "./recording.js";

/** A page, as opposed to a frame inside one. */
export function isTopLevel(realm: Realm): boolean {
  return realm.frameId === undefined ? realm.ancestorOrigins.length === 0 : realm.frameId === 0;
}
