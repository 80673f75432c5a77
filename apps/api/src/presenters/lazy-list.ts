/**
 * A list of a body whose items are only made when they are written, one after the other. A view of 130,000 jobs that holds
 * all its items at once spends most of its time on collecting garbage.
 */
export interface LazyList<Item> {
  readonly length: number;
  itemAt(index: number): Item;
  /** All items at once, for `JSON.stringify`. */
  toJSON(): Item[];
}

/** A body in which any list may be lazy. */
export type Streamed<Body> = {
  [Key in keyof Body]: Body[Key] | (Body[Key] extends readonly (infer Item)[] ? LazyList<Item> : never);
};

export function lazyList<Item>(length: number, itemAt: (index: number) => Item): LazyList<Item> {
  return { length, itemAt, toJSON: () => Array.from({ length }, (_, index) => itemAt(index)) };
}

/** The list of what `present` makes of each entry. */
export function lazyMap<Entry, Item>(
  entries: readonly Entry[],
  present: (entry: Entry, index: number) => Item,
): LazyList<Item> {
  return lazyList(entries.length, (index) => present(entries[index] as Entry, index));
}

export function isLazyList(value: unknown): value is LazyList<unknown> {
  return typeof value === "object" && value !== null && "itemAt" in value && "toJSON" in value;
}
