/**
 * From where on a list differs from what it was. Lists of calls mostly change at their end: whoever made something
 * of one keeps what was made of the calls before, and pays for those after alone, however long the list is.
 */
export class Changes {
  /** versions and indexes both ascend: a change takes the place of those that were further back */
  #steps: { version: number; index: number }[] = [];
  #version = 0;

  /** How often something changed. */
  get version(): number {
    return this.#version;
  }

  /** Something may be different at this index and after it. */
  note(index: number): void {
    while ((this.#steps.at(-1)?.index ?? -1) >= index) this.#steps.pop();
    this.#steps.push({ version: ++this.#version, index });
  }

  /** The index before which nothing changed since that version; infinity if nothing changed at all. */
  since(version: number): number {
    let index = Number.POSITIVE_INFINITY;
    for (let at = this.#steps.length - 1; at >= 0 && this.#steps[at]!.version > version; at--)
      index = this.#steps[at]!.index;
    return index;
  }
}
