import { Worker } from "node:worker_threads";
import { RenderThreadLostError } from "./errors.js";
import { FileWaitObserver, newFileWait } from "./file-wait.js";
import type { RenderAnswer, RenderTask, ThreadMessage, ThreadOrder, ThreadSettings } from "./protocol.js";

/** Longest time for a thread to load its program, on a machine that is busy. */
const START_TIMEOUT_MS = 60_000;

export interface RenderWorkerSettings {
  /** URL of the built `render-thread.js`; threads cannot load TypeScript. */
  threadFile: string;
  thread: ThreadSettings;
  /** Heap of the thread. */
  heapMb: number;
}

/** A promise and how to settle it. */
interface Deferred<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: Error) => void;
}

/**
 * One thread, seen from outside; it takes one task at a time. Not Piscina's: that loads programs with `require`, and Node
 * aborts the whole process when a thread is ended during that.
 */
export class RenderWorker {
  readonly #worker: Worker;
  readonly #loaded = deferred<void>();
  readonly #files: FileWaitObserver;
  readonly #ended = deferred<void>();
  readonly #onIdleLoss: (error: Error) => void;
  #task: Deferred<RenderAnswer> | null = null;
  #isLost = false;

  /** @param onIdleLoss called when the thread ends by itself while it has nothing to do */
  constructor({ threadFile, thread, heapMb }: RenderWorkerSettings, onIdleLoss: (error: Error) => void) {
    this.#onIdleLoss = onIdleLoss;
    const fileWait = newFileWait();
    this.#files = new FileWaitObserver(fileWait);
    this.#worker = new Worker(new URL(threadFile), {
      workerData: { ...thread, fileWait } satisfies ThreadSettings,
      // Not the process's, which may be about its own program.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    const tooLate = setTimeout(() => this.#lose(new Error("it did not load in time")), START_TIMEOUT_MS);
    const settled = () => clearTimeout(tooLate);
    this.#loaded.promise.then(settled, settled);
    this.#worker.on("message", (message: ThreadMessage) => {
      if (message.kind === "ready") this.#loaded.resolve();
      else this.#finish((task) => task.resolve(message));
    });
    this.#worker.on("error", (error) => this.#lose(error));
    this.#worker.on("exit", (status) => {
      this.#ended.resolve();
      this.#lose(new Error(`it ended with status ${status}`));
    });
  }

  /** Resolves when the program is loaded. @throws RenderThreadLostError */
  get ready(): Promise<void> {
    return this.#loaded.promise;
  }

  /** Whether it ended, by itself or by `end`: no further task can be given. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Resolves when the thread is gone; one that is in a call to the file system, only after that. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** See `FileWaitObserver`. */
  waitsForFile(): { path: string; durationMs: number } | null {
    return this.#files.look();
  }

  /** @throws RenderThreadLostError when the thread ends meanwhile */
  run(task: RenderTask): Promise<RenderAnswer> {
    const answer = deferred<RenderAnswer>();
    this.#task = answer;
    this.#worker.postMessage(task satisfies ThreadOrder);
    return answer.promise;
  }

  /** Where there is no thread any more, that is left to the garbage collector. */
  free(buffer: ArrayBufferLike): void {
    if (this.#isLost || !(buffer instanceof ArrayBuffer)) return;
    const order: ThreadOrder = { free: buffer };
    this.#worker.postMessage(order, [buffer]);
  }

  /** Ends the thread, whatever it does; a task that it has is lost. */
  async end(): Promise<void> {
    this.#isLost = true;
    this.#failWaiting(new RenderThreadLostError("The thread was ended"));
    await this.#worker.terminate();
  }

  #lose(cause: Error): void {
    if (this.#isLost) return;
    this.#isLost = true;
    const lost = new RenderThreadLostError("A render thread ended unexpectedly", { cause });
    if (this.#task === null) this.#onIdleLoss(lost);
    this.#failWaiting(lost);
  }

  #failWaiting(error: Error): void {
    this.#loaded.reject(error);
    this.#finish((task) => task.reject(error));
  }

  #finish(settle: (task: Deferred<RenderAnswer>) => void): void {
    const task = this.#task;
    this.#task = null;
    if (task !== null) settle(task);
  }
}

function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>["resolve"] = () => undefined;
  let reject: Deferred<Value>["reject"] = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
