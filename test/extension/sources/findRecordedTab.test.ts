import { expect, test } from "vitest";
import { FRESH_TAB, tabKeys } from "../../../extension/background/tabKeys.js";
import { findRecordedTab } from "../../../extension/sources/findRecordedTab.js";
import { MemoryStore } from "../../support/memoryStore.js";
import { aRealm } from "../../support/realmEvents.js";

const page = {
  hook: "other",
  url: "https://site.example/other?x",
  isSecureContext: true,
  startedAt: 3000.4,
  readyState: "complete",
} as const;

test("finds the tab that shows the page: the same moment, the same origin", async () => {
  const store = new MemoryStore();
  for (const n of [1, 3]) {
    const realm = aRealm(n);
    const keys = tabKeys(n * 10);
    await store.setMany(
      new Map<string, unknown>([
        [keys.state, { ...FRESH_TAB, top: realm.id }],
        [keys.realm(realm.id), { realm, received: 1 }],
      ]),
    );
  }
  await store.setMany(new Map([[tabKeys(77).state, FRESH_TAB]]));
  expect(await findRecordedTab(store, page)).toBe(30);
  expect(await findRecordedTab(store, { ...page, startedAt: 3002 })).toBeUndefined();
  expect(await findRecordedTab(store, { ...page, url: "https://elsewhere.example/" })).toBeUndefined();
});
