import { type ReadonlySignal, signal } from "@preact/signals";

/** On which sites calls are recorded. */
export interface RecordingSites {
  /** nothing is recorded on a site until it is among those that are allowed; false: on all */
  ask: boolean;
  /** hosts */
  allowed: readonly string[];
}

/** Where that is kept, which is the same for every panel. */
export interface SiteSettings {
  get(): Promise<RecordingSites>;
  set(sites: RecordingSites): Promise<void>;
  /** Reports changes, wherever they are made; returns the way to stop it. */
  follow(listener: (sites: RecordingSites) => void): () => void;
}

export interface SiteStore {
  readonly current: ReadonlySignal<RecordingSites>;
  setAsk(ask: boolean): void;
  allow(site: string): void;
  remove(site: string): void;
  close(): void;
}

export function openSites(settings: SiteSettings): SiteStore {
  const current = signal<RecordingSites>({ ask: false, allowed: [] });
  const take = (sites: RecordingSites) => {
    current.value = sites;
  };
  const stop = settings.follow(take);
  settings.get().then(take, () => {});
  // Another panel may have changed it meanwhile: what is kept counts, not what is shown.
  const change = (edit: (sites: RecordingSites) => RecordingSites) =>
    void settings
      .get()
      .then((sites) => settings.set(edit(sites)))
      .catch(() => {});
  const without = (allowed: readonly string[], site: string) => allowed.filter((each) => each !== site);
  return {
    current,
    setAsk: (ask) => change((sites) => ({ ...sites, ask })),
    allow: (site) =>
      change((sites) => ({ ...sites, allowed: [...without(sites.allowed, site), site].sort() })),
    remove: (site) => change((sites) => ({ ...sites, allowed: without(sites.allowed, site) })),
    close: stop,
  };
}
