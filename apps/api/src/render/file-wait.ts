/**
 * What a thread is waiting for from the file system, in memory that it shares with the main thread: a thread that hangs in a
 * call cannot be asked.
 */
const CALLS = 0;
const PATH_BYTES = 1;
const PATH_AT = 2 * Int32Array.BYTES_PER_ELEMENT;
const LONGEST_PATH = 4_096;

export function newFileWait(): SharedArrayBuffer {
  return new SharedArrayBuffer(PATH_AT + LONGEST_PATH);
}

/** The thread's side: notes each call before and after it. */
export function fileWaitWatch(memory: SharedArrayBuffer): { began(path: string): void; ended(): void } {
  const numbers = new Int32Array(memory, 0, 2);
  const path = Buffer.from(memory, PATH_AT);
  return {
    began: (of) => {
      Atomics.store(numbers, PATH_BYTES, path.write(of));
      Atomics.add(numbers, CALLS, 1);
    },
    ended: () => void Atomics.add(numbers, CALLS, 1),
  };
}

/** The main thread's side, looked at from time to time. */
export class FileWaitObserver {
  readonly #numbers: Int32Array;
  readonly #path: Buffer;
  #calls = 0;
  #sinceMs = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#numbers = new Int32Array(memory, 0, 2);
    this.#path = Buffer.from(memory, PATH_AT);
  }

  /** The path of the call that the thread has been in since an earlier look, and for how long at least; null when in none. */
  look(nowMs = performance.now()): { path: string; durationMs: number } | null {
    const calls = Atomics.load(this.#numbers, CALLS);
    if (calls !== this.#calls) {
      this.#calls = calls;
      this.#sinceMs = nowMs;
    }
    // Begun and not ended: their number is odd.
    if (calls % 2 === 0) return null;
    const path = this.#path.toString("utf8", 0, Atomics.load(this.#numbers, PATH_BYTES));
    return { path, durationMs: nowMs - this.#sinceMs };
  }
}
