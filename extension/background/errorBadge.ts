import type { Call, CallId } from "../../src/index.js";
import type { Judge } from "../platform/loadJudge.js";
import type { SessionStore } from "../platform/sessionStore.js";
import type { StoredLog } from "./storedLog.js";
import { type StoredRealm, type TabState, tabKeys } from "./tabKeys.js";

export interface BadgeWorld {
  store: SessionStore;
  /** the panel's settings */
  setting(name: string): Promise<unknown>;
  /** asked for when there are calls to judge */
  loadJudge(): Promise<Judge>;
  show(tabId: number, text: string): Promise<void>;
}

/** Milliseconds after the last news of a tab: a ceremony brings several. */
export const SETTLING_MS = 500;
/** Calls that are judged, the latest: a number on a button need not cost more. */
export const JUDGED_CALLS = 100;

/**
 * Keeps the number of errors that were found in a tab on its toolbar button. The panel knows better: here the latest
 * calls alone are judged, without what came before them, which "+" says; and settings count from the next call on.
 */
export function createErrorBadge(world: BadgeWorld): { news(tabId: number): void } {
  const waiting = new Map<number, ReturnType<typeof setTimeout>>();
  return {
    news(tabId) {
      clearTimeout(waiting.get(tabId));
      waiting.set(
        tabId,
        setTimeout(() => {
          waiting.delete(tabId);
          void update(world, tabId).catch(() => {});
        }, SETTLING_MS),
      );
    },
  };
}

async function update({ store, setting, loadJudge, show }: BadgeWorld, tabId: number): Promise<void> {
  const log = await latestOf(store, tabId);
  if (log.calls.length === 0) return show(tabId, "");
  const settings = {
    judgeAs: await setting("panel.judgeAs"),
    switchedOffRules: await setting("panel.switchedOffRules"),
  };
  const errors = await (await loadJudge()).countErrors(log, settings);
  const isMore = log.isCut || errors > 99;
  await show(tabId, errors === 0 ? "" : `${Math.min(errors, 99)}${isMore ? "+" : ""}`);
}

async function latestOf(store: SessionStore, tabId: number): Promise<StoredLog & { isCut?: boolean }> {
  const keys = tabKeys(tabId);
  const state = (await store.getMany([keys.state])).get(keys.state) as TabState | undefined;
  if (!state) return { realms: [], calls: [] };
  const first = Math.max(state.first, state.next - JUDGED_CALLS);
  const numbers = Array.from({ length: state.next - first }, (_, i) => first + i);
  const ids = await store.getMany(numbers.map(keys.order));
  const callKey = (n: number) => keys.call(ids.get(keys.order(n)) as CallId);
  const found = await store.getMany(numbers.map(callKey));
  const calls = numbers.flatMap((n) => {
    const call = found.get(callKey(n)) as Call | undefined;
    return call ? [[n, call] as const] : [];
  });
  // A page without a call may have frames with some.
  const realmIds = new Set([...calls.map(([, { realmId }]) => realmId), ...state.idle]);
  const realms = await store.getMany([...realmIds].map(keys.realm));
  return { realms: [...realms.values()] as StoredRealm[], calls, isCut: first > state.first };
}
