import browser from "webextension-polyfill";
import type { RecordingSites } from "../../panel/index.js";
import { localSettings } from "./localSettings.js";

const NAME = "recordingSites";

/** On which sites the background may record; kept on this machine, and the same for every tab. */
export const recordingSites = {
  async get(): Promise<RecordingSites> {
    return parse(await localSettings.get(NAME));
  },

  set: (sites: RecordingSites): Promise<void> => localSettings.set(NAME, sites),

  /** Reports changes, wherever they are made; returns the way to stop it. */
  follow(listener: (sites: RecordingSites) => void): () => void {
    const onChanged = (changes: Record<string, unknown>, area: string) => {
      if (area === "local" && `setting/${NAME}` in changes) void recordingSites.get().then(listener);
    };
    browser.storage.onChanged.addListener(onChanged);
    return () => browser.storage.onChanged.removeListener(onChanged);
  },
};

/** What was kept may be of another version: then all is as at first. */
function parse(value: unknown): RecordingSites {
  const { ask, allowed } = (value ?? {}) as { [name in keyof RecordingSites]?: unknown };
  const sites = Array.isArray(allowed) ? allowed.filter((site) => typeof site === "string") : [];
  return { ask: ask === true, allowed: sites };
}
