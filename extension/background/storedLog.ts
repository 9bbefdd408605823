import { type Call, createCallOrder, type Recording } from "../../src/index.js";
import { byAge, type StoredRealm } from "./tabKeys.js";

/** What lies of a tab in session storage. */
export interface StoredLog {
  realms: StoredRealm[];
  /** with their order numbers, which ascend */
  calls: (readonly [n: number, call: Call])[];
}

/** In the panel's order, as it hears of them: a realm after the calls that are older, and before its own. */
export function recordingOfStored(log: StoredLog): Recording {
  const realms = [...log.realms].sort(byAge);
  const calls: Call[] = [];
  const order = createCallOrder();
  let known = 0;
  for (const [n, call] of log.calls) {
    while (known < realms.length && realms[known]!.since <= n) order.realm(realms[known++]!.realm, calls);
    order.insert(call, calls);
  }
  return {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "Keyhole", version: "" },
    createdAt: new Date(0).toISOString(),
    realms: realms.map(({ realm }) => realm),
    calls,
  };
}
