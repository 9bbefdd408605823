import type { Forgotten, RealmId } from "../../src/index.js";
import { sessionStore } from "./sessionStore.js";

/*
 * What is read from a page by evaluation or by wire is kept in the page, for anyone who asks again. What was
 * cleared in a panel stays so when the panel is opened anew.
 */

const KEY = "forgotten";
/** Realms, the latest: of those before, hardly any page is left. */
const LIMIT = 200;

export async function readForgotten(): Promise<Forgotten> {
  const kept = (await sessionStore.getMany([KEY]).catch(() => undefined))?.get(KEY);
  return new Map(Array.isArray(kept) ? (kept as [RealmId, number][]) : []);
}

export async function keepForgotten(forgotten: Forgotten): Promise<void> {
  // Another panel may have cleared something meanwhile.
  const all = new Map([...(await readForgotten()), ...forgotten]);
  await sessionStore.setMany(new Map([[KEY, [...all].slice(-LIMIT)]])).catch(() => {});
}
