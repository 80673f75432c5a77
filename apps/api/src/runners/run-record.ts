import type { NewRunnerProcess, RunnerProcess } from "@autosubmit-api/db";
import type { ProcessHandle } from "./command-host.js";
import { MODULE_LOADER_TYPES, type RunnerTarget } from "./configuration.js";

/** What a row of `runner_processes` may say of a process, in the reference implementation's words. */
export type RunStatus = "ACTIVE" | "COMPLETED" | "TERMINATED";

/**
 * What `runner_extra_params` holds, as JSON: the account, as the reference implementation writes it, and what identifies the
 * process. Every part may be missing: rows of the reference implementation have at most the account.
 */
export interface RunDetails {
  ssh_host?: string;
  ssh_user?: string;
  ssh_port?: number;
  user_chose_modules?: boolean;
  run_id?: string;
  started_at?: string;
  output_path?: string | null;
  /** Null when nobody saw the end. */
  exit_code?: number | null;
  /** What ended it, when it was stopped: `autosubmit`, or the signal. */
  stopped_by?: string;
  /** Why it could not be started. */
  failure?: string;
}

/** A row for a run that is about to be started; it has no number yet. */
export function newRun(expid: string, target: RunnerTarget, runId: string): NewRunnerProcess {
  const account =
    target.runner === "SSH"
      ? { ssh_host: target.ssh.host, ssh_user: target.ssh.username, ssh_port: target.ssh.port }
      : {};
  const details: RunDetails = { ...account, user_chose_modules: target.userChoseModules, run_id: runId };
  return {
    expid,
    pid: 0,
    status: "ACTIVE",
    runner: target.runner,
    moduleLoader: target.environment.loader,
    modules: target.environment.modules.join("\n"),
    runnerExtraParams: JSON.stringify(details),
  };
}

/** What is not JSON, or no mapping, says nothing. */
export function detailsOf({ runnerExtraParams }: RunnerProcess): RunDetails {
  if (runnerExtraParams === null) return {};
  try {
    const details: unknown = JSON.parse(runnerExtraParams);
    return typeof details === "object" && details !== null && !Array.isArray(details) ? details : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

export function withDetails(process: RunnerProcess, added: RunDetails): string {
  return JSON.stringify({ ...detailsOf(process), ...added });
}

/** The process's identity; null while it is being started, and for rows of the reference implementation. */
export function handleOf(process: RunnerProcess): ProcessHandle | null {
  const { run_id: runId, started_at: startedAt, output_path: outputPath = null } = detailsOf(process);
  return runId === undefined || startedAt === undefined ? null : { runId, pid: process.pid, startedAt, outputPath };
}

/** Where the process was started; null when the row does not say it. */
export function targetOf(process: RunnerProcess): RunnerTarget | null {
  const loader = MODULE_LOADER_TYPES.find((type) => type === process.moduleLoader);
  if (loader === undefined) return null;
  const { ssh_host: host, ssh_user: username, ssh_port: port = 22, user_chose_modules } = detailsOf(process);
  const environment = { loader, modules: process.modules.split("\n").filter((name) => name !== "") };
  const common = { environment, userChoseModules: user_chose_modules ?? true };
  if (process.runner === "LOCAL") return { ...common, runner: "LOCAL" };
  if (process.runner !== "SSH" || typeof host !== "string" || typeof username !== "string") return null;
  return { ...common, runner: "SSH", ssh: { host, username, port }, userChoseAccount: false };
}
