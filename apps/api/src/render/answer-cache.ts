import { LRUCache } from "lru-cache";
import type { Body } from "./protocol.js";

/** Of an entry, beside its bytes. */
const OVERHEAD_BYTES = 400;
/** Smaller bodies are sent at once, and left to the garbage collector. */
const LEAST_LENT_BYTES = 1024 * 1024;
/** How long a body that is too large to be kept is there for who asks next. */
const LINGERING_MS = 10_000;

/**
 * Finished answers, bounded in bytes. One that is too large to be kept is found while it is being sent to somebody, so that
 * many slow clients share one buffer, and for a moment after: only one, and only until the next large answer. Of 0 bytes, it
 * keeps and lends nothing.
 *
 * Memory of large bodies is freed when nobody needs it any more, since the garbage collector, which sees little else on the
 * main thread, leaves hundreds of megabytes for seconds. Hence who uses a body says so, and when it is done with it.
 */
export class AnswerCache {
  readonly #kept: LRUCache<string, Body>;
  /** Bodies that are too large to be kept, while they are held or linger. */
  readonly #lent = new Map<string, Body>();
  readonly #keyOfLent = new WeakMap<ArrayBufferLike, string>();
  /** How many hold each large body. Who forgets to release one leaves it to the garbage collector. */
  readonly #holders = new WeakMap<ArrayBufferLike, number>();
  readonly #keptBuffers = new WeakSet<ArrayBufferLike>();
  readonly #free: (buffer: ArrayBufferLike) => void;
  #lingering: { key: string; timer: NodeJS.Timeout } | null = null;

  /** @param free called with the memory of a large body that nobody needs any more */
  constructor(maximumBytes: number, free: (buffer: ArrayBufferLike) => void) {
    this.#free = free;
    this.#kept = new LRUCache({
      maxSize: Math.max(1, Math.floor(maximumBytes)),
      sizeCalculation: ({ bytes }, key) => bytes.byteLength + key.length + OVERHEAD_BYTES,
      dispose: ({ bytes: { buffer } }) => {
        if (this.#keptBuffers.delete(buffer) && !this.#holders.has(buffer)) this.#free(buffer);
      },
    });
  }

  get count(): number {
    return this.#kept.size;
  }

  /** What is kept now; what is lent is not counted. */
  get sizeBytes(): number {
    return this.#kept.calculatedSize;
  }

  /** Its bytes are only there as long as it is held. */
  find(key: string): Body | null {
    return this.#kept.get(key) ?? this.#lent.get(key) ?? null;
  }

  keep(key: string, body: Body): void {
    const { buffer } = body.bytes;
    const isLarge = body.bytes.byteLength >= LEAST_LENT_BYTES;
    if (isLarge) this.makeWay();
    this.#kept.set(key, body);
    if (!isLarge) return;
    if (this.#kept.has(key)) {
      this.#keptBuffers.add(buffer);
    } else if (this.#kept.maxSize > 1) {
      this.#lent.set(key, body);
      this.#keyOfLent.set(buffer, key);
    }
  }

  /** The bytes stay until they are released as often. */
  hold({ bytes: { buffer, byteLength } }: Body): void {
    if (byteLength >= LEAST_LENT_BYTES) this.#holders.set(buffer, (this.#holders.get(buffer) ?? 0) + 1);
  }

  release({ bytes: { buffer } }: Body): void {
    const others = (this.#holders.get(buffer) ?? 0) - 1;
    if (others > 0) this.#holders.set(buffer, others);
    if (others !== 0) return;
    this.#holders.delete(buffer);
    if (this.#keptBuffers.has(buffer)) return;
    const key = this.#keyOfLent.get(buffer);
    if (key !== undefined && this.#lent.get(key)?.bytes.buffer === buffer) this.#linger(key);
    else this.#free(buffer);
  }

  /** Frees what is only there for who may ask next: memory is going to be needed. */
  makeWay(): void {
    if (this.#lingering === null) return;
    const { key, timer } = this.#lingering;
    clearTimeout(timer);
    this.#lingering = null;
    const buffer = this.#lent.get(key)?.bytes.buffer;
    // Somebody may have found it meanwhile; it lingers again when they are done.
    if (buffer === undefined || this.#holders.has(buffer)) return;
    this.#lent.delete(key);
    this.#free(buffer);
  }

  #linger(key: string): void {
    if (this.#lingering?.key !== key) this.makeWay();
    clearTimeout(this.#lingering?.timer);
    const timer = setTimeout(() => this.makeWay(), LINGERING_MS).unref();
    this.#lingering = { key, timer };
  }
}
