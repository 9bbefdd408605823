import type { Manifest, ManifestFor } from "./manifest.js";

/** Firefox: an event page; 128 is the first with `world: "MAIN"` in the manifest. */
export const firefox: ManifestFor = (base) => ({
  ...base,
  background: { scripts: ["background.js"] },
  // "light" is for toolbars with light text, which are dark.
  action: {
    ...base.action,
    theme_icons: [16, 24, 32].map((size) => ({
      light: `icons/${size}-on-dark.png`,
      dark: `icons/${size}.png`,
      size,
    })),
  },
  browser_specific_settings: { gecko: gecko("128.0") },
});

/**
 * The same for addons.mozilla.org. It wants said what is collected, and wants no Firefox named that does
 * not know how to read that: 142 is the first that does on a computer and on Android. On a computer 140
 * does, but to ask for that is to name a version for Android, and so to offer Keyhole there, untested.
 *
 * @see https://extensionworkshop.com/documentation/develop/firefox-builtin-data-consent/
 */
export const firefoxForStore = (built: Manifest): Manifest => ({
  ...built,
  browser_specific_settings: { gecko: gecko("142.0") },
});

const gecko = (strict_min_version: string) => ({
  id: "keyhole@keyhole.example",
  strict_min_version,
  data_collection_permissions: { required: ["none"] },
});
