import { stripCompression } from "../formats/logs/compressed-name.js";
import { commandLogFacts, jobLogFacts, type LogKind, type LogNameFacts } from "../formats/logs/log-names.js";
import type { Experiment } from "../site/site.js";
import { withTables } from "../tables/with-tables.js";
import { findLog, isLogName, type LogFile, type LogFolder, listLogNames } from "./log-files.js";
import { type Fields, integer, readRecords, requiredText, text } from "./row-fields.js";

export type { LogKind, LogNameFacts } from "../formats/logs/log-names.js";

/** A log by its name alone. */
export interface NamedLog extends LogNameFacts {
  name: string;
  folder: LogFolder;
}

/**
 * Every log of an experiment, the youngest by the time in its name first, those without a time last, then by name. One
 * listing of each folder; no file is looked at.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function listLogs(experiment: Experiment): Promise<NamedLog[]> {
  const [jobs, commands] = await Promise.all([listLogNames(experiment, "jobs"), listLogNames(experiment, "commands")]);
  const logs: NamedLog[] = [];
  for (const name of jobs ?? []) if (isLogName(name)) logs.push({ name, folder: "jobs", ...jobLogFacts(name) });
  for (const name of commands ?? [])
    if (isLogName(name)) logs.push({ name, folder: "commands", ...commandLogFacts(name) });
  return logs.sort(youngestFirst);
}

function youngestFirst(a: NamedLog, b: NamedLog): number {
  const [first, second] = [a.stamp ?? "", b.stamp ?? ""];
  if (first !== second) return first > second ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.folder < b.folder ? -1 : 1;
}

/** The folder in which a log of that name is, jobs' logs first, and the log as it looks; null when there is none. */
export async function findNamedLog(experiment: Experiment, name: string): Promise<(NamedLog & LogFile) | null> {
  for (const folder of ["jobs", "commands"] as const) {
    const file = await findLog(experiment, folder, name);
    if (file !== null) return { ...(folder === "jobs" ? jobLogFacts(name) : commandLogFacts(name)), ...file };
  }
  return null;
}

/** An attempt of a job as the history has it, and the logs that belong to it. */
export interface LogAttempt {
  job_name: string;
  counter: number | null;
  run_id: number | null;
  /** Bare names without a compression's suffix; null when none was transferred, or the history does not say. */
  out: string | null;
  err: string | null;
}

const FIELDS: Fields<LogAttempt> = {
  job_name: requiredText,
  counter: integer,
  run_id: integer,
  out: text,
  err: text,
};
/** As many as one condition may name. */
const NAMES_AT_ONCE = 500;

/**
 * The attempts of some jobs with the names of their logs, by rising number; none when the experiment never ran.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readLogAttempts(experiment: Experiment, jobNames: readonly string[]): Promise<LogAttempt[]> {
  if (jobNames.length === 0) return [];
  const location = { database: "job-data", expid: experiment.expid } as const;
  const rows = await withTables(experiment.site, location, async (tables) => {
    const found: LogAttempt[] = [];
    for (let start = 0; start < jobNames.length; start += NAMES_AT_ONCE) {
      const values = jobNames.slice(start, start + NAMES_AT_ONCE);
      const where = [{ column: "job_name", is: "in", values } as const];
      found.push(
        ...(await readRecords(tables, { table: "job_data", where, orderBy: [{ column: "counter" }] }, FIELDS)),
      );
    }
    return found;
  });
  return (rows ?? []).map((row) => ({ ...row, out: bareName(row.out), err: bareName(row.err) }));
}

/** Histories hold names, paths or empty texts. */
function bareName(stored: string | null): string | null {
  const name = stripCompression((stored ?? "").replace(/^.*\//s, ""));
  return name === "" ? null : name;
}

/** Whether this is a kind of log that jobs write. */
export function isJobLogKind(kind: LogKind): boolean {
  return kind === "out" || kind === "err";
}
