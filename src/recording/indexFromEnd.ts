/** Calls mostly arrive, and settle, at the end of a log: searching from there costs the same at any length. */
export function indexFromEnd<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  for (let index = items.length - 1; index >= 0; index--) if (matches(items[index]!)) return index;
  return -1;
}
