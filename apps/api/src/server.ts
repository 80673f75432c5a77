import { AutosubmitReadError, openSite } from "autosubmit-reader";
import type { Logger } from "pino";
import { buildApp } from "./app.js";
import { type Config, readConfig } from "./config/config.js";
import { ConfigurationError } from "./config/configuration-error.js";
import { type Environment, readEnvironment } from "./config/env.js";
import { readSecrets, withoutSecrets } from "./config/secrets.js";
import { createProcessLogger } from "./logging/process-logger.js";
import { RenderPool } from "./render/render-pool.js";
import type { RouteApp } from "./routes/route-app.js";
import { findServiceManager, type ServiceManager } from "./service-manager.js";

const THREAD_FILE = new URL("./render/render-thread.js", import.meta.url);

/** A process in service, and how to take it out. */
interface Service {
  app: RouteApp;
  renderPool: RenderPool;
  logger: Logger;
  config: Config;
  serviceManager: ServiceManager;
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
  try {
    stopOnSignals(await startService(environment));
  } catch (error) {
    process.stderr.write(`autosubmit-api cannot start: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

async function startService(environment: Environment): Promise<Service> {
  const config = readConfig(environment);
  const { logger, reopen: reopenLog } = createProcessLogger({ level: config.logLevel, logFile: config.logFile });
  warnOfOpenDoors(config, environment, logger);

  const siteEnvironment = withoutSecrets(environment);
  const site = await openSite({ environment: siteEnvironment });
  for (const warning of site.settings.warnings) logger.warn(warning);

  const renderPool = new RenderPool(
    {
      threadFile: THREAD_FILE.href,
      thread: {
        environment: siteEnvironment,
        workingDirectory: process.cwd(),
        timeZone: config.timeZone,
        sourceCacheBytes: config.sourceCacheBytes,
      },
      threads: config.renderThreads,
      heapMb: config.renderHeapMb,
      queueLimit: config.renderQueueLimit,
      timeoutMs: config.renderTimeoutMs,
      answerCacheBytes: config.answerCacheBytes,
      logger,
    },
    () => new Date(),
  );
  const [app] = await Promise.all([buildApp({ config, logger, renderPool }), renderPool.start()]);
  await app.listen({ host: config.host, port: config.port });
  logger.info({ site: site.settings.localRootDir, timeZone: config.timeZone }, "serving");
  const serviceManager = findServiceManager(environment, logger);
  serviceManager.ready();
  return { app, renderPool, logger, config, serviceManager, reopenLog };
}

/** Until login exists everybody is served; a site that configured secrets should not learn that by chance. */
function warnOfOpenDoors(config: Config, environment: Environment, logger: Logger): void {
  if (config.protectionLevel === null)
    logger.warn("PROTECTION_LEVEL is not set and this version has no login yet: everybody is served");
  const configured = Object.entries(readSecrets(environment)).filter(([, value]) => value !== null);
  if (configured.length > 0)
    logger.warn({ secrets: configured.map(([name]) => name) }, "secrets are configured, but nothing uses them yet");
}

function stopOnSignals({ app, renderPool, logger, config, serviceManager, reopenLog }: Service): void {
  if (reopenLog !== null) process.on("SIGHUP", reopenLog);
  let stopping = false;
  const stop = async (status: number) => {
    if (stopping) process.exit(1);
    stopping = true;
    serviceManager.stopping();
    setTimeout(() => {
      logger.error({ timeoutMs: config.shutdownTimeoutMs }, "requests did not finish in time and are cut off");
      process.exit(1);
    }, config.shutdownTimeoutMs).unref();
    await app.close();
    await renderPool.close();
    logger.info("stopped");
    process.exit(status);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      logger.info({ signal }, "stopping");
      void stop(0);
    });
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (error) => {
      logger.fatal({ err: error }, "an error that nobody handled");
      void stop(1);
    });
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof AutosubmitReadError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === "EADDRINUSE") return `port ${port} on ${address} is already in use; choose another one with PORT`;
  if (code === "EACCES" && port !== undefined) return `this user may not listen on port ${port}; choose one above 1023`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `HOST names no address of this machine (${error.message})`;
  return error.stack ?? error.message;
}
