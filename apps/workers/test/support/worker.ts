import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type DatabaseFiles, databaseFiles, databasePlaces, migrate, siteDatabases } from "@autosubmit-api/db";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { openSite } from "autosubmit-reader";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { planTask, runOnce } from "../../src/attend-task.js";
import type { TaskSettings } from "../../src/config/task-settings.js";
import { ReaderPool } from "../../src/readers/reader-pool.js";
import { findTask } from "../../src/tasks.js";
import type { WorkerContext } from "../../src/worker-context.js";
import { builtProgram } from "./built-program.js";

/** A line of the worker's log. */
export type LogLine = Record<string, unknown> & { msg: string };

/** A worker in this process, with reader processes of its own. */
export interface TestWorker {
  context: WorkerContext;
  files: DatabaseFiles;
  log: LogLine[];
  stop: AbortController;
}

export interface TestWorkerOptions {
  clock?: () => Date;
  name?: string;
  leaseMs?: number;
  patienceMs?: number;
}

export const NO_SETTINGS: TaskSettings = { enabled: true, schedule: null, experimentTimeoutMs: null };

/** A worker for the site that `configurationFile` describes; its databases are migrated. */
export async function testWorker(configurationFile: string, options: TestWorkerOptions = {}): Promise<TestWorker> {
  const environment = {
    AUTOSUBMIT_CONFIGURATION: configurationFile,
    TZ: "UTC",
    HOME: "/nowhere",
    PATH: process.env.PATH ?? "",
  };
  const site = await openSite({ environment });
  const files = databaseFiles(site.settings);
  const places = databasePlaces(site.settings);
  await migrate(places);
  const stop = new AbortController();
  const log: LogLine[] = [];
  const program = pathToFileURL(join(builtProgram(), "readers/reader-process.js"));
  const readers = new ReaderPool({ program, environment, readers: 2, experimentsPerReader: 8, execArgv: [] });
  onTestFinished(() => readers.close());
  const context: WorkerContext = {
    databases: siteDatabases(places, { signal: stop.signal, patienceMs: options.patienceMs ?? 10_000 }),
    clock: options.clock ?? (() => new Date()),
    timeZone: createTimeZone("UTC"),
    worker: options.name ?? "w1",
    readers,
    sharing: { leaseMs: options.leaseMs ?? 30_000, tickMs: 50, readers: 2, experimentsPerReader: 8 },
    logger: pino({ level: "debug" }, { write: (line: string) => void log.push(JSON.parse(line)) }),
    stop: stop.signal,
  };
  return { context, files, log, stop };
}

/** One whole cycle of a task, with its plan as without a settings file. */
export async function runTask({ context }: TestWorker, name: string, settings: Partial<TaskSettings> = {}) {
  const task = findTask(name);
  if (!task) throw new Error(`no task ${name}`);
  const cycle = await runOnce(planTask(task, { ...NO_SETTINGS, ...settings }, false), context);
  if (!cycle) throw new Error("the cycle was not finished");
  return cycle;
}
