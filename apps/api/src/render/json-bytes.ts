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
  let separator = "{";
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue;
    writer.write(`${separator}${JSON.stringify(key)}:`);
    separator = ",";
    if (isLazyList(value)) writeList(writer, value);
    else if (isRawJson(value)) writer.write(value.jsonText);
    else writer.write(JSON.stringify(value));
  }
  writer.write("}");
  return writer.finish();
}

const isSpecial = (value: unknown): boolean => isLazyList(value) || isRawJson(value);

function writeList(writer: ByteWriter, list: LazyList<unknown>): void {
  const start = writer.length;
  writer.write("[");
  for (let index = 0; index < list.length; index += 1) {
    const text = JSON.stringify(list.itemAt(index));
    writer.makeRoom(text, { start, done: index, total: list.length });
    if (index > 0) writer.writeComma();
    writer.write(text);
  }
  writer.write("]");
}
