import { takeKeptMemory } from "autosubmit-reader";
import { freeMemory } from "./free-memory.js";

const FIRST_CAPACITY = 64 * 1024;
/** Bytes that one UTF-16 unit can take in UTF-8. */
const MOST_BYTES_PER_UNIT = 3;
const COMMA = 0x2c;
/** Generous: the system only gives memory to the pages that are written to, while growing again copies everything. */
const ESTIMATE_MARGIN = 1.5;
/** Smaller texts are copied into a buffer of the right size: a small buffer takes its memory at once. */
const LARGE_BYTES = 1024 * 1024;
/** Beside a body of that size, what readers keep for the next file would make most of the peak. */
const HUGE_BYTES = 128 * 1024 * 1024;

/** A growing buffer of text. */
export class ByteWriter {
  length = 0;
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY);

  #hasRoomFor(text: string): boolean {
    return this.length + (text.length + 1) * MOST_BYTES_PER_UNIT <= this.#bytes.length;
  }

  /**
   * Makes room for one text of many: if there is none, for as much as will probably follow as well, so that a long list is
   * copied once or twice and not at every doubling.
   * @param progress where the list starts in the buffer, how many of its texts are written and how many there are
   */
  makeRoom(text: string, { start, done, total }: { start: number; done: number; total: number }): void {
    if (this.#hasRoomFor(text)) return;
    const written = this.length - start;
    this.#grow(text, (written / Math.max(1, done)) * (total - done));
  }

  #grow(text: string, expectedBytes: number): void {
    const needed = this.length + (text.length + 1) * MOST_BYTES_PER_UNIT;
    const capacity = Math.ceil(Math.max(needed + FIRST_CAPACITY, (needed + expectedBytes) * ESTIMATE_MARGIN));
    if (capacity >= HUGE_BYTES) takeKeptMemory().forEach(freeMemory);
    const grown = Buffer.allocUnsafeSlow(capacity);
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }

  write(text: string): void {
    if (!this.#hasRoomFor(text)) this.#grow(text, 0);
    this.length += this.#bytes.write(text, this.length, "utf8");
  }

  /** The items of an array whose JSON this is, going on after other items: without its end, and a comma for its start. */
  writeArrayItems(text: string, isFirst: boolean): void {
    const start = this.length;
    this.write(text);
    this.length -= "]".length;
    if (!isFirst) this.#bytes[start] = COMMA;
  }

  finish(): Uint8Array {
    const used = this.#bytes.subarray(0, this.length);
    return this.length >= LARGE_BYTES ? used : Uint8Array.from(used);
  }
}
