import type { Logger } from "pino";
import { RenderAbandonedError, RenderOverloadedError, RenderThreadLostError, RenderTimeoutError } from "./errors.js";
import { watchFileCalls } from "./file-hang.js";
import type { RenderAnswer, RenderTask } from "./protocol.js";
import { RenderWorker, type RenderWorkerSettings } from "./render-worker.js";
import { type UnansweredFiles, unavailable } from "./unanswered-files.js";

export interface LaneSettings extends RenderWorkerSettings {
  /** Tasks that may wait. */
  queueLimit: number;
  /** Longest time for one task to wait, and again to be built. */
  timeoutMs: number;
  /** A task whose thread waits that long for one call to the file system is given up; see `watchFileCalls`. */
  fileTimeoutMs: number;
  /** Names the experiment that a path belongs to; null for those of the site. */
  experimentOf: (path: string) => string | null;
  logger: Logger;
}

/** What a lane shares with the others of its process. */
export interface LaneServices {
  files: UnansweredFiles;
}

interface QueuedTask {
  task: RenderTask;
  patient: boolean;
  deadline: NodeJS.Timeout;
  /** To be called once nobody needs to be told any more that time is up or that the client went away. */
  settle: () => void;
  resolve: (answer: RenderAnswer) => void;
  reject: (error: Error) => void;
}

/** One thread and the tasks that wait for it, first come, first served. A thread that is lost is replaced. */
export class RenderLane {
  readonly #settings: LaneSettings;
  readonly #files: UnansweredFiles;
  readonly #waiting: QueuedTask[] = [];
  #worker: RenderWorker;
  #busy = false;
  #isClosed = false;
  #threadsLost = 0;
  /** How long tasks took lately, for Retry-After. */
  #recentMs = 1_000;

  constructor(settings: LaneSettings, { files }: LaneServices) {
    this.#settings = settings;
    this.#files = files;
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
   * @param patient false to give up as soon as the thread is put aside, see `LaneSettings.fileTimeoutMs`
   * @throws RenderOverloadedError, RenderTimeoutError, RenderThreadLostError, RenderAbandonedError
   * @throws SourceUnavailableError when the file system does not answer
   */
  run(task: Omit<RenderTask, "cancelled">, signal: AbortSignal, patient = true): Promise<RenderAnswer> {
    if (signal.aborted) return Promise.reject(new RenderAbandonedError());
    if (this.#isClosed) return Promise.reject(stopping());
    if (this.#waiting.length >= this.#settings.queueLimit) return Promise.reject(this.#overloaded());
    return new Promise((resolve, reject) => {
      const cancelled = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      const drop = (error: Error) => {
        const place = this.#waiting.indexOf(queued);
        if (place < 0) return;
        this.#waiting.splice(place, 1);
        settle();
        reject(error);
      };
      const deadline = setTimeout(() => drop(this.#overloaded()), this.#settings.timeoutMs);
      const abandon = () => {
        Atomics.store(new Int32Array(cancelled), 0, 1);
        drop(new RenderAbandonedError());
      };
      // Not the option `signal` of listeners: Node keeps that with weak references, which only a full collection looks at.
      signal.addEventListener("abort", abandon, { once: true });
      const settle = () => {
        clearTimeout(deadline);
        signal.removeEventListener("abort", abandon);
      };
      const queued = { task: { ...task, cancelled }, patient, deadline, settle, resolve, reject };
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
    for (const { reject, settle } of this.#waiting.splice(0)) {
      settle();
      reject(stopping());
    }
    await this.#worker.end();
  }

  #startNext(): void {
    if (this.#busy) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    clearTimeout(next.deadline);
    const refusal = this.#files.refusal(next.task.expid);
    if (refusal !== null) {
      next.settle();
      next.reject(refusal);
      this.#startNext();
      return;
    }
    this.#busy = true;
    const startedAt = performance.now();
    // The lane goes on: once, when the task is done with or its thread was put aside.
    let isFree = false;
    const free = () => {
      if (isFree) return;
      isFree = true;
      this.#busy = false;
      queueMicrotask(() => this.#startNext());
    };
    void this.#build(next, free)
      .then(
        (answer) => () => next.resolve(answer),
        (error) => () => next.reject(error),
      )
      .then((settle) => {
        next.settle();
        this.#recentMs = (this.#recentMs + performance.now() - startedAt) / 2;
        // Free before the task is settled: who hears of it may ask again at once.
        free();
        settle();
      });
  }

  #newWorker(): RenderWorker {
    const { logger } = this.#settings;
    return new RenderWorker(this.#settings, (error) =>
      logger.error({ err: error }, "a render thread ended while it had nothing to do"),
    );
  }

  /** @param free called when the lane can go on before this is settled */
  async #build({ task, patient }: QueuedTask, free: () => void): Promise<RenderAnswer> {
    if (this.#worker.isLost) this.#replace();
    const worker = this.#worker;
    // A thread's start is not part of a task's time.
    await worker.ready;
    const { timeoutMs, fileTimeoutMs, experimentOf } = this.#settings;
    let release = () => {};
    const late = lateness();
    const timeout = setTimeout(() => late.giveUp(new RenderTimeoutError(timeoutMs)), timeoutMs);
    const hang = watchFileCalls(worker, fileTimeoutMs, {
      aside: (path) => {
        const expid = task.expid ?? experimentOf(path);
        release = this.#files.hold(expid, path);
        void worker.ended.then(release);
        this.#replace();
        free();
        // A view of the whole site can do without one experiment, and is better asked anew than kept waiting for it.
        if (!patient || task.expid !== expid) late.giveUp(unavailable(path, expid));
      },
      tooLong: (path) => late.giveUp(unavailable(path, task.expid)),
    });
    try {
      const answer = await Promise.race([worker.run(task), late.promise]);
      this.#files.answered(task.expid);
      release();
      return answer;
    } finally {
      clearTimeout(timeout);
      hang.stop();
      // The only way to stop a loop that never yields. Not waited for: who is in a system call stays until that ends.
      if (late.isOver || worker !== this.#worker) void worker.end();
    }
  }

  #replace(): void {
    this.#threadsLost += 1;
    if (!this.#isClosed) this.#worker = this.#newWorker();
  }

  #overloaded(): RenderOverloadedError {
    const seconds = Math.ceil((this.#recentMs * (this.load + 1)) / 1_000);
    return new RenderOverloadedError(Math.min(60, Math.max(1, seconds)));
  }
}

/** A promise that never resolves, and may be rejected. */
function lateness() {
  const state = { isOver: false, giveUp: (_error: Error) => {}, promise: new Promise<never>(() => {}) };
  state.promise = new Promise<never>((_resolve, reject) => {
    state.giveUp = (error) => {
      state.isOver = true;
      reject(error);
    };
  });
  return state;
}

const stopping = () => new RenderThreadLostError("The server is stopping");
