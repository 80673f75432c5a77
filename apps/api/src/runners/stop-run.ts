import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { stopCommand } from "./autosubmit-command.js";
import { type CommandHost, CommandHostError, type ProcessHandle, type StopSignal } from "./command-host.js";
import type { CommandHosts } from "./command-hosts.js";
import { CommandRefusal } from "./command-refusal.js";
import type { RunnerLimits, RunnerTarget } from "./configuration.js";
import { ModulesError } from "./module-loaders.js";

export interface StopOrder {
  expid: string;
  /** Null when only Autosubmit itself can find the process. */
  handle: ProcessHandle | null;
  target: RunnerTarget;
  hosts: CommandHosts;
  limits: RunnerLimits;
  logger: Logger;
}

const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = 2_000;
/** What does not end by itself once it was told to end does not need long to be killed. */
const LONGEST_WAIT_FOR_SIGTERM_MS = 10_000;
/** What is left to a run when `autosubmit stop` itself took all the time. */
const LEAST_GRACE_MS = 10_000;
const WAIT_FOR_SIGKILL_MS = 10_000;
const KEPT_OUTPUT_BYTES = 16_384;

/**
 * Ends a run: Autosubmit is asked to (`autosubmit stop`, which interrupts it, so that it finishes what it is doing); where that
 * does not help in time, it is interrupted directly, then terminated, then killed. Asking and interrupting share
 * `STOP_TIMEOUT`, since somebody waits in front of a GUI.
 * @returns what ended it
 * @throws CommandRefusal when nothing did
 */
export async function stopRun(order: StopOrder): Promise<"autosubmit" | StopSignal> {
  const { expid, handle, target, hosts, limits } = order;
  const host = hosts.of(target);
  const startedAt = performance.now();
  const asked = await askAutosubmit(order, host);
  if (handle === null) {
    if (asked) return "autosubmit";
    throw new CommandRefusal(500, `autosubmit stop ${expid} failed, and its process is not known`);
  }
  const { stopTimeoutMs } = limits;
  const graceMs = graceAfterAsking(stopTimeoutMs, performance.now() - startedAt);
  if (await endsWithin(host, handle, asked ? graceMs : 0)) return "autosubmit";
  const steps: [StopSignal, number][] = [
    ["SIGINT", asked ? 0 : graceMs],
    ["SIGTERM", Math.min(stopTimeoutMs, LONGEST_WAIT_FOR_SIGTERM_MS)],
    ["SIGKILL", WAIT_FOR_SIGKILL_MS],
  ];
  for (const [signal, waitMs] of steps) {
    if (waitMs === 0) continue;
    order.logger.warn({ expid, pid: handle.pid, signal }, "a run did not stop and is sent a signal");
    await host.signal(handle, signal);
    if (await endsWithin(host, handle, waitMs)) return signal;
  }
  throw new CommandRefusal(500, `Experiment ${expid} could not be stopped: process ${handle.pid} goes on`);
}

/** How long a run may still end by itself: what asking left of the time, and ten seconds in any case where there were as many. */
export function graceAfterAsking(stopTimeoutMs: number, askedMs: number): number {
  return Math.min(stopTimeoutMs, Math.max(LEAST_GRACE_MS, stopTimeoutMs - askedMs));
}

/** Whether `autosubmit stop` did its work, or was cut short because the run had ended. It waits for the end itself. */
async function askAutosubmit({ expid, handle, target, hosts, limits, logger }: StopOrder, host: CommandHost) {
  const ended = new AbortController();
  const watch = handle === null ? null : abortAtEnd(host, handle, ended, limits.stopTimeoutMs);
  try {
    const { command } = await hosts.prepare(target, stopCommand(expid));
    const time = { timeoutMs: limits.stopTimeoutMs, outputBytes: KEPT_OUTPUT_BYTES };
    const { exitCode, timedOut, stderr } = await host.run(command, time, ended.signal);
    if (exitCode !== 0)
      logger.warn({ expid, exitCode, timedOut, stderr: stderr.slice(-500) }, "autosubmit stop failed");
    return exitCode === 0;
  } catch (error) {
    if (ended.signal.aborted) return true;
    if (!(error instanceof CommandHostError || error instanceof ModulesError)) throw error;
    logger.warn({ expid, err: error }, "autosubmit stop cannot be run");
    return false;
  } finally {
    ended.abort();
    await watch;
  }
}

async function abortAtEnd(host: CommandHost, handle: ProcessHandle, ended: AbortController, timeMs: number) {
  if (await endsWithin(host, handle, timeMs, ended.signal)) ended.abort();
}

/** An unreachable host is asked again until the time is over. */
async function endsWithin(host: CommandHost, handle: ProcessHandle, timeMs: number, signal?: AbortSignal) {
  const deadline = performance.now() + timeMs;
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_LOOK_MS)) {
    if (signal?.aborted) return false;
    if (await hasEnded(host, handle)) return true;
    if (performance.now() + pauseMs > deadline) return false;
    await sleep(pauseMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}

async function hasEnded(host: CommandHost, handle: ProcessHandle): Promise<boolean> {
  try {
    return !(await host.inspect(handle)).running;
  } catch (error) {
    if (error instanceof CommandHostError) return false;
    throw error;
  }
}
