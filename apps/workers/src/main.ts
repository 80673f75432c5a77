import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { DatabaseError, databasePlaces, migrate, siteDatabases } from "@autosubmit-api/db";
import { ConfigurationError, type Environment, readEnvironment, withoutSecrets } from "@autosubmit-api/settings";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { AutosubmitReadError, openSite } from "autosubmit-reader";
import { type Logger, pino } from "pino";
import { type PlannedTask, planTask, runOnce } from "./attend-task.js";
import { type Command, HELP, parseCommandLine } from "./command-line.js";
import { type Config, readConfig } from "./config/config.js";
import { listTasks } from "./list-tasks.js";
import { ReaderPool } from "./readers/reader-pool.js";
import { keepAttending } from "./scheduler.js";
import { TASKS } from "./tasks.js";
import { keepWatching } from "./watch/watcher.js";
import { keepDelivering } from "./webhooks/dispatcher.js";
import type { WorkerContext } from "./worker-context.js";

/** Beside this file in the build; the sources are run with a loader for TypeScript. */
const READER_PROGRAM = new URL(
  import.meta.url.endsWith(".ts") ? "./readers/reader-process.ts" : "./readers/reader-process.js",
  import.meta.url,
);

/** A worker that could not stop in this time is ended: what it was at is done again by others. */
const STOP_WITHIN_MS = 8_000;

/**
 * The whole life of a worker process. What keeps it from starting is one line on standard error and exit status 1; a
 * mistake on the command line is status 2.
 */
export async function main(args: readonly string[]): Promise<void> {
  const command = parseCommandLine(args);
  if (command.kind === "help") return print(HELP);
  if (command.kind === "mistake") return refuse(command.message, 2);
  const stop = new AbortController();
  try {
    await start(command, stop);
  } catch (error) {
    // Told to stop while it waited for a database: that is no failure.
    if (stop.signal.aborted) process.exit();
    refuse(reasonOf(error), 1);
  }
}

async function start(command: Exclude<Command, { kind: "help" | "mistake" }>, stop: AbortController): Promise<void> {
  const environment = withoutSecrets(readEnvironment(process.env, process.cwd()));
  const config = readConfig(environment);
  const site = await openSite({ environment });
  const places = databasePlaces(site.settings);
  const timeZone = createTimeZone(config.timeZone);
  const plans = TASKS.map((task) => planTask(task, config.tasks[task.id], config.disabled));
  if (command.kind === "list") return print(await listTasks(plans, places, { now: new Date(), timeZone }));

  // Few lines, none of which may be lost when the process ends right after: written at once.
  const output = pino.destination({ dest: 1, sync: true });
  const logger = pino({ name: "autosubmit-workers", level: config.logLevel }, output);
  for (const warning of site.settings.warnings) logger.warn(warning);
  const context = {
    ...newContext(config, environment, logger, stop.signal),
    databases: siteDatabases(places, { signal: stop.signal }),
    timeZone,
  };
  endOnSignals(stop, context);
  for (const { path, steps } of await migrate(places, { signal: stop.signal })) {
    if (steps.length > 0) logger.info({ database: path, steps }, "database migrated");
  }
  if (command.kind === "once") await once(command.task.id, plans, context);
  else await serve(plans, config, environment, context);
  context.readers.close();
  process.exit();
}

function newContext(
  config: Config,
  environment: Environment,
  logger: Logger,
  stop: AbortSignal,
): Omit<WorkerContext, "databases" | "timeZone"> {
  const { readers, experimentsPerReader } = config.sharing;
  return {
    clock: () => new Date(),
    worker: `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`,
    readers: new ReaderPool({ program: READER_PROGRAM, environment, readers, experimentsPerReader }),
    sharing: config.sharing,
    logger,
    stop,
  };
}

async function once(id: string, plans: readonly PlannedTask[], context: WorkerContext): Promise<void> {
  const plan = plans.find(({ task }) => task.id === id);
  if (!plan || (await runOnce(plan, context))) return;
  context.logger.warn("stopped before the end of the cycle; what is left goes on later");
  process.exitCode = 1;
}

async function serve(
  plans: readonly PlannedTask[],
  config: Config,
  environment: Environment,
  context: WorkerContext,
): Promise<void> {
  const { logger, worker } = context;
  const enabled = plans.filter((plan) => plan.enabled).map(({ task }) => task.name);
  logger.info({ worker, tasks: enabled }, enabled.length > 0 ? "working" : "no task is enabled: waiting to be stopped");
  const work = [keepAttending(plans, config.runOnStart, context), watch(config, environment, context)];
  if (config.webhooks.length > 0 && !config.disabled) work.push(keepDelivering(context, config.webhooks));
  await Promise.all(work);
  logger.info("stopped");
}

/** The live feed, with readers of its own: it never waits for a cycle. */
async function watch(
  { liveFeed, sharing, disabled }: Config,
  environment: Environment,
  context: WorkerContext,
): Promise<void> {
  if (!liveFeed.enabled || disabled) return;
  const { experimentsPerReader } = sharing;
  const readers = new ReaderPool({
    program: READER_PROGRAM,
    environment,
    readers: liveFeed.readers,
    experimentsPerReader,
  });
  const close = () => readers.close();
  context.stop.addEventListener("abort", close, { once: true });
  await keepWatching({ ...context, readers }, liveFeed);
  close();
}

/** Stops on the first signal, ends on the second. */
function endOnSignals(stop: AbortController, { readers, logger }: WorkerContext): void {
  const end = (status: number) => {
    if (stop.signal.aborted) process.exit(1);
    setTimeout(() => {
      logger.error({ withinMs: STOP_WITHIN_MS }, "did not stop in time and is ended");
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    process.exitCode = status;
    stop.abort();
    readers.close();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      logger.info({ signal }, "stopping");
      end(0);
    });
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error) => {
      logger.fatal({ err: error }, "an error that nobody handled");
      end(1);
    });
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(reason: string, status: number): never {
  process.stderr.write(`autosubmit-workers: ${reason}\n`);
  process.exit(status);
}

function reasonOf(error: unknown): string {
  const isKnown =
    error instanceof ConfigurationError || error instanceof AutosubmitReadError || error instanceof DatabaseError;
  if (isKnown) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
