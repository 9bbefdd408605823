import type { Realm } from "../../src/index.js";
import { describeDuration } from "./describeDuration.js";

/** When the hook was put into a page, as far as it matters: before the page's scripts, or how much later. */
export function describeHook(realm: Realm): string {
  const lateMs = realm.hook.installedAt - realm.startedAt;
  if (realm.hook.readyState === "loading") return "before the page’s first script";
  return `${describeDuration(Math.max(0, lateMs))} after the page began to load: earlier calls are missing`;
}
