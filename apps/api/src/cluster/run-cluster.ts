import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Environment } from "@autosubmit-api/settings";
import type { Logger } from "pino";
import type { Config } from "../config/config.js";
import { sumUpMetrics } from "../metrics/cluster-metrics.js";
import { findServiceManager } from "../service-manager.js";
import { RestartDelays } from "./restart-delay.js";
import { shareSettings } from "./share-settings.js";

const PROCESS_FILE = new URL("./server-process.js", import.meta.url);
/** Beyond the time that the processes have for it themselves. */
const STOP_MARGIN_MS = 2_000;

export interface ClusterOptions {
  environment: Environment;
  config: Config;
  /** Signs tokens: those of one process are those of all. */
  tokenKey: string | null;
  logger: Logger;
  /** Null when the log is standard output. */
  reopenLog: (() => void) | null;
}

/**
 * Several processes that serve one port: this one only starts them, replaces those that end, and stops them. Resolves when all
 * of them serve. What keeps the first one from starting is told by that process, and ends this one with its status: it is
 * waited for, so that mistakes are told once and databases are migrated by one process.
 *
 * Each process has threads, caches and limits of its own. Metrics are summed up here, whichever of them is asked.
 */
export async function runCluster(options: ClusterOptions): Promise<void> {
  const { environment, config, tokenKey, logger, reopenLog } = options;
  const serviceManager = findServiceManager(environment, logger);
  const delays = new RestartDelays();
  const variables = {
    ...environment,
    ...shareSettings(environment, config),
    ...(tokenKey !== null && { SECRET_KEY: tokenKey }),
    // systemd only hears of this process.
    NOTIFY_SOCKET: "",
  };
  if (config.metrics !== "off") sumUpMetrics();
  cluster.setupPrimary({ exec: fileURLToPath(PROCESS_FILE), args: [], silent: false });
  let isStopping = false;
  let pending: NodeJS.Timeout | undefined;

  const startProcess = (): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork(variables);
    worker.once("exit", (status, signal) => {
      if (isStopping || !isServing) return;
      const delayMs = delays.next(performance.now() - startedAt);
      logger.error({ processId: worker.process.pid, status, signal, delayMs }, "a process ended and is replaced");
      pending = setTimeout(startProcess, delayMs);
    });
    return worker;
  };

  let isServing = false;
  const stop = async () => {
    if (isStopping) {
      for (const worker of workersOf()) worker.process.kill("SIGKILL");
      process.exit(1);
    }
    isStopping = true;
    clearTimeout(pending);
    serviceManager.stopping();
    const statuses = await Promise.all(workersOf().map((worker) => stopProcess(worker, config.shutdownTimeoutMs)));
    logger.info({ processes: statuses.length }, "all processes stopped");
    process.exit(statuses.every((status) => status === 0) ? 0 : 1);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
  if (reopenLog !== null) {
    process.on("SIGHUP", () => {
      reopenLog();
      for (const worker of workersOf()) worker.process.kill("SIGHUP");
    });
  }

  await untilServing(startProcess());
  isServing = true;
  await Promise.all(Array.from({ length: config.workers - 1 }, () => untilServing(startProcess(), false)));
  if (isStopping) return;
  logger.info({ processes: config.workers }, "all processes serve");
  serviceManager.ready();
}

const workersOf = (): Worker[] => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);

/** @param isDecisive whether this program ends when the process does before it serves; it said why itself */
async function untilServing(worker: Worker, isDecisive = true): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  const serving = once(worker, "listening", { signal }).then(() => null);
  const ended = once(worker, "exit", { signal }).then(([status]) => Number(status ?? 1));
  const status = await Promise.race([serving, ended]);
  for (const promise of [serving, ended]) promise.catch(() => undefined);
  settled.abort();
  if (status !== null && isDecisive) process.exit(status === 0 ? 1 : status);
}

/** The process's exit status; one that does not end in time is ended. */
async function stopProcess(worker: Worker, timeoutMs: number): Promise<number> {
  if (worker.isDead()) return worker.process.exitCode ?? 1;
  const late = setTimeout(() => worker.process.kill("SIGKILL"), timeoutMs + STOP_MARGIN_MS);
  const ended = once(worker, "exit");
  worker.process.kill("SIGTERM");
  const [status] = await ended;
  clearTimeout(late);
  return Number(status ?? 1);
}
