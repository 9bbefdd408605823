import { Storage } from "@plasmohq/storage";
import browser from "webextension-polyfill";

/** Values under string keys that live as long as the browser runs, whatever becomes of the service worker. */
export interface SessionStore {
  /** The values of those keys that exist. */
  getMany(keys: readonly string[]): Promise<Map<string, unknown>>;
  /** Everything whose key starts with `prefix`. */
  getAll(prefix: string): Promise<Map<string, unknown>>;
  /** All or nothing. Rejects where the quota is exceeded, with an error that says "quota". */
  setMany(values: ReadonlyMap<string, unknown>): Promise<void>;
  removeMany(keys: readonly string[]): Promise<void>;
  /** Reports what is set under `prefix` from now on, one `setMany` at a time; returns the way to stop it. */
  follow(prefix: string, listener: (set: Map<string, unknown>) => void): () => void;
}

const storage = new Storage({ area: "session" });

export const sessionStore: SessionStore = {
  async getMany(keys) {
    const values = await storage.getMany<unknown>([...keys]);
    return new Map(Object.entries(values).filter(([, value]) => value !== undefined));
  },

  async getAll(prefix) {
    const texts = Object.entries(await storage.getAll()).filter(([key]) => key.startsWith(prefix));
    return new Map(texts.map(([key, text]) => [key, JSON.parse(text) as unknown]));
  },

  async setMany(values) {
    await storage.setMany(Object.fromEntries(values));
  },

  async removeMany(keys) {
    await storage.removeMany([...keys]);
  },

  follow(prefix, listener) {
    const onChanged = (changes: Record<string, browser.Storage.StorageChange>, area: string) => {
      if (area !== "session") return;
      const set = new Map<string, unknown>();
      for (const [key, { newValue }] of Object.entries(changes))
        if (key.startsWith(prefix) && typeof newValue === "string") set.set(key, JSON.parse(newValue));
      if (set.size > 0) listener(set);
    };
    browser.storage.onChanged.addListener(onChanged);
    return () => browser.storage.onChanged.removeListener(onChanged);
  },
};
