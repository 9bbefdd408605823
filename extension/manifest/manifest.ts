/** The part of a WebExtension manifest that differs by browser; everything else passes through. */
export interface Manifest {
  version?: string;
  background?: { service_worker?: string; scripts?: string[]; type?: "module"; persistent?: boolean };
  minimum_chrome_version?: string;
  browser_specific_settings?: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

export type ManifestFor = (base: Manifest) => Manifest;
