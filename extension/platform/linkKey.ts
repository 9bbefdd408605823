import { createLinkKey, isLinkKey } from "../../src/index.js";
import { localSettings } from "./localSettings.js";

/**
 * The key of this installation, made when it is first needed: the same for the panel and for the bootstrap
 * script that is copied from it, so that a script which was pasted yesterday can be read today.
 */
export async function ownLinkKey(): Promise<string> {
  const kept = await localSettings.get("linkKey").catch(() => undefined);
  if (isLinkKey(kept)) return kept;
  const made = createLinkKey();
  await localSettings.set("linkKey", made).catch(() => {});
  return made;
}
