import type { ManifestFor } from "./manifest.js";

/** Firefox: an event page; 128 is the first with `world: "MAIN"` in the manifest. */
export const firefox: ManifestFor = (base) => ({
  ...base,
  background: { scripts: ["background.js"] },
  browser_specific_settings: {
    gecko: { id: "keyhole@keyhole.example", strict_min_version: "128.0" },
  },
});
