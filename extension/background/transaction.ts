import type { SessionStore } from "../platform/sessionStore.js";

/** A view of the store in which changes are collected, and then kept together. */
export class Transaction {
  readonly #store: SessionStore;
  /** what is known of the store with the changes made here; undefined: there is no such key */
  readonly #values = new Map<string, unknown>();
  readonly #changed = new Set<string>();

  constructor(store: SessionStore) {
    this.#store = store;
  }

  /** Has to come before `get` of these keys. Changes made here stay. */
  async load(keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.#values.has(key));
    if (unknown.length === 0) return;
    const found = await this.#store.getMany(unknown);
    for (const key of unknown) this.#values.set(key, found.get(key) ?? undefined);
  }

  /** Loads everything under the prefix and returns its keys. */
  async loadAll(prefix: string): Promise<string[]> {
    for (const [key, value] of await this.#store.getAll(prefix))
      if (!this.#values.has(key)) this.#values.set(key, value);
    return [...this.#values].flatMap(([key, value]) =>
      value !== undefined && key.startsWith(prefix) ? [key] : [],
    );
  }

  get<T>(key: string): T | undefined {
    if (!this.#values.has(key)) throw new Error(`not loaded: ${key}`);
    return this.#values.get(key) as T | undefined;
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
    this.#changed.add(key);
  }

  remove(key: string): void {
    this.set(key, undefined);
  }

  /**
   * All changes are kept at once or (it rejects) not at all. What was removed is first overwritten with null,
   * in the same write: so it makes room for the rest, and whoever is stopped before the keys go leaves nulls.
   */
  async commit(): Promise<void> {
    const changes = [...this.#changed].map((key) => [key, this.#values.get(key) ?? null] as const);
    const removed = changes.flatMap(([key, value]) => (value === null ? [key] : []));
    if (changes.length > 0) await this.#store.setMany(new Map(changes));
    if (removed.length > 0) await this.#store.removeMany(removed);
    this.#changed.clear();
  }
}
