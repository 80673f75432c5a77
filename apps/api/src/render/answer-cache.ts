import { LRUCache } from "lru-cache";
import type { Body } from "./protocol.js";

/** Of an entry, beside its bytes. */
const OVERHEAD_BYTES = 400;

/** Smaller ones are sent at once. */
const LEAST_LENT_BYTES = 1024 * 1024;

/** A body whose bytes live as long as somebody else holds them. */
interface Lent extends Omit<Body, "bytes"> {
  buffer: WeakRef<ArrayBufferLike>;
  start: number;
  length: number;
}

/**
 * Finished answers, bounded in bytes. One that is too large to be kept is found as long as it is still being sent to
 * somebody, so that many slow clients share one buffer. Of 0 bytes, it keeps and lends nothing.
 */
export class AnswerCache {
  readonly #kept: LRUCache<string, Body>;
  readonly #lent = new Map<string, Lent>();
  readonly #returned = new FinalizationRegistry<string>((key) => this.#forget(key));

  constructor(maximumBytes: number) {
    this.#kept = new LRUCache({
      maxSize: Math.max(1, Math.floor(maximumBytes)),
      sizeCalculation: ({ bytes }, key) => bytes.byteLength + key.length + OVERHEAD_BYTES,
    });
  }

  get count(): number {
    return this.#kept.size;
  }

  /** What is kept now; what is lent is not counted. */
  get sizeBytes(): number {
    return this.#kept.calculatedSize;
  }

  find(key: string): Body | null {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const lent = this.#lent.get(key);
    const memory = lent?.buffer.deref();
    if (lent === undefined || memory === undefined) return null;
    const { buffer, start, length, ...about } = lent;
    return { ...about, bytes: new Uint8Array(memory, start, length) };
  }

  keep(key: string, body: Body): void {
    this.#kept.set(key, body);
    if (this.#kept.has(key)) return;
    const { bytes, ...about } = body;
    if (this.#kept.maxSize <= 1 || bytes.byteLength < LEAST_LENT_BYTES) return;
    const { buffer, byteOffset: start, byteLength: length } = bytes;
    this.#lent.set(key, { ...about, buffer: new WeakRef(buffer), start, length });
    this.#returned.register(buffer, key);
  }

  #forget(key: string): void {
    // Another buffer may have been lent under that key since.
    if (this.#lent.get(key)?.buffer.deref() === undefined) this.#lent.delete(key);
  }
}
