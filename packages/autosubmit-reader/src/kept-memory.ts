/**
 * Larger pieces are not kept: those of a list of 130,000 jobs would be there while its answers are written, which then takes
 * 773 instead of 594 MB at the worst (bench/NOTES.md).
 */
const LARGEST_BYTES = 32 * 1024 * 1024;
/** Smaller ones come out of memory that the allocator keeps itself. */
const SMALLEST_BYTES = 256 * 1024;
const IDLE_MS = 10_000;

/** Of this thread. */
const ALL: KeptMemory[] = [];

/** Everything that is kept at the moment, for one who needs the room more: its memory is the caller's from now on. */
export function takeKeptMemory(): ArrayBuffer[] {
  return ALL.flatMap((kept) => kept.take() ?? []);
}

/**
 * One piece of memory that is lent again and again instead of being asked of the system each time: to write into pages that
 * are there takes a seventh of the time of new ones (71 MB: 9 instead of 60 ms), and nothing is left for the garbage
 * collector. Let go once nobody has asked for it for 10 seconds. One for each purpose and thread.
 */
export class KeptMemory {
  #kept: ArrayBuffer | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor() {
    ALL.push(this);
  }

  /** What is kept, which is nothing afterwards. */
  take(): ArrayBuffer | null {
    const kept = this.#kept;
    this.#kept = null;
    return kept;
  }

  /** At least that many bytes, with anything in them, for the one who asks until they are given back. */
  borrow(bytes: number): ArrayBuffer {
    const kept = this.#kept;
    if (kept === null || kept.byteLength < bytes) return Buffer.allocUnsafeSlow(bytes).buffer;
    this.#kept = null;
    return kept;
  }

  /** Whoever gives memory back, borrowed here or not, must not use it any more; or it is simply not given back. */
  giveBack(memory: ArrayBufferLike): void {
    const { byteLength } = memory;
    if (!(memory instanceof ArrayBuffer) || byteLength > LARGEST_BYTES || byteLength < SMALLEST_BYTES) return;
    if (this.#kept === null || this.#kept.byteLength < byteLength) this.#kept = memory;
    this.#idle?.refresh();
    this.#idle ??= setTimeout(() => this.#letGo(), IDLE_MS).unref();
  }

  #letGo(): void {
    this.#kept = null;
    this.#idle = null;
  }
}
