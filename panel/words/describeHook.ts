import type { Realm } from "../../src/index.js";
import { describeDuration } from "./describeDuration.js";
import { say } from "./say.js";

/** When the hook was put into a page, as far as it matters: before the page's scripts, or how much later. */
export function describeHook(realm: Realm): string {
  const lateMs = realm.hook.installedAt - realm.startedAt;
  if (realm.hook.readyState === "loading") return say("hook_early");
  return say("hook_late", { delay: describeDuration(Math.max(0, lateMs)) });
}
