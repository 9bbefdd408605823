import type { SessionStore } from "../../extension/platform/sessionStore.js";

/** A `SessionStore` in memory that keeps texts, counts what is done, and fails when it is told to. */
export class MemoryStore implements SessionStore {
  readonly texts = new Map<string, string>();
  /** characters that were written since the last look */
  written = 0;
  /** characters that were read since the last look */
  read = 0;
  /** characters that there is room for */
  quota = Number.POSITIVE_INFINITY;
  /** is run before whatever is done, and may throw */
  before: (what: "getMany" | "getAll" | "setMany" | "removeMany") => void | Promise<void> = () => {};
  readonly #listeners = new Set<(set: Map<string, string>) => void>();

  async getMany(keys: readonly string[]): Promise<Map<string, unknown>> {
    await this.before("getMany");
    return this.#parse(keys);
  }

  async getAll(prefix: string): Promise<Map<string, unknown>> {
    await this.before("getAll");
    return this.#parse([...this.texts.keys()].filter((key) => key.startsWith(prefix)));
  }

  async setMany(values: ReadonlyMap<string, unknown>): Promise<void> {
    await this.before("setMany");
    const set = new Map([...values].map(([key, value]) => [key, JSON.stringify(value)]));
    const after = new Map([...this.texts, ...set]);
    if ([...after].reduce((size, [key, text]) => size + key.length + text.length, 0) > this.quota)
      throw new Error("Session storage quota bytes exceeded. Values were not stored.");
    const changed = new Map([...set].filter(([key, text]) => this.texts.get(key) !== text));
    for (const [key, text] of set) {
      this.written += text.length;
      this.texts.set(key, text);
    }
    for (const listener of this.#listeners) listener(changed);
  }

  async removeMany(keys: readonly string[]): Promise<void> {
    await this.before("removeMany");
    for (const key of keys) this.texts.delete(key);
  }

  follow(prefix: string, listener: (set: Map<string, unknown>) => void): () => void {
    const onSet = (set: Map<string, string>) => {
      const own = [...set].filter(([key]) => key.startsWith(prefix));
      if (own.length > 0) listener(new Map(own.map(([key, text]) => [key, JSON.parse(text)])));
    };
    this.#listeners.add(onSet);
    return () => this.#listeners.delete(onSet);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  #parse(keys: readonly string[]): Map<string, unknown> {
    return new Map(
      keys.flatMap((key) => {
        const text = this.texts.get(key);
        this.read += text?.length ?? 0;
        return text === undefined ? [] : [[key, JSON.parse(text)]];
      }),
    );
  }
}
