import type { ManifestFor } from "./manifest.js";

/** Safari: a non-persistent background page; 18.4 is the first with `match_origin_as_fallback`,
 * which it ignores before; `world: "MAIN"` needs 18. */
export const safari: ManifestFor = (base) => ({
  ...base,
  background: { scripts: ["background.js"], persistent: false },
  browser_specific_settings: { safari: { strict_min_version: "18.0" } },
});
