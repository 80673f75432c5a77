import { randomBytes } from "node:crypto";
import type { RunnerProcess, RunnerProcessRepository } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import type { TimeZone } from "@autosubmit-api/shared-types";
import type { Logger } from "pino";
import { runCommand } from "./autosubmit-command.js";
import { type CommandHost, CommandHostError, type ProcessHandle, type ProcessOutput } from "./command-host.js";
import type { CommandHosts } from "./command-hosts.js";
import { CommandRefusal } from "./command-refusal.js";
import type { RunnerLimits, RunnerTarget } from "./configuration.js";
import { findReferenceRun } from "./reference-run.js";
import { detailsOf, handleOf, newRun, targetOf, withDetails } from "./run-record.js";
import { stopRun } from "./stop-run.js";

export interface ExperimentRunsSettings {
  processes: RunnerProcessRepository;
  hosts: CommandHosts;
  limits: RunnerLimits;
  timeZone: TimeZone;
  clock: () => Date;
  logger: Logger;
}

/** Runs of experiments that this API, or another one on the same records, started. */
export interface ExperimentRuns {
  /** @throws CommandRefusal 409 when the experiment runs already; CommandHostError, ModulesError */
  start(expid: string, target: RunnerTarget): Promise<RunnerProcess>;
  /** The experiment's last run as it is now; null when it has none. */
  last(expid: string): Promise<RunnerProcess | null>;
  /** A run as it is now. */
  find(id: number): Promise<RunnerProcess | null>;
  /** The experiment's active run as it is now, or null. */
  active(expid: string): Promise<RunnerProcess | null>;
  /** Ends an active run, by all means. Several requests share one attempt. @throws CommandRefusal, CommandHostError */
  stop(active: RunnerProcess): Promise<RunnerProcess>;
  /** The end of what it printed; null when nothing is kept of it. */
  output(process: RunnerProcess, maxBytes: number): Promise<ProcessOutput | null>;
  /** Looks after all active runs. */
  refreshAll(): Promise<void>;
}

/** How long another API may take between claiming a run and having started it. */
const START_GRACE_MS = 60_000;
/** Other machines are not asked at every request. */
const REMOTE_LOOK_MS = 10_000;

export function experimentRuns(settings: ExperimentRunsSettings): ExperimentRuns {
  const { processes, hosts, limits, timeZone, clock } = settings;
  const logger = settings.logger.child({ component: "runners" });
  const starting = new Set<number>();
  const stopping = new Map<number, Promise<RunnerProcess>>();
  const looks = new Map<number, { at: number; look: Promise<RunnerProcess> }>();

  const now = () => isoInstant(Math.floor(clock().getTime() / 1000), timeZone) ?? clock().toISOString();
  const hostOf = (process: RunnerProcess): CommandHost | null => {
    const target = targetOf(process);
    return target === null ? null : hosts.of(target);
  };

  async function keepHandle(process: RunnerProcess, handle: ProcessHandle): Promise<RunnerProcess> {
    const { runId: run_id, startedAt: started_at, outputPath: output_path } = handle;
    const runnerExtraParams = withDetails(process, { run_id, started_at, output_path });
    return (await processes.updateActive(process.id, { pid: handle.pid, runnerExtraParams }, now())) ?? process;
  }

  async function end(process: RunnerProcess, details: Parameters<typeof withDetails>[1]): Promise<RunnerProcess> {
    const status = details.exit_code === 0 && details.stopped_by === undefined ? "COMPLETED" : "TERMINATED";
    const change = { status, runnerExtraParams: withDetails(process, details) };
    logger.info({ expid: process.expid, runnerId: process.id, status, ...details }, "a run ended");
    return (await processes.updateActive(process.id, change, now())) ?? (await processes.find(process.id)) ?? process;
  }

  /** The process behind an active row; null while it may still be starting elsewhere, "gone" when it never came to be. */
  async function findHandle(process: RunnerProcess, host: CommandHost): Promise<ProcessHandle | null | "gone"> {
    const known = handleOf(process);
    if (known !== null) return known;
    const runId = detailsOf(process).run_id;
    if (runId === undefined) return process.runner === "LOCAL" ? ((await findReferenceRun(process)) ?? "gone") : null;
    const isFresh = clock().getTime() - Date.parse(process.created) < START_GRACE_MS;
    if (starting.has(process.id) || isFresh) return null;
    return (await host.find(runId)) ?? "gone";
  }

  async function look(process: RunnerProcess): Promise<RunnerProcess> {
    const host = hostOf(process);
    // A run that is being stopped is looked after by whoever stops it.
    if (process.status !== "ACTIVE" || host === null || stopping.has(process.id)) return process;
    try {
      const handle = await findHandle(process, host);
      if (handle === null) return process;
      if (handle === "gone") return await end(process, { exit_code: null });
      const current = handleOf(process) === null ? await keepHandle(process, handle) : process;
      const state = await host.inspect(handle);
      return state.running ? current : await end(current, { exit_code: state.exitCode });
    } catch (error) {
      // What cannot be asked is not known to have ended.
      if (!(error instanceof CommandHostError)) throw error;
      logger.warn({ expid: process.expid, runnerId: process.id, err: error }, "a run cannot be looked after");
      return process;
    }
  }

  /** One look at a time at each run, and at those of other machines only now and then. */
  function refresh(process: RunnerProcess): Promise<RunnerProcess> {
    if (process.status !== "ACTIVE") return Promise.resolve(process);
    const earlier = looks.get(process.id);
    if (earlier !== undefined && performance.now() - earlier.at < REMOTE_LOOK_MS) return earlier.look;
    const entry = { at: performance.now(), look: look(process) };
    looks.set(process.id, entry);
    const forget = () => {
      if (looks.get(process.id) === entry) looks.delete(process.id);
    };
    entry.look.then(({ status }) => {
      if (process.runner === "LOCAL" || status !== "ACTIVE") forget();
      else setTimeout(forget, REMOTE_LOOK_MS).unref();
    }, forget);
    return entry.look;
  }

  const refreshed = async (process: RunnerProcess | null) => (process === null ? null : refresh(process));

  async function active(expid: string): Promise<RunnerProcess | null> {
    for (const process of await processes.listActive(expid)) {
      const current = await refresh(process);
      if (current.status === "ACTIVE") return current;
    }
    return null;
  }

  async function start(expid: string, target: RunnerTarget): Promise<RunnerProcess> {
    const { host, command } = await hosts.prepare(target, runCommand(expid));
    if ((await active(expid)) !== null) throw alreadyRuns(expid);
    const runId = `${expid.slice(0, 32)}-${randomBytes(8).toString("hex")}`;
    const { claimed, process } = await processes.claim(newRun(expid, target, runId), now());
    if (!claimed) throw alreadyRuns(expid);
    starting.add(process.id);
    try {
      const handle = await host.start(command, runId);
      logger.info({ expid, runnerId: process.id, pid: handle.pid }, "a run was started");
      return await keepHandle(process, handle);
    } catch (error) {
      if (error instanceof CommandHostError) await endUnlessFound(process, host, runId, error);
      throw error;
    } finally {
      starting.delete(process.id);
    }
  }

  /** A start that failed may have succeeded on the other machine all the same; asking for it also revokes it. */
  async function endUnlessFound(process: RunnerProcess, host: CommandHost, runId: string, failure: Error) {
    try {
      const handle = await host.find(runId);
      if (handle === null) await end(process, { exit_code: null, failure: failure.message });
      else await keepHandle(process, handle);
    } catch (error) {
      if (!(error instanceof CommandHostError)) throw error;
      logger.warn({ expid: process.expid, runnerId: process.id, err: error }, "it is not known whether a run started");
    }
  }

  async function stopActive(process: RunnerProcess): Promise<RunnerProcess> {
    const target = targetOf(process);
    if (target === null) throw new CommandRefusal(500, `It is not recorded where ${process.expid} runs`);
    const found = await findHandle(process, hosts.of(target));
    if (found === null && detailsOf(process).run_id !== undefined)
      throw new CommandRefusal(409, `Experiment ${process.expid} is just being started; try again in a minute`);
    const handle = found === "gone" ? null : found;
    const stopped_by = await stopRun({ expid: process.expid, handle, target, hosts, limits, logger });
    looks.delete(process.id);
    return end(process, { stopped_by, exit_code: null });
  }

  return {
    start,
    active,
    last: async (expid) => refreshed(await processes.findLast(expid)),
    find: async (id) => refreshed(await processes.find(id)),
    stop: (process) => {
      const attempt = stopping.get(process.id) ?? stopActive(process).finally(() => stopping.delete(process.id));
      stopping.set(process.id, attempt);
      return attempt;
    },
    output: async (process, maxBytes) => {
      const host = hostOf(process);
      const handle = handleOf(process);
      return host === null || handle === null ? null : host.readOutput(handle, maxBytes);
    },
    refreshAll: async () => {
      for (const process of await processes.listAllActive()) await refresh(process);
    },
  };
}

const alreadyRuns = (expid: string) => new CommandRefusal(409, `Runner for experiment ${expid} is already running.`);
