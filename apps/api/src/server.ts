import cluster from "node:cluster";
import { homedir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { databasePlaces } from "@autosubmit-api/db";
import { ConfigurationError, type Environment, readEnvironment } from "@autosubmit-api/settings";
import { AutosubmitReadError, findExpidOfPath } from "autosubmit-reader";
import type { Logger } from "pino";
import { buildApp } from "./app.js";
import { startAuditRetention } from "./auth/audit-retention.js";
import { collectGarbageEarly } from "./collect-garbage.js";
import type { Config } from "./config/config.js";
import { type ThreadedDatabases, threadedDatabases } from "./databases/threaded-databases.js";
import { createProcessLogger, type ProcessLogger } from "./logging/process-logger.js";
import { RenderThreadLostError } from "./render/errors.js";
import { RenderPool } from "./render/render-pool.js";
import type { RouteApp } from "./routes/route-app.js";
import { findServiceManager, type ServiceManager } from "./service-manager.js";
import { readStartSettings, type StartSettings } from "./start-settings.js";
import { startTracing, type Tracing } from "./tracing/start-tracing.js";

const DATABASE_THREAD_FILE = new URL("./databases/database-thread.js", import.meta.url);
const LAUNCHER_FILE = new URL("./runners/run-launcher.js", import.meta.url);
const THREAD_FILE = new URL("./render/render-thread.js", import.meta.url);

/** Calls that may wait for the databases; each is a few milliseconds' work. */
const WAITING_DATABASE_CALLS = 1_000;
/** After the time for requests. */
const THREADS_END_WITHIN_MS = 1_000;

const clock = () => new Date();

/** A process in service, and how to take it out. */
interface Service {
  app: RouteApp;
  renderPool: RenderPool;
  databases: ThreadedDatabases;
  logger: Logger;
  config: Config;
  serviceManager: ServiceManager;
  tracing: Tracing | null;
  /** Goes on in a new log file; null when the log is standard output. */
  reopenLog: (() => void) | null;
}

/**
 * The whole life of the API's process: reads its configuration, listens, and stops on SIGTERM or SIGINT when the requests in
 * flight are answered. What keeps it from starting is one line on standard error and exit status 1.
 * @param overrides variables that the command line sets
 */
export async function runServer(overrides: Environment): Promise<void> {
  const environment = { ...readEnvironment(process.env, process.cwd()), ...overrides };
  collectGarbageEarly();
  try {
    const settings = await readStartSettings(environment);
    const { config, secrets, warnings } = settings;
    const log = createProcessLogger({ level: config.logLevel, logFile: config.logFile });
    // One of several processes does not repeat what the one above them said.
    if (cluster.isPrimary) for (const warning of warnings) log.logger.warn(warning);
    if (cluster.isPrimary && config.workers > 1) {
      const { runCluster } = await import("./cluster/run-cluster.js");
      const { logger, reopen: reopenLog } = log;
      return await runCluster({ environment, config, tokenKey: secrets.tokenKey, logger, reopenLog });
    }
    stopOnSignals(await startService(environment, settings, log));
  } catch (error) {
    process.stderr.write(`autosubmit-api cannot start: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

async function startService(
  environment: Environment,
  { config, secrets, settingsFile, siteEnvironment, site, login }: StartSettings,
  { logger, reopen: reopenLog }: ProcessLogger,
): Promise<Service> {
  const renderPool: RenderPool = new RenderPool(
    {
      threadFile: THREAD_FILE.href,
      thread: {
        environment: siteEnvironment,
        workingDirectory: process.cwd(),
        timeZone: config.timeZone,
        sourceCacheBytes: config.sourceCacheBytes,
      },
      threads: config.renderThreads,
      measureExperiment: (expid) => renderPool.measureExperiment(expid),
      experimentOf: (path) => findExpidOfPath(site.settings, path),
      heapMb: config.renderHeapMb,
      queueLimit: config.renderQueueLimit,
      timeoutMs: config.renderTimeoutMs,
      fileTimeoutMs: config.fileTimeoutMs,
      answerCacheBytes: config.answerCacheBytes,
      logger,
    },
    clock,
  );
  const databases = threadedDatabases({
    threadFile: DATABASE_THREAD_FILE.href,
    thread: { places: databasePlaces(site.settings), patienceMs: config.databasePatienceMs },
    timeoutMs: 3 * config.databasePatienceMs,
    queueLimit: WAITING_DATABASE_CALLS,
    logger,
  });
  const tracing = await startTracing(environment);
  const services = {
    ...{ config, secrets, settingsFile, logger, renderPool, login, clock },
    databases: databases.databases,
    runnerPlace: { environment: siteEnvironment, home: homedir(), launcherFile: fileURLToPath(LAUNCHER_FILE) },
  };
  const [app] = await Promise.all([
    buildApp({ ...services, tracing: tracing?.api }),
    renderPool.start(),
    databases.start(),
  ]);
  const stopRetention = startAuditRetention(databases.databases.audit, clock, logger);
  app.addHook("onClose", async () => stopRetention());
  await app.listen({ host: config.host, port: config.port });
  logger.info({ site: site.settings.localRootDir, timeZone: config.timeZone }, "serving");
  const serviceManager = findServiceManager(environment, logger);
  serviceManager.ready();
  return { app, renderPool, databases, logger, config, serviceManager, tracing, reopenLog };
}

function stopOnSignals(service: Service): void {
  const { app, renderPool, databases, logger, config, serviceManager, tracing, reopenLog } = service;
  if (reopenLog !== null) process.on("SIGHUP", reopenLog);
  let stopping = false;
  const stop = async (status: number) => {
    // systemd tells every process of a cluster, and so does the first of them, which also ends who does not stop.
    if (stopping && cluster.isWorker && status === 0) return;
    if (stopping) process.exit(1);
    stopping = true;
    serviceManager.stopping();
    const endThreads = async () => {
      await Promise.all([renderPool.close(), databases.close()]);
      return renderPool.state.waitingForFiles === 0;
    };
    setTimeout(async () => {
      logger.error({ timeoutMs: config.shutdownTimeoutMs }, "requests did not finish in time and are cut off");
      leave(1, await Promise.race([endThreads(), sleep(THREADS_END_WITHIN_MS, false)]));
    }, config.shutdownTimeoutMs).unref();
    await app.close();
    const isAlone = await endThreads();
    await tracing?.stop();
    logger.info("stopped");
    leave(status, isAlone);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      // A terminal's Ctrl-C reaches every process of a cluster; the first of them tells the others.
      if (cluster.isWorker && signal === "SIGINT") return;
      logger.info({ signal }, "stopping");
      void stop(0);
    });
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (error) => {
      logger.fatal({ err: error }, "an error that nobody handled");
      void stop(1);
    });
}

/** Ends the process. `process.exit` waits for every thread, also for one that waits for a file system that hangs. */
function leave(status: number, isAlone: boolean): void {
  if (isAlone) process.exit(status);
  process.kill(process.pid, "SIGKILL");
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof AutosubmitReadError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (error instanceof RenderThreadLostError) return `${error.message}: ${reasonOf(error.cause ?? "no cause")}`;
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === "EADDRINUSE") return `port ${port} on ${address} is already in use; choose another one with PORT`;
  if (code === "EACCES" && port !== undefined) return `this user may not listen on port ${port}; choose one above 1023`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `HOST names no address of this machine (${error.message})`;
  return error.stack ?? error.message;
}
