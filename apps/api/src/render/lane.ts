import type { Logger } from "pino";
import { RenderAbandonedError, RenderOverloadedError, RenderThreadLostError, RenderTimeoutError } from "./errors.js";
import type { RenderAnswer, RenderTask } from "./protocol.js";
import { RenderWorker, type RenderWorkerSettings } from "./render-worker.js";

export interface LaneSettings extends RenderWorkerSettings {
  /** Tasks that may wait. */
  queueLimit: number;
  /** Longest time for one task to wait, and again to be built. */
  timeoutMs: number;
  logger: Logger;
}

interface QueuedTask {
  task: RenderTask;
  deadline: NodeJS.Timeout;
  settled: AbortController;
  resolve: (answer: RenderAnswer) => void;
  reject: (error: Error) => void;
}

/** One thread and the tasks that wait for it, first come, first served. A thread that is lost is replaced. */
export class RenderLane {
  readonly #settings: LaneSettings;
  readonly #waiting: QueuedTask[] = [];
  #worker: RenderWorker;
  #busy = false;
  #isClosed = false;
  #threadsLost = 0;
  /** How long tasks took lately, for Retry-After. */
  #recentMs = 1_000;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    this.#worker = this.#newWorker();
  }

  /** Tasks that wait or are being built. */
  get load(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0);
  }

  /** Tasks that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether a task is being built. */
  get isBusy(): boolean {
    return this.#busy;
  }

  /** Threads that were replaced, because they ended or did not answer in time. */
  get threadsLost(): number {
    return this.#threadsLost;
  }

  /** Resolves when tasks can be built. @throws RenderThreadLostError when the thread's program cannot be loaded */
  start(): Promise<void> {
    return this.#worker.ready;
  }

  /**
   * @param signal nobody waits for the answer any more: a waiting task is dropped, a running one told to stop
   * @throws RenderOverloadedError, RenderTimeoutError, RenderThreadLostError, RenderAbandonedError
   */
  run(task: Omit<RenderTask, "cancelled">, signal: AbortSignal): Promise<RenderAnswer> {
    if (signal.aborted) return Promise.reject(new RenderAbandonedError());
    if (this.#isClosed) return Promise.reject(stopping());
    if (this.#waiting.length >= this.#settings.queueLimit) return Promise.reject(this.#overloaded());
    return new Promise((resolve, reject) => {
      const cancelled = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      const settled = new AbortController();
      const drop = (error: Error) => {
        const place = this.#waiting.indexOf(queued);
        if (place < 0) return;
        this.#waiting.splice(place, 1);
        settled.abort();
        reject(error);
      };
      const deadline = setTimeout(() => drop(this.#overloaded()), this.#settings.timeoutMs);
      const queued = { task: { ...task, cancelled }, deadline, settled, resolve, reject };
      settled.signal.addEventListener("abort", () => clearTimeout(deadline));
      signal.addEventListener(
        "abort",
        () => {
          Atomics.store(new Int32Array(cancelled), 0, 1);
          drop(new RenderAbandonedError());
        },
        { signal: settled.signal },
      );
      this.#waiting.push(queued);
      this.#startNext();
    });
  }

  /** Has the thread free a buffer that is not needed any more. */
  free(buffer: ArrayBufferLike): void {
    this.#worker.free(buffer);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject, settled } of this.#waiting.splice(0)) {
      settled.abort();
      reject(stopping());
    }
    await this.#worker.end();
  }

  #startNext(): void {
    if (this.#busy) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#busy = true;
    clearTimeout(next.deadline);
    const startedAt = performance.now();
    void this.#build(next.task)
      .then(
        (answer) => () => next.resolve(answer),
        (error) => () => next.reject(error),
      )
      .then((settle) => {
        next.settled.abort();
        this.#recentMs = (this.#recentMs + performance.now() - startedAt) / 2;
        // Free before the task is settled: who hears of it may ask again at once.
        this.#busy = false;
        settle();
        this.#startNext();
      });
  }

  #newWorker(): RenderWorker {
    const { logger } = this.#settings;
    return new RenderWorker(this.#settings, (error) =>
      logger.error({ err: error }, "a render thread ended while it had nothing to do"),
    );
  }

  async #build(task: RenderTask): Promise<RenderAnswer> {
    if (this.#worker.isLost) {
      this.#threadsLost += 1;
      this.#worker = this.#newWorker();
    }
    const worker = this.#worker;
    // A thread's start is not part of a task's time.
    await worker.ready;
    const { timeoutMs } = this.#settings;
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timeout = setTimeout(() => {
        reject(new RenderTimeoutError(timeoutMs));
        // The only way to stop a loop that never yields. Not waited for: a thread that is stuck in a system call stays.
        void worker.end();
      }, timeoutMs);
    });
    try {
      return await Promise.race([worker.run(task), late]);
    } finally {
      clearTimeout(timeout);
    }
  }

  #overloaded(): RenderOverloadedError {
    const seconds = Math.ceil((this.#recentMs * (this.load + 1)) / 1_000);
    return new RenderOverloadedError(Math.min(60, Math.max(1, seconds)));
  }
}

const stopping = () => new RenderThreadLostError("The server is stopping");
