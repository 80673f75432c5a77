import { isLazyList, type LazyList } from "../presenters/lazy-list.js";
import { isRawJson } from "../presenters/raw-json.js";

const FIRST_CAPACITY = 64 * 1024;
/** Bytes that one UTF-16 unit can take in UTF-8. */
const MOST_BYTES_PER_UNIT = 3;
const COMMA = 0x2c;
const ESTIMATE_MARGIN = 1.05;
/** A buffer that is filled less is copied into one of the right size. */
const FULL_ENOUGH = 0.85;

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
    if (!writer.hasRoomFor(text)) {
      const written = writer.length - start;
      writer.grow(text, (written / Math.max(1, index)) * (list.length - index));
    }
    if (index > 0) writer.writeComma();
    writer.write(text);
  }
  writer.write("]");
}

/** A growing buffer of text. */
class ByteWriter {
  length = 0;
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY);

  hasRoomFor(text: string): boolean {
    return this.length + (text.length + 1) * MOST_BYTES_PER_UNIT <= this.#bytes.length;
  }

  /** Makes room for a text and for as many bytes as will probably follow it. */
  grow(text: string, expectedBytes: number): void {
    const needed = this.length + (text.length + 1) * MOST_BYTES_PER_UNIT;
    const capacity = Math.ceil(Math.max(needed + FIRST_CAPACITY, (needed + expectedBytes) * ESTIMATE_MARGIN));
    const grown = Buffer.allocUnsafeSlow(capacity);
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }

  write(text: string): void {
    if (!this.hasRoomFor(text)) this.grow(text, 0);
    this.length += this.#bytes.write(text, this.length, "utf8");
  }

  /** Apart from the item: joined to it, every item would be copied once more. */
  writeComma(): void {
    if (!this.hasRoomFor("")) this.grow("", 0);
    this.#bytes[this.length] = COMMA;
    this.length += 1;
  }

  finish(): Uint8Array {
    const used = this.#bytes.subarray(0, this.length);
    return this.length >= this.#bytes.length * FULL_ENOUGH ? used : Uint8Array.from(used);
  }
}
