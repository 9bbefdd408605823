import type { Call, Recording } from "../../src/index.js";
import type { Judge } from "../platform/loadJudge.js";
import type { SessionStore } from "../platform/sessionStore.js";
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

/** Keeps the number of errors that were found in a tab on its toolbar button, as the panel would count them. */
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
  const recording = await latestOf(store, tabId);
  if (recording.calls.length === 0) return show(tabId, "");
  const settings = {
    judgeAs: await setting("panel.judgeAs"),
    switchedOffRules: await setting("panel.switchedOffRules"),
  };
  const errors = await (await loadJudge()).countErrors(recording, settings);
  await show(tabId, errors === 0 ? "" : errors > 99 ? "99+" : String(errors));
}

async function latestOf(store: SessionStore, tabId: number): Promise<Recording> {
  const keys = tabKeys(tabId);
  const state = (await store.getMany([keys.state])).get(keys.state) as TabState | undefined;
  const first = Math.max(state?.first ?? 0, (state?.next ?? 0) - JUDGED_CALLS);
  const numbers = Array.from({ length: Math.max(0, (state?.next ?? 0) - first) }, (_, i) =>
    keys.order(first + i),
  );
  const ids = await store.getMany(numbers);
  const found = await store.getMany(
    numbers.flatMap((n) => (ids.has(n) ? keys.call(ids.get(n) as string) : [])),
  );
  const calls = [...found.values()] as Call[];
  const realms = await store.getMany([...new Set(calls.map(({ realmId }) => keys.realm(realmId)))]);
  return {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "Keyhole", version: "" },
    createdAt: new Date(0).toISOString(),
    realms: [...realms.values()].map((stored) => (stored as StoredRealm).realm),
    calls: calls.sort((a, b) => a.startedAt - b.startedAt),
  };
}
