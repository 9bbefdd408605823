/** The part of a WebExtension manifest that differs by browser; everything else passes through. */
export interface Manifest {
  version?: string;
  icons?: Record<string, string>;
  action?: Record<string, unknown>;
  background?: { service_worker?: string; scripts?: string[]; type?: "module"; persistent?: boolean };
  minimum_chrome_version?: string;
  browser_specific_settings?: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

/** The icons of these sizes, in pixels. */
export const iconsOf = (...sizes: number[]): Record<string, string> =>
  Object.fromEntries(sizes.map((size) => [size, `icons/${size}.png`]));

export type ManifestFor = (base: Manifest) => Manifest;
