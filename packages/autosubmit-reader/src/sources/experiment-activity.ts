import { join } from "node:path";
import { readdir } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";
import { lookAt, unlessAbsent, unreadable } from "./experiment-files.js";

/**
 * When the files that tell whether Autosubmit is at work were last written (formats reference §2.2, §5.1, §5.3). Instants
 * are epoch seconds; null means that there is no such file.
 */
export interface ExperimentActivity {
  /** The job list, whichever of its formats is newest. */
  jobListModifiedAt: number | null;
  /** The newest log of `autosubmit run`. */
  runLog: RunLogActivity | null;
  /** `job_data_<expid>.db`, or the last run's row on a server. */
  historyModifiedAt: number | null;
  /** `tmp/autosubmit.lock`, which often outlives its run. */
  lockModifiedAt: number | null;
}

export interface RunLogActivity {
  path: string;
  modifiedAt: number;
  /** `YYYYMMDDHHMMSS` on the clock of Autosubmit's host, from the name; null when the name has no date. */
  startStamp: string | null;
}

/** What a look at an experiment gave, and what the next look can make use of. */
export interface ActivityReading {
  activity: ExperimentActivity;
  /** To be handed to the next look: with it, folders that did not change are not listed again. */
  memory: string;
}

export interface ReadActivityOptions {
  /** The version that created the experiment: 3.9, 3.11 and 3.12 kept their logs directly in `tmp`. */
  autosubmitVersion?: string | null;
  /** From the last look. A text that this function did not make is ignored. */
  memory?: string | null;
}

/** `20240112_163324_run.log`, also compressed; `…_run_err.log` is another log. */
const RUN_LOG = /_run\.log/;
const START = /^(\d{8})_(\d{6})_/;
const LOGS_IN_TMP = /^3\.(9|11|12)/;
/** A folder may get another file within the same tick of its file system's clock: younger listings are not remembered. */
const SETTLED_AFTER_MS = 2_000;

/**
 * Looks when the experiment's files were last written, without opening any; on a server, what the newest rows say.
 *
 * differs: the reference knows the pickled job list only.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE` when a file or folder cannot be looked at, or is none
 */
export async function readExperimentActivity(
  experiment: Experiment,
  options: ReadActivityOptions = {},
): Promise<ActivityReading> {
  const { expid, paths } = experiment;
  const { tables } = experiment.site;
  const [jobListTimes, history, lock, logs] = await Promise.all([
    Promise.all([
      modifiedAt(experiment, paths.jobListPickle),
      tables.modifiedAt({ database: "job-list-pickle", expid }),
      tables.modifiedAt({ database: "job-list", expid }),
    ]),
    tables.modifiedAt({ database: "job-data", expid }),
    modifiedAt(experiment, join(paths.tmp, "autosubmit.lock")),
    findRunLog(experiment, options),
  ]);
  const written = jobListTimes.filter((at) => at !== null);
  return {
    activity: {
      jobListModifiedAt: written.length === 0 ? null : Math.max(...written),
      runLog: logs.runLog,
      historyModifiedAt: history,
      lockModifiedAt: lock,
    },
    memory: JSON.stringify(logs.memory),
  };
}

async function modifiedAt(experiment: Experiment, path: string): Promise<number | null> {
  const found = await lookAt(experiment, path);
  if (found === null) return null;
  if (!found.isFile()) throw unreadable(experiment, path, "is not a regular file");
  return found.mtimeMs / 1000;
}

/** By folder: what it looked like when it was listed, and the newest run log in it. */
type LogMemory = Record<string, { listed: string; newest: string | null }>;

async function findRunLog(
  experiment: Experiment,
  { autosubmitVersion, memory }: ReadActivityOptions,
): Promise<{ runLog: RunLogActivity | null; memory: LogMemory }> {
  const { commandLogs, tmp } = experiment.paths;
  const folders = LOGS_IN_TMP.test(autosubmitVersion ?? "") ? [tmp, commandLogs] : [commandLogs, tmp];
  const known = parseMemory(memory ?? "{}");
  const learnt: LogMemory = {};
  for (const folder of folders) {
    const runLog = await newestRunLog(experiment, folder, known, learnt);
    if (runLog !== null) return { runLog, memory: learnt };
  }
  return { runLog: null, memory: learnt };
}

function parseMemory(text: string): LogMemory {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as LogMemory) : {};
  } catch {
    return {};
  }
}

/** Whether a remembered name can be one: memories are kept where others might write. */
function isFileName(name: unknown): name is string | null {
  return name === null || (typeof name === "string" && RUN_LOG.test(name) && !/[/\0]/.test(name));
}

async function newestRunLog(
  experiment: Experiment,
  folder: string,
  known: LogMemory,
  learnt: LogMemory,
): Promise<RunLogActivity | null> {
  const found = await lookAt(experiment, folder);
  if (found === null) return null;
  const key = folder === experiment.paths.tmp ? "tmp" : "logs";
  const listed = `${found.ino}:${found.mtimeMs}`;
  const remembered = known[key];
  const logs =
    remembered?.listed === listed && isFileName(remembered.newest)
      ? await lookAtLogs(experiment, folder, remembered.newest === null ? [] : [remembered.newest])
      : await lookAtLogs(experiment, folder, await listRunLogs(experiment, folder));
  const newest = logs.reduce<RunLogActivity | null>(
    (best, log) => (best === null || log.modifiedAt > best.modifiedAt ? log : best),
    null,
  );
  if (Date.now() - found.mtimeMs > SETTLED_AFTER_MS) {
    learnt[key] = { listed, newest: newest === null ? null : newest.path.slice(folder.length + 1) };
  }
  return newest;
}

async function listRunLogs(experiment: Experiment, folder: string): Promise<string[]> {
  const names = (await unlessAbsent(experiment, folder, "listed", (path) => readdir(path))) ?? [];
  return names.filter((name) => RUN_LOG.test(name));
}

async function lookAtLogs(experiment: Experiment, folder: string, names: readonly string[]): Promise<RunLogActivity[]> {
  const logs = names.map(async (name) => {
    const path = join(folder, name);
    const found = await lookAt(experiment, path);
    const [, date, time] = START.exec(name) ?? [];
    return found?.isFile()
      ? [{ path, modifiedAt: found.mtimeMs / 1000, startStamp: date === undefined ? null : `${date}${time}` }]
      : [];
  });
  return (await Promise.all(logs)).flat();
}
