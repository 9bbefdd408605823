import type { Realm } from "../../src/index.js";

/**
 * The host by which a person allows recording; of a document without an own one, that of the nearest
 * around it. Undefined where there is none.
 */
export function siteOf({ origin, url, ancestorOrigins }: Realm): string | undefined {
  for (const address of [origin, url, ...ancestorOrigins]) {
    const host = /^https?:/.test(address) && URL.canParse(address) ? new URL(address).hostname : "";
    if (host !== "") return host;
  }
  return undefined;
}
