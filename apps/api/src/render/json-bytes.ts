import { isLazyList, type LazyList } from "../presenters/lazy-list.js";
import { isRawJson } from "../presenters/raw-json.js";
import { ByteWriter } from "./byte-writer.js";

/**
 * A body as JSON in UTF-8, in a buffer of its own that can be transferred. Lazy lists among the body's own properties are
 * written item by item, so that neither the items nor the whole text are ever in memory; raw JSON is written as it is.
 */
export function jsonBytes(body: unknown): Uint8Array {
  if (typeof body !== "object" || body === null || !Object.values(body).some(isSpecial)) {
    // Not Buffer.from: small buffers share one pool, which cannot be transferred.
    return new TextEncoder().encode(JSON.stringify(body));
  }
  const writer = new ByteWriter();
  const lists = Object.values(body).filter(isLazyList);
  let separator = "{";
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue;
    writer.write(`${separator}${JSON.stringify(key)}:`);
    separator = ",";
    if (isLazyList(value)) writeList(writer, value, itemsAlike(lists, value));
    else if (isRawJson(value)) writer.write(value.jsonText);
    else writer.write(JSON.stringify(value));
  }
  writer.write("}");
  return writer.finish();
}

const isSpecial = (value: unknown): boolean => isLazyList(value) || isRawJson(value);

/** Less than this in one go wastes time on calls: at 130,000 items of 200 bytes, half of what writing them takes. */
const BATCH_CHARACTERS = 16 * 1024;
const LARGEST_BATCH = 64;

/**
 * How many items of a list's kind are still to come. Lists of one length tell different things of the same jobs, in texts of
 * about one size; room for all of them at once saves to copy what is written when the second begins.
 */
function itemsAlike(lists: readonly LazyList<unknown>[], from: LazyList<unknown>): number {
  const alike = lists.slice(lists.indexOf(from)).filter(({ length }) => length === from.length);
  return alike.length * from.length;
}

/**
 * A few items at a time, as many as make a text of a good size.
 * @param total how many items to make room for, see `itemsAlike`
 */
function writeList(writer: ByteWriter, list: LazyList<unknown>, total: number): void {
  const start = writer.length;
  let batch = 1;
  for (let done = 0; done < list.length; ) {
    const items: unknown[] = [];
    for (let index = done; index < Math.min(done + batch, list.length); index += 1) items.push(list.itemAt(index));
    const text = JSON.stringify(items);
    writer.makeRoom(text, { start, done, total });
    writer.writeArrayItems(text, done === 0);
    done += items.length;
    const fitting = Math.floor((BATCH_CHARACTERS / text.length) * items.length);
    batch = Math.max(1, Math.min(fitting, batch * 2, LARGEST_BATCH));
  }
  writer.write(list.length === 0 ? "[]" : "]");
}
