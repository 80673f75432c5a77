import { Worker } from "node:worker_threads";
import { DatabaseError, type SiteDatabases } from "@autosubmit-api/db";
import type { Logger } from "pino";
import type { DatabaseCall, DatabaseErrorData, DatabaseThreadMessage, DatabaseThreadSettings } from "./protocol.js";

export interface ThreadedDatabasesSettings {
  /** URL of the thread's program. */
  threadFile: string;
  thread: DatabaseThreadSettings;
  /** A call that takes longer fails: a file system that hangs must not hang requests. */
  timeoutMs: number;
  /** Calls that may wait before further ones are refused. */
  queueLimit: number;
  logger: Logger;
}

/** The databases of a site on a thread of their own, so that neither a lock nor a slow disk holds up the event loop. */
export interface ThreadedDatabases {
  databases: SiteDatabases;
  /** Resolves when the API's own databases are up to date, or cannot be used for now, which is logged. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const REPOSITORIES = [
  "experiments",
  "details",
  "statuses",
  "userPreferences",
  "runnerProcesses",
  "audit",
  "workerTasks",
  "workerCycles",
  "workerRecords",
  "eventJournal",
  "webhooks",
] as const satisfies readonly (keyof SiteDatabases)[];

/** Nothing is started before `start` or the first call. A thread that ends is replaced at the next call. */
export function threadedDatabases(settings: ThreadedDatabasesSettings): ThreadedDatabases {
  const thread = new DatabaseThread(settings);
  const repository = (name: keyof SiteDatabases) =>
    new Proxy(
      {},
      {
        get: (_target, method) =>
          // Whatever looks for `then` asks whether this is a promise.
          typeof method !== "string" || method === "then"
            ? undefined
            : (...args: unknown[]) => thread.call(name, method, args),
      },
    );
  // Every function of a repository is awaited and takes plain data, so that calls can cross to the thread as they are.
  const databases = Object.fromEntries(
    REPOSITORIES.map((name) => [name, repository(name)]),
  ) as unknown as SiteDatabases;
  return { databases, start: () => thread.start(), close: () => thread.close() };
}

class DatabaseThread {
  readonly #settings: ThreadedDatabasesSettings;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;
  #whenReady: (() => void) | null = null;

  constructor(settings: ThreadedDatabasesSettings) {
    this.#settings = { ...settings, logger: settings.logger.child({ component: "databases" }) };
  }

  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenReady = resolve;
      this.#running();
    });
  }

  call(repository: keyof SiteDatabases, method: string, args: unknown[]): Promise<unknown> {
    const { queueLimit, timeoutMs } = this.#settings;
    if (this.#waiting.size >= queueLimit) return Promise.reject(this.#busy("too many requests wait for them"));
    const call: DatabaseCall = { id: ++this.#lastId, repository, method, args };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(call.id);
        reject(this.#busy(`they did not answer within ${timeoutMs / 1000} s`));
      }, timeoutMs);
      this.#waiting.set(call.id, { resolve, reject, timer });
      this.#running().postMessage(call);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #running(): Worker {
    this.#worker ??= this.#startThread();
    return this.#worker;
  }

  #startThread(): Worker {
    const { threadFile, thread, logger } = this.#settings;
    const worker = new Worker(new URL(threadFile), { workerData: thread, name: "databases" });
    worker.on("message", (message: DatabaseThreadMessage) => this.#hear(message));
    worker.on("error", (error) => logger.error({ err: error }, "the thread of the databases failed"));
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = null;
      for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(this.#busy("their thread ended"));
      this.#ready();
    });
    return worker;
  }

  #hear(message: DatabaseThreadMessage): void {
    if (message.kind === "ready") {
      this.#tellStart(message);
      this.#ready();
    } else if (message.kind === "done") this.#settle(message.id)?.resolve(message.value);
    else this.#settle(message.id)?.reject(fromErrorData(message.error));
  }

  #tellStart({ steps, problem }: Extract<DatabaseThreadMessage, { kind: "ready" }>): void {
    const { logger } = this.#settings;
    for (const report of steps)
      if (report.steps.length > 0) logger.info({ database: report.path, steps: report.steps }, "database migrated");
    if (problem !== null)
      logger.error({ reason: problem }, "the API's own databases cannot be used: settings and commands are refused");
  }

  #ready(): void {
    this.#whenReady?.();
    this.#whenReady = null;
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #busy(reason: string): DatabaseError {
    return new DatabaseError(
      "DATABASE_BUSY",
      "the API's own databases",
      `The databases cannot be used at the moment: ${reason}`,
    );
  }
}

function fromErrorData({ code, path, name, message, stack }: DatabaseErrorData): Error {
  const error = code === null ? new Error(`${name}: ${message}`) : new DatabaseError(code, path, message);
  error.stack = stack;
  return error;
}
