import type { CeremonySource } from "../src/index.js";

/** What the panel remembers between visits; every member has a default. */
export interface PanelSettings {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** Mounts the panel in `root`; returns the way to take it down again. */
export function mountPanel(
  _root: HTMLElement,
  _source: CeremonySource,
  _settings: PanelSettings,
): () => void {
  return () => {};
}
