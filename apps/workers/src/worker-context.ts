import type { Logger } from "pino";
import type { SharingSettings } from "./config/task-settings.js";
import type { ReaderPool } from "./readers/reader-pool.js";
import type { TaskContext } from "./worker-task.js";

/** What a worker process works with. */
export interface WorkerContext extends TaskContext {
  /** This worker among all: host, process and something that no other process of that number has had. */
  worker: string;
  readers: ReaderPool;
  sharing: SharingSettings;
  logger: Logger;
  /** Aborted when the worker is to stop. */
  stop: AbortSignal;
}
