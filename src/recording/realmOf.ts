import type { Call, Realm, Recording } from "./recording.js";

/** Finds the realm of a call; one whose realm is not in the recording gets a realm that says nothing. */
export function realmOf({ realms }: Pick<Recording, "realms">): (call: Pick<Call, "realmId">) => Realm {
  const byId = new Map(realms.map((realm) => [realm.id, realm]));
  return ({ realmId }) => byId.get(realmId) ?? UNKNOWN_REALM;
}

const UNKNOWN_REALM: Realm = {
  id: "",
  url: "",
  origin: "null",
  ancestorOrigins: [],
  isSecureContext: true,
  userAgent: "",
  maxTouchPoints: 0,
  startedAt: 0,
  hook: { version: "", via: "library", installedAt: 0, readyState: "loading", native: true },
};
