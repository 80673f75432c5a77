import { stripCompression } from "./compressed-name.js";

/**
 * What a log is, told from its name (formats reference §5.1, §5.2): output and errors of jobs, logs of Autosubmit's
 * commands and of the processes that recover logs, tables of jobs by status, and everything else.
 */
export type LogKind =
  | "out"
  | "err"
  | "command"
  | "command-errors"
  | "recovery"
  | "recovery-errors"
  | "status"
  | "other";

/** What a log's name tells; null where it does not. */
export interface LogNameFacts {
  kind: LogKind;
  /** The job, or the wrapper that it ran in. */
  jobName: string | null;
  /** The command, e.g. `run`. */
  command: string | null;
  /** Lower case. */
  platform: string | null;
  /** `YYYYMMDDHHMMSS` on the clock of Autosubmit's host: submission of a job, start of a command. */
  stamp: string | null;
}

const NOTHING: Omit<LogNameFacts, "kind"> = { jobName: null, command: null, platform: null, stamp: null };

/** `a000_20000101_fc0_1_SIM.20260504083833.out`, in old versions also `….out.0`. */
const JOB_LOG = /^([^.]+)\.(?:(\d{14})\.)?(?:.*\.)?(out|err)(?:\.\d+)?$/;
const RECOVERY_LOG = /^(\d{8})_(\d{6})_(.*?)_log_recovery(_err)?\.log$/;
const COMMAND_LOG = /^(\d{8})_(\d{6})_(.+?)(_err)?\.log$/;
const STATUS_LOG = /^jobs_(active|failed)_status\.log$/;

/** What the name of a log in `tmp/LOG_<expid>` tells. */
export function jobLogFacts(name: string): LogNameFacts {
  const [, jobName, stamp, kind] = JOB_LOG.exec(stripCompression(name)) ?? [];
  if (jobName === undefined) return { ...NOTHING, kind: "other" };
  return { ...NOTHING, kind: kind === "out" ? "out" : "err", jobName, stamp: stamp ?? null };
}

/** What the name of a log in `tmp/ASLOGS` tells. */
export function commandLogFacts(name: string): LogNameFacts {
  const plain = stripCompression(name);
  const recovery = recoveryLogFacts(name);
  if (recovery !== null)
    return { ...NOTHING, kind: "recovery", platform: recovery.platform, command: null, stamp: recovery.stamp };
  const [, date, time, platform] = RECOVERY_LOG.exec(plain) ?? [];
  if (platform !== undefined) return { ...NOTHING, kind: "recovery-errors", platform, stamp: `${date}${time}` };
  const [, day, clock, command, errors] = COMMAND_LOG.exec(plain) ?? [];
  if (command !== undefined)
    return { ...NOTHING, kind: errors === undefined ? "command" : "command-errors", command, stamp: `${day}${clock}` };
  return { ...NOTHING, kind: STATUS_LOG.test(plain) ? "status" : "other" };
}

/** Platform and start of a log of the recovery of logs; null for any other name. */
export function recoveryLogFacts(name: string): { platform: string; stamp: string } | null {
  const [, date, time, platform, errors] = RECOVERY_LOG.exec(stripCompression(name)) ?? [];
  return platform === undefined || errors !== undefined ? null : { platform, stamp: `${date}${time}` };
}

/** Whether it is a log of `autosubmit run`, as the reference looks for it; `…_run_err.log` is none. */
export function isRunLog(name: string): boolean {
  return name.includes("run.log");
}
