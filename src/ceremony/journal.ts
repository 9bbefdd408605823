/**
 * How things were before each of the last changes, so that these can be taken back: a call that
 * settles changes what is known after it, and only what came after it has to be worked out again.
 */
export class Journal {
  #undos: (() => void)[] = [];
  #forgotten = 0;

  /** Notes how to take back a change that is about to be made. */
  note(undo: () => void): void {
    this.#undos.push(undo);
  }

  /** Notes how an object is. Members are put back as they are; what they hold must not change. */
  keep<T extends object>(known: T): T {
    const before = { ...known };
    this.note(() => {
      for (const name of Object.keys(known)) delete (known as Record<string, unknown>)[name];
      Object.assign(known, before);
    });
    return known;
  }

  /** Sets an entry of a map, and notes what it was. */
  set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
    const before = map.get(key);
    const had = before !== undefined || map.has(key);
    this.note(() => {
      if (had) map.set(key, before as Value);
      else map.delete(key);
    });
    map.set(key, value);
  }

  /** This moment, to come back to. */
  get mark(): number {
    return this.#forgotten + this.#undos.length;
  }

  /** Takes back everything since that moment; false, and nothing done, if that was forgotten. */
  rewind(mark: number): boolean {
    if (mark < this.#forgotten) return false;
    while (this.mark > mark) this.#undos.pop()!();
    return true;
  }

  /** Lets go of what is older than that moment. */
  forget(mark: number): void {
    const old = mark - this.#forgotten;
    // In one go now and then: moving the rest is dear.
    if (old < FORGET_AT_LEAST) return;
    this.#undos.splice(0, old);
    this.#forgotten = mark;
  }
}

const FORGET_AT_LEAST = 2_048;
