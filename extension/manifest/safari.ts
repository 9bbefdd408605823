import { iconsOf, type ManifestFor } from "./manifest.js";

/** Safari: a non-persistent background page; 18.4 is the first with `match_origin_as_fallback`,
 * which it ignores before; `world: "MAIN"` needs 18. */
export const safari: ManifestFor = (base) => ({
  ...base,
  // The toolbar's at both resolutions, and what Apple's packager makes the app's icon of.
  icons: iconsOf(48, 96, 128, 256, 512),
  action: { ...base.action, default_icon: iconsOf(16, 19, 32, 38, 48, 72) },
  background: { scripts: ["background.js"], persistent: false },
  browser_specific_settings: { safari: { strict_min_version: "18.0" } },
});
