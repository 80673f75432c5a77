/** One page of a list, and where it is. */
export interface Page<Item> {
  items: readonly Item[];
  /** 1-based. */
  page: number;
  /** Null when the whole list is one page. */
  pageSize: number | null;
  pageCount: number;
  itemCount: number;
}

/**
 * The page of that number; without a size, or with one that is not positive, the whole list. A page past the end is empty.
 * Source: reference, routers/v4/experiments.py (experiment search).
 */
export function pageOf<Item>(items: readonly Item[], page: number, pageSize: number | null): Page<Item> {
  const itemCount = items.length;
  if (pageSize === null || pageSize <= 0) return { items, page: 1, pageSize: null, pageCount: 1, itemCount };
  const start = (page - 1) * pageSize;
  return {
    items: items.slice(start, start + pageSize),
    page,
    pageSize,
    pageCount: Math.ceil(itemCount / pageSize),
    itemCount,
  };
}

/** A stretch of a long list and how to ask for what follows. */
export interface Stretch<Item> {
  items: readonly Item[];
  /** Null at the end of the list. */
  nextCursor: string | null;
}

/**
 * The items after those that a cursor stands for, up to `limit`. A cursor names the last item that was given, so that a
 * list that grew or shrank meanwhile goes on where it was; it costs the same however deep it lies.
 * @param cursor what the stretch before came with; null for the start of the list
 * @returns null when the cursor is none of ours, or its item is gone
 */
export function stretchAfter<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Stretch<Item> | null {
  const start = cursor === null ? 0 : startAfter(items, keyOf, cursor);
  if (start === null) return null;
  const found = items.slice(start, start + limit);
  const last = found.at(-1);
  const end = start + found.length;
  return {
    items: found,
    nextCursor: last === undefined || end >= items.length ? null : writeCursor(end - 1, keyOf(last)),
  };
}

const CURSOR = /^(\d{1,9})\.(.*)$/s;

function startAfter<Item>(items: readonly Item[], keyOf: (item: Item) => string, cursor: string): number | null {
  const match = CURSOR.exec(decodeCursor(cursor));
  if (match === null) return null;
  const place = Number(match[1]);
  const key = match[2] ?? "";
  const expected = items[place];
  if (expected !== undefined && keyOf(expected) === key) return place + 1;
  const moved = items.findIndex((item) => keyOf(item) === key);
  return moved < 0 ? null : moved + 1;
}

function writeCursor(place: number, key: string): string {
  return Buffer.from(`${place}.${key}`, "utf8").toString("base64url");
}

function decodeCursor(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString("utf8");
}
