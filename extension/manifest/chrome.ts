import type { ManifestFor } from "./manifest.js";

/** Chrome and Edge: a service worker; 119 is the first with `match_origin_as_fallback` for MAIN-world scripts. */
export const chrome: ManifestFor = (base) => ({
  ...base,
  minimum_chrome_version: "119",
  background: { service_worker: "background.js" },
});
