import type { SessionStore } from "./sessionStore.js";

const KEY = "start";

/**
 * Notes when this run of the extension began: the browser's start, an installation, an update, or being
 * switched on. What is kept for the session goes with each of them, so the first to come notes it.
 */
export async function noteStart(store: SessionStore): Promise<void> {
  if ((await readStart(store)) === undefined) await store.setMany(new Map([[KEY, Date.now()]]));
}

/** In Unix milliseconds; undefined: it was not noted yet. */
export async function readStart(store: SessionStore): Promise<number | undefined> {
  const value = (await store.getMany([KEY])).get(KEY);
  return typeof value === "number" ? value : undefined;
}
