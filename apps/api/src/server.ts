import { databasePlaces } from "@autosubmit-api/db";
import { AutosubmitReadError, openSite, readExperimentBytes } from "autosubmit-reader";
import type { Logger } from "pino";
import { buildApp } from "./app.js";
import { startAuditRetention } from "./auth/audit-retention.js";
import { loginProviders } from "./auth/login-providers.js";

import { isPublishedKey, isShortKey, newTokenKey } from "./auth/token-key.js";
import { type Config, readConfig } from "./config/config.js";
import { ConfigurationError } from "./config/configuration-error.js";
import { type Environment, readEnvironment } from "./config/env.js";
import { readSecrets, type Secrets, withoutSecrets } from "./config/secrets.js";
import { readSettingsFile } from "./config/settings-file.js";
import { type ThreadedDatabases, threadedDatabases } from "./databases/threaded-databases.js";
import { createProcessLogger } from "./logging/process-logger.js";
import { RenderPool } from "./render/render-pool.js";
import type { RouteApp } from "./routes/route-app.js";
import { findServiceManager, type ServiceManager } from "./service-manager.js";
import { startTracing, type Tracing } from "./tracing/start-tracing.js";

const DATABASE_THREAD_FILE = new URL("./databases/database-thread.js", import.meta.url);
const THREAD_FILE = new URL("./render/render-thread.js", import.meta.url);

/** Calls that may wait for the databases; each is a few milliseconds' work. */
const WAITING_DATABASE_CALLS = 1_000;

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
  const secrets = requireTokenKey(readSecrets(environment), config, logger);
  warnOfOpenDoors(config, logger);
  const settingsFile = readSettingsFile(config.settingsFile, environment.AS_API_CONFIG_FILE !== undefined);

  const siteEnvironment = withoutSecrets(environment);
  const site = await openSite({ environment: siteEnvironment });
  const login = loginProviders(config, secrets, site.settings.allowedClients);
  for (const warning of [...site.settings.warnings, ...login.warnings]) logger.warn(warning);

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
      measureExperiment: async (expid) => readExperimentBytes(site.experiment(expid)),
      heapMb: config.renderHeapMb,
      queueLimit: config.renderQueueLimit,
      timeoutMs: config.renderTimeoutMs,
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
  const services = { config, secrets, settingsFile, logger, renderPool, databases: databases.databases, login, clock };
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

/**
 * The key that signs tokens. Without one of the site's, tokens end with the process, which is no way to serve users.
 * @throws ConfigurationError for keys that protect nothing, and for none where real users are protected by it
 */
function requireTokenKey(secrets: Secrets, { production, protectionLevel }: Config, logger: Logger): Secrets {
  const { tokenKey } = secrets;
  if (tokenKey === null) {
    if (production && protectionLevel === "ALL") {
      throw new ConfigurationError(
        "SECRET_KEY must be set where NODE_ENV is production and PROTECTION_LEVEL is ALL; " +
          "a new one: openssl rand -base64 48",
      );
    }
    logger.warn("SECRET_KEY is not set: a random one is used, and all logins end with this process");
    return { ...secrets, tokenKey: newTokenKey() };
  }
  if (isPublishedKey(tokenKey))
    throw new ConfigurationError("SECRET_KEY must not be the one that is published with the Python implementation");
  if (isShortKey(tokenKey)) logger.warn("SECRET_KEY is shorter than 32 bytes: it could be guessed from one token");
  return secrets;
}

function warnOfOpenDoors({ protectionLevel, anonymousCommands }: Config, logger: Logger): void {
  if (protectionLevel !== "ALL") logger.warn({ protectionLevel }, "everybody who reaches this server may read");
  if (anonymousCommands) logger.warn("everybody who reaches this server may run commands on any experiment");
}

function stopOnSignals(service: Service): void {
  const { app, renderPool, databases, logger, config, serviceManager, tracing, reopenLog } = service;
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
    await databases.close();
    await tracing?.stop();
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
