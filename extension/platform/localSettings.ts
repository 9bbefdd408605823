import { Storage } from "@plasmohq/storage";
import type { PanelSettings } from "../../panel/index.js";

const storage = new Storage({ area: "local" });

/** The panel's settings, kept on this machine. */
export const localSettings: PanelSettings = {
  get: (key) => storage.get<unknown>(`setting/${key}`),
  async set(key, value) {
    await storage.set(`setting/${key}`, value);
  },
};
