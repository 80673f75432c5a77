import type { Logger } from "pino";
import { Piscina } from "piscina";
import { RenderAbandonedError, RenderOverloadedError, RenderThreadLostError, RenderTimeoutError } from "./errors.js";
import type { RenderAnswer, RenderTask, ThreadSettings } from "./protocol.js";

export interface LaneSettings {
  /** The built `render-thread.js`; threads cannot load TypeScript. */
  threadFile: string;
  thread: ThreadSettings;
  /** Heap of the thread. */
  heapMb: number;
  /** Tasks that may wait. */
  queueLimit: number;
  /** Longest time for one task to wait, and again to be built. */
  timeoutMs: number;
  logger: Logger;
}

/** Longest time for a thread to load its program, on a machine that is busy. */
const START_TIMEOUT_MS = 60_000;

interface QueuedTask {
  task: RenderTask;
  deadline: NodeJS.Timeout;
  settled: AbortController;
  resolve: (answer: RenderAnswer) => void;
  reject: (error: Error) => void;
}

/**
 * One thread and the tasks that wait for it, first come, first served. The queue is ours, not Piscina's, so that a task that
 * merely waits can be dropped without ending the thread and its snapshots.
 */
export class RenderLane {
  readonly #pool: Piscina;
  readonly #settings: LaneSettings;
  readonly #waiting: QueuedTask[] = [];
  /** Resolves when the present thread has loaded its program. */
  #ready: Promise<void>;
  #busy = false;
  /** How long tasks took lately, for Retry-After. */
  #recentMs = 1_000;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    this.#pool = new Piscina({
      filename: settings.threadFile,
      workerData: settings.thread,
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: 1,
      resourceLimits: { maxOldGenerationSizeMb: settings.heapMb },
    });
    // A thread that ends between tasks fails none of them; Piscina has started another one by then.
    this.#pool.on("error", (error) => settings.logger.error({ err: error }, "a render thread ended while idle"));
    this.#ready = this.#loadProgram();
  }

  /** Tasks that wait or are being built. */
  get load(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0);
  }

  /** Resolves when tasks can be built. @throws RenderThreadLostError when the thread's program cannot be loaded */
  start(): Promise<void> {
    return this.#ready;
  }

  /**
   * @param signal nobody waits for the answer any more: a waiting task is dropped, a running one told to stop
   * @throws RenderOverloadedError, RenderTimeoutError, RenderThreadLostError, RenderAbandonedError
   */
  run(task: Omit<RenderTask, "cancelled">, signal: AbortSignal): Promise<RenderAnswer> {
    if (signal.aborted) return Promise.reject(new RenderAbandonedError());
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

  async close(): Promise<void> {
    for (const { reject, settled } of this.#waiting.splice(0)) {
      settled.abort();
      reject(new RenderThreadLostError("the server is stopping"));
    }
    await this.#pool.destroy();
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

  #loadProgram(): Promise<void> {
    const loaded = this.#pool.run(null, { name: "ping", signal: AbortSignal.timeout(START_TIMEOUT_MS) }).catch(lost);
    // Who waits for it hears of a failure; while nobody does, nothing is lost.
    loaded.catch(() => undefined);
    return loaded;
  }

  async #build(task: RenderTask): Promise<RenderAnswer> {
    // A thread's start is not part of a task's time.
    await this.#ready;
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(), this.#settings.timeoutMs);
    try {
      // Aborting a running task ends its thread, which is the only way to stop a loop that never yields.
      return (await this.#pool.run(task, { signal: timer.signal })) as RenderAnswer;
    } catch (error) {
      this.#ready = this.#loadProgram();
      if (timer.signal.aborted) throw new RenderTimeoutError(this.#settings.timeoutMs);
      return lost(error);
    } finally {
      clearTimeout(timeout);
    }
  }

  #overloaded(): RenderOverloadedError {
    const seconds = Math.ceil((this.#recentMs * (this.load + 1)) / 1_000);
    return new RenderOverloadedError(Math.min(60, Math.max(1, seconds)));
  }
}

function lost(error: unknown): never {
  throw new RenderThreadLostError("A render thread ended unexpectedly", { cause: error });
}
